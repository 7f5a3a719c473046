package binding

import (
	"fmt"
	"slices"
	"strings"
)

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
