package binding

import (
	"fmt"
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

// facts say of a binding what is to know beside its properties.
func (e typeEntry) facts() []fact {
	b := e.binding()
	facts := []fact{{"Directive", "//wps:" + e.def.Verb}, {"Direction", b.Direction}, {"Name", e.nameText()}}
	for _, f := range e.def.headFacts() {
		if f.title == "Extension" || f.title == "Settings" || f.title == "Offers" && b.IsTrigger() {
			facts = append(facts, f)
		}
	}
	for _, m := range b.Fixed {
		facts = append(facts, fact{"Written", fmt.Sprintf("%s: %v", m.Key, m.Value)})
	}
	for _, w := range b.When {
		for _, m := range w.Fixed {
			facts = append(facts, fact{"Written", fmt.Sprintf("%s: %v, %s", m.Key, m.Value, w.If)})
		}
	}
	if len(b.Was) > 0 {
		facts = append(facts, fact{"Old name", strings.Join(b.Was, ", ")})
	}
	if b.IsTrigger() {
		for _, gone := range sortedKeys(e.def.Gone) {
			facts = append(facts, fact{"Gone", gone + ": " + e.def.Gone[gone]})
		}
	}
	return facts
}

// nameText says how the binding is called.
func (e typeEntry) nameText() string {
	b := e.binding()
	var parts []string
	switch {
	case b.Name.Required:
		parts = append(parts, "from name=")
	case b.Name.Fixed:
		parts = append(parts, b.Name.Default)
	default:
		parts = append(parts, b.Name.Default+" unless name= says otherwise")
	}
	for _, w := range b.When {
		if w.Name != "" {
			parts = append(parts, w.Name+" "+w.If.String())
		}
	}
	if len(b.Reads) > 0 {
		parts = append(parts, "the host hands over a part of what happened under "+strings.Join(b.Reads, ", "))
	}
	for _, w := range b.When {
		if len(w.Reads) > 0 {
			parts = append(parts, strings.Join(w.Reads, ", ")+" too "+w.If.String())
		}
	}
	return strings.Join(parts, "; ")
}

// entryFacts say of a property what is to know of it in a function.json, where more is taken than in a directive.
func (p *Property) entryFacts(d *Definition) []string {
	inFile := *p
	inFile.Fallback.Defaults = "" // it is for directives alone
	inFile.Values = slices.Concat(p.Values, p.Also)
	inFile.Conflicts = slices.DeleteFunc(slices.Clone(p.Conflicts), func(key string) bool { return d.Property(key).Omit })
	facts := inFile.facts()
	switch {
	case p.Kind == KindBool:
		facts[0] = strings.Replace(facts[0], "flag", "true or false", 1)
	case p.List:
		facts[0] = strings.Replace(facts[0], "list, each", "list of texts, each", 1)
	}
	return facts
}
