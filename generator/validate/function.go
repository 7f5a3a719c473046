package validate

import (
	"errors"
	"strings"

	"github.com/wpsgen/wpsgen/generator/appfiles"
	"github.com/wpsgen/wpsgen/generator/binding"
	"github.com/wpsgen/wpsgen/generator/diag"
)

// read reads a JSON file; what is wrong with it is a finding of the code given, with a hint for when there
// is no better one. It returns nil for a file that cannot be read.
func (c *checker) read(path string, src []byte, code diag.Code, hint string) *appfiles.Document {
	c.noEdits[path] = appfiles.IsUTF16(src)
	doc, err := appfiles.Read(path, src)
	var located *appfiles.Error
	if errors.As(err, &located) {
		if located.Hint != "" {
			hint = located.Hint
		}
		c.report(code, located.Place, hint, "%v", located.Err).Edits = located.Edits
		return nil
	}
	if doc.Root.Kind != appfiles.Object {
		c.report(code, doc.PlaceOf(doc.Root), "write {} around its members", "the file is %s and no object", doc.Root.Kind)
		return nil
	}
	c.checkLoose(doc, code == diag.BadLocalSettings)
	c.checkRepeated(doc, doc.Root)
	return doc
}

// checkLoose reports what only a lenient reader takes, in one finding with all that mends it. Of a file with
// secrets no edit holds a text.
func (c *checker) checkLoose(doc *appfiles.Document, secret bool) {
	if len(doc.Loose) == 0 {
		return
	}
	first := doc.Loose[0]
	what := first.What
	for _, l := range doc.Loose[1:] {
		if !strings.Contains(what, l.What) {
			what += ", " + l.What
		}
	}
	f := c.report(diag.LenientFile, doc.Place(first.At, first.End), "the host reads it; strict parsers do not", "there is %s in this file", what)
	for _, l := range doc.Loose {
		if l.Mendable && (!secret || l.Strict == "") {
			f.Edits = append(f.Edits, diag.Edit{Place: doc.Place(l.At, l.End), NewText: l.Strict})
		}
	}
}

// checkRepeated reports members that a later one of the same name takes the place of.
func (c *checker) checkRepeated(doc *appfiles.Document, v *appfiles.Value) {
	lasts := make(map[string]*appfiles.Member, len(v.Members))
	for i := range v.Members {
		lasts[strings.ToLower(v.Members[i].Name)] = &v.Members[i]
	}
	for i := range v.Members {
		m := &v.Members[i]
		if last := lasts[strings.ToLower(m.Name)]; last != m {
			f := c.report(diag.RepeatedMember, doc.PlaceOfName(m), "remove one of them", "%s is given twice, and the last one counts", m.Name)
			f.Related = []diag.Related{{Place: doc.PlaceOfName(last), Message: "the one that counts"}}
		}
		c.checkRepeated(doc, m.Value)
	}
	for _, item := range v.Items {
		c.checkRepeated(doc, item)
	}
}

// readFunction reads a function.json, nil when nothing more can be said of it.
func (c *checker) readFunction(set *binding.Set, path string, src []byte) *function {
	doc := c.read(path, src, diag.BadFunctionFile, "the host leaves the function out")
	if doc == nil {
		return nil
	}
	fn := &function{set: set, doc: doc, list: doc.Root.Find("bindings")}
	if m := doc.Root.Member("bindings"); m != nil && m.Name != "bindings" { // of this name alone the case counts
		c.report(diag.BadFunctionFile, doc.PlaceOfName(m), `write "bindings"`, "the host does not take %s for the bindings", m.Name).Edits =
			[]diag.Edit{{Place: doc.PlaceOfName(m), NewText: quoted("bindings")}}
	}
	if fn.list == nil || fn.list.Kind == appfiles.Null {
		c.report(diag.FileTriggers, doc.Place(doc.Root.At, doc.Root.At+1), "add bindings, a list with a trigger", "the function has no bindings")
		return nil
	}
	if fn.list.Kind != appfiles.Array {
		c.report(diag.BadFunctionFile, doc.PlaceOf(fn.list), "put brackets around the bindings", "bindings is %s and no list", fn.list.Kind)
		return nil
	}
	for i, item := range fn.list.Items {
		if item.Kind != appfiles.Object {
			c.report(diag.BadFunctionFile, doc.PlaceOf(item), "a binding is an object with type, direction and name", "a binding is %s and no object", item.Kind)
			continue
		}
		fn.entries = append(fn.entries, c.entry(fn, i, item))
	}
	return fn
}

func (c *checker) entry(fn *function, i int, v *appfiles.Value) *entry {
	e := &entry{fn: fn, index: i, value: v}
	for _, m := range v.Members {
		e.values = append(e.values, memberOf(m.Name, m.Value))
	}
	e.def, e.which = fn.set.Entry(e.typ(), e.text("direction"))
	return e
}

// without is the edit that takes an entry out of its function's bindings.
func (e *entry) without() []diag.Edit {
	items, doc := e.fn.list.Items, e.fn.doc
	switch {
	case e.index > 0:
		return []diag.Edit{{Place: doc.Place(items[e.index-1].End, e.value.End)}}
	case len(items) > 1:
		return []diag.Edit{{Place: doc.Place(e.value.At, items[1].At)}}
	}
	return nil
}
