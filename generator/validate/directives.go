package validate

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/wpsgen/wpsgen/generator"
	"github.com/wpsgen/wpsgen/generator/appfiles"
	"github.com/wpsgen/wpsgen/generator/diag"
)

// directiveMark is in every file with a directive.
var directiveMark = []byte("//wps:")

// checkDirectives holds the function.json files that wpsgen wrote, or would, against the directives.
func (c *checker) checkDirectives(f *found) {
	if !hasDirectives(f.goFiles) || !inModule(f.root) {
		return
	}
	result, err := generator.Run(generator.Config{Dir: f.root, Definitions: c.cfg.Definitions, Env: c.cfg.Env})
	if err != nil {
		c.note(f.root, "the directives could not be read: %v", err)
		return
	}
	if diag.HasErrors(result.Findings) {
		c.note(f.root, "the directives have mistakes, which wpsgen check names; files are held against the rest of them")
	}
	for _, change := range result.Changes {
		if filepath.Base(change.Path) == appfiles.FunctionFile && within(f.root, change.Path) {
			c.disagreement(result, change)
		}
	}
}

func hasDirectives(files []string) bool {
	for _, path := range files {
		if src, err := os.ReadFile(path); err == nil && bytes.Contains(src, directiveMark) {
			return true
		}
	}
	return false
}

// inModule reports whether a folder lies in a Go module.
func inModule(dir string) bool {
	for d := dir; ; d = filepath.Dir(d) {
		if _, err := os.Stat(filepath.Join(d, "go.mod")); !errors.Is(err, os.ErrNotExist) {
			return err == nil
		}
		if d == filepath.Dir(d) {
			return false
		}
	}
}

func (c *checker) disagreement(result *generator.Result, change generator.Change) {
	name := filepath.Base(filepath.Dir(change.Path))
	at, directive := diag.Place{File: change.Path}, functionPlace(result, change.Path)
	const hint = "run wpsgen generate, or change the directive"
	var f *diag.Finding
	switch {
	case change.Old == nil:
		c.report(diag.DirectiveDisagrees, directive, hint, "there is no %s/%s", name, appfiles.FunctionFile)
		return
	case change.New == nil:
		c.report(diag.DirectiveDisagrees, at, hint, "no directive makes the function %s any more", name)
		return
	}
	was, err := appfiles.Read(change.Path, change.Old)
	now, err2 := appfiles.Read(change.Path, change.New)
	if errors.Join(err, err2) != nil {
		return // reported as unreadable
	}
	where, what := difference(was.Root, now.Root, "")
	if where != nil {
		at = was.PlaceOf(where)
	}
	if what == "" {
		what = "its layout"
	}
	f = c.report(diag.DirectiveDisagrees, at, hint, "the file disagrees with the directive about %s", strings.TrimPrefix(what, "."))
	f.Related = []diag.Related{{Place: directive, Message: "the directive"}}
}

// functionPlace is where the directives of a function begin.
func functionPlace(result *generator.Result, path string) diag.Place {
	for _, app := range result.Apps {
		for _, fn := range app.Functions() {
			if filepath.Join(app.Dir, fn.Name, appfiles.FunctionFile) == path {
				return fn.Place
			}
		}
	}
	return diag.Place{File: path}
}

// difference finds the first value of one file that the other does not have in its place, and names it.
func difference(was, now *appfiles.Value, name string) (where *appfiles.Value, what string) {
	if was.Kind != now.Kind || was.Text != now.Text {
		return was, name
	}
	for i := range was.Members {
		m := &was.Members[i]
		other := now.Find(m.Name)
		if other == nil {
			return m.Value, name + "." + m.Name
		}
		if where, what = difference(m.Value, other, name+"."+m.Name); where != nil {
			return where, what
		}
	}
	for _, m := range now.Members {
		if was.Find(m.Name) == nil {
			return was, name + "." + m.Name
		}
	}
	for i := range was.Items {
		if i >= len(now.Items) {
			return was.Items[i], name
		}
		if where, what = difference(was.Items[i], now.Items[i], name); where != nil {
			return where, what
		}
	}
	if len(was.Items) < len(now.Items) {
		return was, name
	}
	return nil, ""
}
