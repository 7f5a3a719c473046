package binding

import (
	"io"
	"slices"
	"strings"
)

// ExplainType writes what is to know of a binding type of function.json: the directives that make it, its
// properties there, and names it had. The formats are those of [Explain]; it returns false, and writes
// nothing, when there is no such type.
func ExplainType(w io.Writer, s *Set, typ, format string) (known bool, err error) {
	entries := s.entriesOf(typ)
	if len(entries) == 0 {
		return false, nil
	}
	return true, in(w, format,
		func() string { return joinEntries(entries, typeEntry.text) },
		func() string { return joinEntries(entries, typeEntry.markdown) },
		func() any { return viewEntries(entries) })
}

// typeEntry is one binding of a definition, seen from function.json.
type typeEntry struct {
	def   *Definition
	index int
}

// entriesOf finds the bindings of a type, which the host reads without case.
func (s *Set) entriesOf(typ string) []typeEntry {
	return slices.DeleteFunc(s.entries(), func(e typeEntry) bool { return !strings.EqualFold(e.binding().Type, typ) })
}

// entries are all bindings whose types are known, in the order of the definitions.
func (s *Set) entries() []typeEntry {
	var all []typeEntry
	for _, d := range s.defs {
		for i, b := range d.Bindings {
			if !b.isOpen() {
				all = append(all, typeEntry{d, i})
			}
		}
	}
	return all
}

func joinEntries(entries []typeEntry, spell func(typeEntry) string) string {
	var parts []string
	for _, e := range entries {
		parts = append(parts, spell(e))
	}
	return strings.Join(parts, "\n")
}

func (e typeEntry) binding() Binding { return e.def.Bindings[e.index] }

// properties are the members that a function.json may have, beside type, direction and name.
func (e typeEntry) properties() []*Property {
	return slices.DeleteFunc(slices.Clone(e.def.Properties), func(p *Property) bool {
		return p.named || p.Omit || e.def.bindingOf(p) != e.index
	})
}

func (e typeEntry) text() string {
	x := &explainer{def: e.def}
	x.linef("%s\n\n%s\n", e.binding().Type, e.def.Doc)
	for _, f := range e.facts() {
		x.linef("%-12s%s", f.title, f.text)
	}
	if properties := e.properties(); len(properties) > 0 {
		x.linef("\nProperties")
		width := wordWidth(e.def.Keys())
		for _, p := range properties {
			x.linef("  %-*s %s", width, p.Name, p.Doc)
			for _, f := range p.entryFacts(e.def) {
				x.linef("  %-*s %s", width, "", f)
			}
		}
	}
	if len(e.def.Ignored) > 0 && e.index == 0 {
		x.linef("\nIgnored by the host")
		keys := sortedKeys(e.def.Ignored)
		for _, key := range keys {
			x.linef("  %-*s %s", wordWidth(keys), key, e.def.Ignored[key])
		}
	}
	return x.b.String()
}

func (e typeEntry) markdown() string {
	var m markdown
	m.linef("## %s\n\n%s", e.binding().Type, prose(e.def.Doc))
	m.table("", "")
	for _, f := range e.facts() {
		m.row(f.title, prose(f.text))
	}
	if properties := e.properties(); len(properties) > 0 {
		m.table("property", "value", "what")
		for _, p := range properties {
			facts := p.entryFacts(e.def)
			m.row(quoted(p.Name), prose(facts[0]), prose(p.Doc)+brokenLines(facts[1:]))
		}
	}
	if len(e.def.Ignored) > 0 && e.index == 0 {
		m.table("ignored by the host", "but")
		for _, key := range sortedKeys(e.def.Ignored) {
			m.row(quoted(key), prose(e.def.Ignored[key]))
		}
	}
	return m.String()
}
