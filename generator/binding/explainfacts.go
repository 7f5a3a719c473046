package binding

import "strings"

// fact is one thing to know, under a title.
type fact struct{ title, text string }

// headFacts say of a verb what is to know beside its doc and its keys.
func (d *Definition) headFacts() []fact {
	where := "a function or method"
	if d.On == OnPackage {
		where = "the package clause"
	}
	if d.Repeats {
		where += ", several times under different names"
	}
	facts := []fact{{"Stands on", where}}
	if len(d.NeedsVerbs) > 0 {
		facts = append(facts, fact{"Together", "with //wps:" + strings.Join(d.NeedsVerbs, ", //wps:")})
	}
	if r := d.Requires; r.Extension != "" {
		extension := r.Extension
		if r.Version != "" {
			extension += ", version " + r.Version + " or newer"
		}
		facts = append(facts, fact{"Extension", extension})
	}
	if len(d.Requires.Settings) > 0 {
		facts = append(facts, fact{"Settings", strings.Join(d.Requires.Settings, ", ") + ", behind the Functions host"})
	}
	if len(d.Provides) > 0 {
		facts = append(facts, fact{"Offers", "{" + strings.Join(d.Provides, "}, {") + "} to the expressions of other bindings"})
	}
	return facts
}
