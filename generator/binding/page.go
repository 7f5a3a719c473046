package binding

import "strings"

// DirectivesPage returns docs/directives.md: every verb of a set.
func DirectivesPage(s *Set) string {
	var m markdown
	m.WriteString(directivesHead)
	m.table("directive", "stands on", "what it does")
	for _, d := range s.defs {
		m.row("[`//wps:"+d.Verb+"`](#"+d.Verb+")", d.headFacts()[0].text, prose(d.Summary()))
	}
	for _, d := range s.defs {
		m.WriteString("\n" + d.verbMarkdown())
	}
	return m.String()
}

// BindingsPage returns docs/bindings.md: every binding type of a set, as function.json has it.
func BindingsPage(s *Set) string {
	var m markdown
	m.WriteString(bindingsHead)
	m.table("type", "direction", "directive")
	for _, e := range s.entries() {
		b := e.binding()
		m.row("["+b.Type+"](#"+strings.ToLower(b.Type)+")", b.Direction, "[`//wps:"+e.def.Verb+"`](directives.md#"+e.def.Verb+")")
	}
	for _, e := range s.entries() {
		m.WriteString("\n" + e.markdown())
	}
	return m.String()
}

// DefinitionsPage returns docs/definitions.md: the format of a project's own definitions.
func DefinitionsPage() string {
	var m markdown
	m.WriteString(definitionsHead)
	for _, o := range formatObjects {
		if o.Name == "result" {
			continue
		}
		m.linef("\n## %s\n\n%s", o.Name, prose(o.Doc))
		m.table("key", "value", "what")
		for _, k := range o.Keys {
			if k.Builtin == "" {
				m.row(quoted(k.Name), k.typeMarkdown(), prose(k.Doc))
			}
		}
	}
	return m.String()
}

// typeMarkdown says what a key's value is.
func (k FormatKey) typeMarkdown() string {
	text := string(k.Type)
	switch {
	case len(k.Values) > 0:
		text = quotedAll(k.Values)
	case k.Of == "example" || k.Of == "":
	default:
		text += ", see [" + k.Of + "](#" + strings.ToLower(k.Of) + ")"
	}
	if k.Required {
		text += ", required"
	}
	return text
}
