package importer

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/templates"
)

// Files that say what stays out of the package and of version control.
const (
	funcignore = ".funcignore"
	gitignore  = ".gitignore"
)

// originalFiles are those of other languages' apps that no Go program needs.
var originalFiles = []string{
	"node_modules", "package.json", "package-lock.json", "yarn.lock", "tsconfig.json", "requirements.txt", "Pipfile", "Pipfile.lock",
	".venv", "__pycache__", "extensions.csproj", "bin", "obj", "dist",
}

// unpackedFolder is left out of a package unless a line takes it in.
const unpackedFolder = "testdata"

// convertIgnored makes the files that say what stays out: the original's, and what is Go's.
func (c *importing) convertIgnored() error {
	var more []string
	if c.cfg.InPlace {
		more = c.leftInPlace()
	}
	if slices.ContainsFunc(c.imported(), func(fn *function) bool { return fn.name == unpackedFolder }) {
		more = append(more, "!/"+unpackedFolder)
	}
	added, err := execute("funcignore.tmpl", struct{ More []string }{more})
	if err != nil {
		return err
	}
	c.add(funcignore, joined(c.readFile(funcignore), added))
	own, err := execute("gitignore.tmpl", struct{ Program string }{c.program})
	if err != nil {
		return err
	}
	before := c.readFile(gitignore)
	if before != nil {
		own = missing(before, own)
	}
	c.add(gitignore, joined(before, own))
	return nil
}

// leftInPlace are the patterns for what stays in the app's folder beside the Go files.
func (c *importing) leftInPlace() []string {
	var list []string
	for _, name := range originalFiles {
		if _, err := c.root.Lstat(name); err == nil {
			list = append(list, "/"+name)
		}
	}
	for _, fn := range c.imported() {
		if path.Dir(fn.code) == fn.name {
			list = append(list, "/"+fn.name+"/*", "!/"+fn.name+"/function.json")
		}
	}
	return list
}

// missing returns the lines of a text that say something and that another one does not have.
func missing(before, text []byte) []byte {
	var have []string
	for line := range strings.Lines(string(before)) {
		have = append(have, strings.TrimSpace(line))
	}
	var out []byte
	for line := range strings.Lines(string(text)) {
		if bare := strings.TrimSpace(line); bare != "" && bare[0] != '#' && !slices.Contains(have, bare) {
			out = append(out, line...)
		}
	}
	return out
}

// joined puts one text behind another, on a line of its own.
func joined(before, after []byte) []byte {
	if len(before) == 0 || len(after) == 0 {
		return append(slices.Clip(before), after...)
	}
	return slices.Concat(bytes.TrimRight(before, "\r\n"), []byte("\n\n"), after)
}

// execute renders one of the texts of an import.
func execute(name string, data any) ([]byte, error) {
	var b bytes.Buffer
	if err := templates.Import().ExecuteTemplate(&b, name, data); err != nil {
		return nil, fmt.Errorf("render %s: %w", name, err)
	}
	return b.Bytes(), nil
}
