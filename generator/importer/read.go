package importer

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/wpsgen/wpsgen/generator/appfiles"
	"github.com/wpsgen/wpsgen/generator/diag"
)

// read reads the app's folder. What is wrong with a file is a finding.
func (c *importing) read() error {
	entries, err := os.ReadDir(c.dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		path := filepath.Join(c.dir, e.Name())
		switch {
		case e.Name() == appfiles.HostFile:
			c.host, err = c.readJSON(path, "a new one is made")
		case isSettings(e.Name()):
			err = c.readSettings(path)
		case e.Name() == appfiles.FunctionFile:
			c.report(diag.ImportDropped, diag.Place{File: path}, "a function is a folder; put the file into one", "the host does not look for a function here, and neither does the import")
		case !isTools(e.Name()) && isFolder(path):
			err = c.readFunction(path)
		}
		if err != nil {
			return err
		}
	}
	if err := c.checkFound(); err != nil {
		return err
	}
	for _, fn := range c.imported() {
		c.findCode(fn)
		c.findPage(fn)
	}
	return nil
}

// isTools reports whether a folder belongs to tools, so that no function is in it.
func isTools(name string) bool { return strings.HasPrefix(name, ".") || name == "node_modules" }

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// readJSON reads a JSON file that the import can do without; nil when it cannot be read.
func (c *importing) readJSON(path, hint string) (*appfiles.Document, error) {
	src, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	doc, broken := parse(path, src)
	switch {
	case broken == nil:
	case c.cfg.InPlace && filepath.Base(path) == appfiles.HostFile:
		return nil, fmt.Errorf("%w; mend it first, since an import in place would lose what it says", broken)
	default:
		c.report(diag.ImportDropped, broken.Place, hint, "%s cannot be read: %v", filepath.Base(path), broken.Err)
	}
	return doc, nil
}

// parse reads a JSON file whose value is an object.
func parse(path string, src []byte) (*appfiles.Document, *appfiles.Error) {
	doc, err := appfiles.Read(path, src)
	var located *appfiles.Error
	switch {
	case errors.As(err, &located):
		return nil, located
	case doc.Root.Kind != appfiles.Object:
		return nil, &appfiles.Error{Place: doc.PlaceOf(doc.Root), Err: fmt.Errorf("it is %s and no object", doc.Root.Kind), Hint: "write {} around its members"}
	}
	return doc, nil
}

// readFunction reads the function of a folder, if it is one.
func (c *importing) readFunction(dir string) error {
	path := filepath.Join(dir, appfiles.FunctionFile)
	if info, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) || err == nil && !info.Mode().IsRegular() {
		return nil // as for the host
	}
	src, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	fn := &function{name: filepath.Base(dir)}
	c.functions = append(c.functions, fn)
	doc, broken := parse(path, src)
	if broken != nil {
		hint := broken.Hint
		if broken.Edits != nil {
			hint = "wpsgen validate --fix mends it"
		}
		fn.doc = &appfiles.Document{Path: path, Root: &appfiles.Value{}}
		c.leaveOut(fn, broken.Place, hint, "%v", broken.Err)
		return nil
	}
	fn.doc = doc
	c.readEntries(fn)
	return nil
}

// leaveOut reports why a function cannot be imported.
func (c *importing) leaveOut(fn *function, at diag.Place, hint, format string, args ...any) *diag.Finding {
	fn.leftOut = true
	return c.report(diag.ImportLeftOut, at, hint, "the function %s is left out: %s", fn.name, fmt.Sprintf(format, args...))
}

// readEntries reads the bindings of a function.
func (c *importing) readEntries(fn *function) {
	list := fn.doc.Root.Find("bindings")
	if list == nil || list.Kind != appfiles.Array || len(list.Items) == 0 {
		at := fn.doc.Place(fn.doc.Root.At, fn.doc.Root.At+1)
		if list != nil {
			at = fn.doc.PlaceOf(list)
		}
		c.leaveOut(fn, at, "give it the binding that runs it", "it has no bindings")
		return
	}
	for _, item := range list.Items {
		if item.Kind != appfiles.Object {
			c.report(diag.ImportDropped, fn.doc.PlaceOf(item), "a binding is an object with type, direction and name", "a binding of %s is %s and no object", fn.name, item.Kind)
			continue
		}
		e := &entry{fn: fn, value: item, typ: item.Find("type").String()}
		if e.def, e.which = c.set.Entry(e.typ, e.direction()); e.def != nil {
			e.typ = e.def.Bindings[e.which].Type // case does not count
		}
		fn.entries = append(fn.entries, e)
	}
}

// isOurs reports whether wpsgen wrote the function.json.
func (fn *function) isOurs() bool {
	return strings.EqualFold(fn.doc.Root.Find("generatedBy").String(), "wpsgen")
}

// fromAttributes reports whether a build wrote the function.json for bindings that are attributes in code.
func (fn *function) fromAttributes() bool {
	return strings.EqualFold(fn.doc.Root.Find("configurationSource").String(), "attributes")
}
