package importer

import (
	"io"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/generator/diag"
)

// usualCode are the files in a function's folder that its code is in where function.json does not say, or says
// what a compiler makes of them.
var usualCode = []string{"index.ts", "index.js", "index.mjs", "index.cjs", "__init__.py", "main.py", "run.csx", "run.fsx", "run.ps1"}

// findCode finds the file that a function's code is in.
func (c *importing) findCode(fn *function) {
	script := ""
	if text := fn.doc.Root.Find("scriptFile").String(); text != "" {
		script = path.Join(fn.name, filepath.ToSlash(text))
	}
	candidates := []string{path.Join(fn.name, usualCode[0]), path.Join(fn.name, fn.name+".ts"), script}
	for _, name := range append(usualCode[1:len(usualCode):len(usualCode)], fn.name+".js") {
		candidates = append(candidates, path.Join(fn.name, name))
	}
	if i := slices.IndexFunc(candidates, c.isFile); i >= 0 {
		fn.code = candidates[i]
	} else if script != "" && filepath.IsLocal(script) {
		fn.code = script
	}
}

// isFile reports whether there is a file of that name in the app's folder.
func (c *importing) isFile(name string) bool {
	if name == "" || !filepath.IsLocal(name) {
		return false
	}
	info, err := c.root.Stat(name)
	return err == nil && info.Mode().IsRegular()
}

// reportCode says what is to be carried over by hand.
func (c *importing) reportCode(fn *function) {
	if fn.code == "" {
		return
	}
	at := fn.start()
	if v := fn.doc.Root.Find("scriptFile"); v != nil {
		at = fn.doc.PlaceOf(v)
	}
	c.report(diag.ImportCode, at, "carry it over to "+fn.goName+" in "+c.sourceName(), "the code of %s is in %s", fn.name, diag.Printable(fn.code))
}

var (
	// pageName finds the names of pages in a function's code.
	pageName = regexp.MustCompile("[\"'`]([A-Za-z0-9_./-]+\\.html?)[\"'`]")
	// embeddable matches names that go:embed takes as they are.
	embeddable = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_.-]*(/[A-Za-z0-9][A-Za-z0-9_.-]*)*$`)
)

// maxRead bounds what is read of a function's code and of a page.
const maxRead = 4 << 20

// findPage finds the page that an http function answers with, as its code names it: relative to the function's
// folder or to the app's.
func (c *importing) findPage(fn *function) {
	t := fn.trigger()
	if t == nil || !t.is(typeHTTPTrigger) || fn.code == "" || !c.isFile(fn.code) {
		return
	}
	for _, m := range pageName.FindAllSubmatch(c.readFile(fn.code), -1) {
		named := strings.TrimPrefix(string(m[1]), "/")
		for _, name := range []string{path.Join(fn.name, named), path.Clean(named)} {
			if embeddable.MatchString(name) && c.isFile(name) {
				fn.page = name
				return
			}
		}
	}
}

// readFile returns a file of the app's folder, nil when it cannot be read or is very large.
func (c *importing) readFile(name string) []byte {
	f, err := c.root.Open(name)
	if err != nil {
		return nil
	}
	defer f.Close()
	src, err := io.ReadAll(io.LimitReader(f, maxRead+1))
	if err != nil || len(src) > maxRead {
		return nil
	}
	return src
}
