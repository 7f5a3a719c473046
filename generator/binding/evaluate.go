package binding

import (
	"slices"
	"strings"
)

// Holds evaluates the condition; get returns the value of a property, its default when it is not set.
func (c Condition) Holds(get func(key string) string) bool {
	for key, values := range c {
		v := get(key)
		if !slices.ContainsFunc(values, func(want string) bool { return fits(want, v) }) {
			return false
		}
	}
	return true
}

// fits compares a condition's value with a property's.
func fits(want, v string) bool {
	if end, ok := strings.CutPrefix(want, "*"); ok {
		return strings.HasSuffix(strings.ToLower(v), strings.ToLower(end))
	}
	return strings.EqualFold(want, v)
}

// Arg is one argument of a directive.
type Arg struct {
	Key   string
	Value string
	// Flag tells that the argument is a key alone.
	Flag bool
	// Quoted tells that the value was quoted, which keeps a list from being split.
	Quoted bool
}

// items splits the value of a list.
func (a Arg) items() []string {
	switch {
	case a.Quoted:
		return []string{a.Value}
	case a.Value == "":
		return nil
	}
	return strings.Split(a.Value, ",")
}

// Env is what surrounds a directive.
type Env struct {
	// Defaults are the package's defaults by key, from //wps:defaults.
	Defaults map[string]string
	// Extension is the version of the extension that will be loaded; empty when it is not known, which
	// keeps quiet about what older ones lack.
	Extension string
}

// Origin says where a value comes from.
type Origin int

// Origins of a value.
const (
	Unset         Origin = iota // nowhere
	FromDirective               // the directive itself
	FromDefaults                // the package's defaults
	FromSetting                 // an app setting, at run time
	FromDefault                 // what the host takes for a missing value
)

// Value is what a property has in one use.
type Value struct {
	// Items are the values, one unless the property is a list. Where the value comes from an app setting,
	// the item is %SETTING%, or the setting's name for a property of kind setting.
	Items []string
	// From says where the value comes from.
	From Origin
}

// String joins the items with commas.
func (v Value) String() string { return strings.Join(v.Items, ",") }

// written reports whether the value stands in function.json; what a setting or the host adds does not.
func (v Value) written() bool { return v.From == FromDirective || v.From == FromDefaults }
