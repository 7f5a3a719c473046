package binding

import (
	"regexp"

	"github.com/wpsgen/wpsgen/generator/diag"
)

// Kind is the type of a property's value.
type Kind string

// Kinds of properties.
const (
	KindString  Kind = "string"
	KindEnum    Kind = "enum"
	KindBool    Kind = "bool"
	KindInt     Kind = "int"
	KindSetting Kind = "setting" // the name of an app setting, never its value
)

var kinds = []string{string(KindString), string(KindEnum), string(KindBool), string(KindInt), string(KindSetting)}

// Property is one key of a directive.
type Property struct {
	// Name is the key, spelled as in function.json.
	Name string
	Doc  string
	Kind Kind
	// Go is the field of the binding's composite literal; the reader derives it from Name unless it is given.
	Go string
	// To is the type of the binding it belongs to, where a verb makes several; the first one if empty.
	To string
	// List allows several values separated by commas.
	List bool
	// Required properties must be set, by the directive, by Fallback or by Default.
	Required bool
	// Fallback says where a missing value comes from.
	Fallback Fallback
	// Default is what a missing value means to the host; it is not written to function.json.
	Default string
	// Values are the allowed values of an enum, or of a string that When narrows to some.
	Values []string
	// Also are values that the host takes in a function.json, and that a directive does not have.
	Also []string
	// Refused are values that would otherwise do, compared without case, each with the reason.
	Refused map[string]string
	// Pattern is a regular expression the whole value must match, unless it holds a %setting% or, where
	// Expressions allows them, an {expression}. A Format that is a pattern is written out here.
	Pattern string
	// PatternDoc says in words what Pattern wants.
	PatternDoc string
	// Format names a format of formats.yaml, or one that only Go can check, such as route.
	Format string
	// Settings tells whether %setting% may stand in the value.
	Settings bool
	// Expressions tells whether {expressions} may stand in it.
	Expressions bool
	// Folds compares values without case and writes the spelling of Values.
	Folds bool
	// Since is the first extension version that reads it.
	Since string
	// Deprecated, when set, names the property to use instead.
	Deprecated string
	// Caution, when set, is what whoever sets the property is warned of.
	Caution string
	// Conflicts are keys that must not be set beside it.
	Conflicts []string
	// Was are old names, reported with the new one.
	Was []string
	// ValueDoc says in words what one of Values is, such as a system event.
	ValueDoc string
	// WasValues maps old values to new ones.
	WasValues map[string]string
	// Omit keeps it out of function.json: it is for the runtime alone.
	Omit bool
	// When changes what is allowed under a condition; all that hold apply, in order.
	When []PropertyWhen
	// Place is where the property is defined.
	Place diag.Place

	pattern *regexp.Regexp
	named   bool              // the synthetic key name=
	taken   map[string]string // types that have a verb of their own, for a property that says a type
}

// Fallback says where a missing value comes from, tried in this order. A fallback does not count where
// the directive sets a property that conflicts with it.
type Fallback struct {
	// Defaults takes the value of this key of the package's //wps:defaults.
	Defaults string
	// Setting takes the value of this app setting at run time, so that nothing is written. For a property
	// of kind setting it is the setting itself that takes the place of the one not named.
	Setting string
}

// PropertyWhen narrows a property under a condition.
type PropertyWhen struct {
	If         Condition
	Values     []string
	ValueDoc   string
	Pattern    string
	PatternDoc string
	Format     string
	WasValues  map[string]string
	// Settings, when not nil, replaces the property's own.
	Settings *bool

	pattern *regexp.Regexp
}

// narrow returns the property as its When entries leave it: itself when none holds.
func (p *Property) narrow(get func(string) string) *Property {
	out := p
	for _, w := range p.When {
		if !w.If.Holds(get) {
			continue
		}
		if out == p {
			copied := *p
			out = &copied
		}
		w.apply(out)
	}
	return out
}

func (w PropertyWhen) apply(out *Property) {
	if w.Values != nil {
		out.Values, out.ValueDoc = w.Values, w.ValueDoc
	}
	if w.Pattern != "" {
		out.Pattern, out.PatternDoc, out.pattern = w.Pattern, w.PatternDoc, w.pattern
	}
	if w.Format != "" {
		out.Format = w.Format
	}
	if w.WasValues != nil {
		out.WasValues = w.WasValues
	}
	if w.Settings != nil {
		out.Settings = *w.Settings
	}
}
