package binding

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// facts says in one line each what is to know of a property beside its doc.
func (p *Property) facts() []string {
	var out []string
	add := func(present bool, format string, args ...any) {
		if present {
			out = append(out, fmt.Sprintf(format, args...))
		}
	}
	required := ""
	if p.Required {
		required = ", required"
	}
	add(true, "%s%s", p.typeText(), required)
	add(p.PatternDoc != "", "Form: %s", p.PatternDoc)
	for _, w := range p.When {
		add(w.Values != nil, "Values %s: %s", w.If, strings.Join(w.Values, ", "))
		add(w.PatternDoc != "", "Form %s: %s", w.If, w.PatternDoc)
		add(len(w.WasValues) > 0, "Old values %s: %s", w.If, renames(w.WasValues))
		add(w.Settings != nil && !*w.Settings && p.Settings, "No %%setting%% %s", w.If)
	}
	add(p.Fallback != (Fallback{}), "Without it: %s", p.fallbackText())
	add(p.Default != "", "Default: %s", p.Default)
	add(p.Since != "", "Since extension %s", p.Since)
	add(p.Deprecated != "", "Deprecated: use %s", p.Deprecated)
	add(p.Caution != "", "Caution: %s", p.Caution)
	add(len(p.Conflicts) > 0, "Not together with %s", join(p.Conflicts, "or"))
	add(len(p.Was) > 0, "Old name: %s", strings.Join(p.Was, ", "))
	add(len(p.WasValues) > 0, "Old values: %s", renames(p.WasValues))
	add(len(p.Refused) > 0, "Never: %s", strings.Join(slices.Sorted(maps.Keys(p.Refused)), ", "))
	add(len(p.taken) > 0, "Never, since they have verbs of their own: %s", strings.Join(p.takenTypes(), ", "))
	add(p.Omit, "Not written to function.json")
	return out
}

// takenTypes are the types that have verbs of their own, sorted.
func (p *Property) takenTypes() []string {
	types := make(map[string]bool)
	for _, t := range p.taken {
		types[t.typ] = true
	}
	return slices.Sorted(maps.Keys(types))
}

// renames lists old names with the new ones.
func renames(was map[string]string) string {
	var out []string
	for _, old := range slices.Sorted(maps.Keys(was)) {
		out = append(out, old+" (now "+was[old]+")")
	}
	return strings.Join(out, ", ")
}

func (p *Property) typeText() string {
	text := map[Kind]string{
		KindString:  "text",
		KindEnum:    join(p.Values, "or"),
		KindBool:    "flag",
		KindInt:     "whole number",
		KindSetting: "name of an app setting",
	}[p.Kind]
	if p.List {
		text = "list, each " + text
	}
	var holes []string
	if p.Settings {
		holes = append(holes, "%settings%")
	}
	if p.Expressions {
		holes = append(holes, "{expressions}")
	}
	if len(holes) > 0 {
		text += " that may hold " + strings.Join(holes, " and ")
	}
	return text
}

func (p *Property) fallbackText() string {
	var from []string
	if p.Fallback.Defaults != "" {
		from = append(from, fmt.Sprintf("%s= of //wps:%s", p.Fallback.Defaults, verbDefaults))
	}
	if p.Fallback.Setting != "" {
		from = append(from, "the app setting "+p.Fallback.Setting)
	}
	return strings.Join(from, ", then ")
}
