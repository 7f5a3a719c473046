package binding

import (
	"slices"
	"strings"
)

// FormatObject is a mapping in a file of definitions.
type FormatObject struct {
	// Name is what faults call it.
	Name string
	// Doc says what it is for.
	Doc string
	// Keys are all keys there are, in the order in which they are best written.
	Keys []FormatKey
}

// FormatKey is one key of a [FormatObject].
type FormatKey struct {
	// Name is the key, Doc what it says.
	Name, Doc string
	// Type is what its value is: a FormatType, or one of them with the name of a FormatObject behind it.
	Type FormatType
	// Of names the object that Type is about.
	Of string
	// Required keys have to be there.
	Required bool
	// Values are all a text can be, where they are few.
	Values []string
	// Builtin, when set, is why only definitions of wpsgen itself have the key.
	Builtin string
}

// FormatType is the type of a value in a file of definitions.
type FormatType string

// Types of values.
const (
	FormatText     FormatType = "text"
	FormatFlag     FormatType = "true or false"
	FormatWords    FormatType = "list of texts"
	FormatTable    FormatType = "mapping of texts"
	FormatMembers  FormatType = "mapping of values"
	FormatIf       FormatType = "condition"
	FormatObjectOf FormatType = "mapping"
	FormatListOf   FormatType = "list of mappings"
	FormatMapOf    FormatType = "mapping of mappings"
)

// FormatObjects returns the mappings a file of definitions is made of, the outermost first.
func FormatObjects() []FormatObject { return slices.Clone(formatObjects) }

// formatObjectOf finds the object that a fault calls by a name, which may go on behind a blank.
func formatObjectOf(what string) FormatObject {
	for _, o := range formatObjects {
		if what == o.Name || strings.HasPrefix(what, o.Name+" ") && o.Name == "property" {
			return o
		}
	}
	return FormatObject{}
}

// Reasons why a key is not for a project's own definitions.
const (
	servedByWPS = "package wps has nothing for this binding"
	allRules    = "every rule is applied anyway"
	anyType     = "//wps:binding takes any type"
)

var formatObjects = []FormatObject{
	{"definition", "One directive verb. A file holds one or several, parted by lines of three dashes.", []FormatKey{
		{Name: "verb", Type: FormatText, Required: true, Doc: "The word after //wps:, lower-case letters and digits."},
		{Name: "doc", Type: FormatText, Required: true, Doc: "What the verb does, in one or a few sentences."},
		{Name: "source", Type: FormatText, Doc: "Where the facts come from."},
		{Name: "on", Type: FormatText, Values: []string{OnFunc, OnPackage}, Builtin: "a directive of your own stands on a function", Doc: "Where the directive stands."},
		{Name: "repeats", Type: FormatFlag, Doc: "The verb may stand on one function several times, under different names."},
		{Name: "needsVerbs", Type: FormatWords, Doc: "Verbs that must stand beside this one."},
		{Name: "requires", Type: FormatObjectOf, Of: "requires", Doc: "What a host needs to serve it."},
		{Name: "bindings", Type: FormatListOf, Of: "binding", Doc: "The function.json entries it makes, in order. One whose type ends in Trigger makes the verb a trigger."},
		{Name: "properties", Type: FormatMapOf, Of: "property", Doc: "The keys of the directive, spelled as in function.json and in its order. A binding that may be named has the key name as well."},
		{Name: "passthrough", Type: FormatText, Builtin: anyType, Doc: "Lets every other key into function.json as it stands, and says so in words."},
		{Name: "provides", Type: FormatWords, Doc: "What a trigger offers to the {expressions} of the function's other bindings."},
		{Name: "notHere", Type: FormatTable, Doc: "Keys that people write in the directive by mistake, each with the hint that helps."},
		{Name: "ignored", Type: FormatTable, Doc: "Members that people write in a function.json and the host ignores, each with the hint that helps."},
		{Name: "gone", Type: FormatTable, Doc: "Types that do not exist any more, each with what has taken its place."},
		{Name: "gives", Type: FormatListOf, Of: "gives", Doc: "The parameters a function may have. Without it, one named like the binding: any type for an input, any pointer for an output."},
		{Name: "examples", Type: FormatListOf, Of: "example", Doc: "Directives without fault, each as a mapping of keys to values: true is a key alone, a list is joined by commas. They are checked, and shown by explain."},
		{Name: "checks", Type: FormatWords, Builtin: allRules, Doc: "The rules over several bindings that involve this one."},
	}},
	{"requires", "What a host needs.", []FormatKey{
		{Name: "extension", Type: FormatText, Doc: "The extension that brings the binding."},
		{Name: "version", Type: FormatText, Doc: "Its first version that has it, such as 5.0.0."},
		{Name: "settings", Type: FormatWords, Doc: "App settings without which the host does not start it."},
	}},
	{"binding", "One entry of function.json.", []FormatKey{
		{Name: "type", Type: FormatText, Required: true, Doc: "The binding's type."},
		{Name: "direction", Type: FormatText, Required: true, Values: []string{"in", "out"}, Doc: "Whether the function reads the value or writes it."},
		{Name: "name", Type: FormatObjectOf, Of: "name", Required: true, Doc: "How the binding gets its name, which is the parameter's."},
		{Name: "was", Type: FormatWords, Doc: "Old names of the type, which the host does not know any more."},
		{Name: "fixed", Type: FormatMembers, Doc: "Members written as they are: texts, whole numbers, true, false or lists of texts."},
		{Name: "when", Type: FormatListOf, Of: "bindingWhen", Doc: "Changes under conditions; all that hold apply, in order."},
		{Name: "reads", Type: FormatWords, Doc: "Names under which the host hands over a value, where it hands over none under any other."},
		{Name: "go", Type: FormatText, Builtin: servedByWPS, Doc: "The type of package wps that stands for it."},
	}},
	{"name", "A binding's name.", []FormatKey{
		{Name: "default", Type: FormatText, Doc: "The name without name= in the directive. Needed unless required is true."},
		{Name: "required", Type: FormatFlag, Doc: "The directive has to give the name."},
		{Name: "fixed", Type: FormatFlag, Doc: "The directive cannot give another name."},
	}},
	{"bindingWhen", "A change of a binding under a condition.", []FormatKey{
		{Name: "if", Type: FormatIf, Doc: "The condition."},
		{Name: "name", Type: FormatText, Doc: "The name in place of the default."},
		{Name: "fixed", Type: FormatMembers, Doc: "Members to add, or to write in place of those of that name."},
		{Name: "reads", Type: FormatWords, Doc: "Names beside the binding's reads."},
	}},
	{"property", "One key of the directive.", propertyKeys},
	{"fallback", "Where a value comes from that the directive does not give, in this order.", []FormatKey{
		{Name: "defaults", Type: FormatText, Doc: "That key of the package's //wps:defaults: hub or connection."},
		{Name: "setting", Type: FormatText, Doc: "That app setting, read by the host."},
	}},
	{"propertyWhen", "A change of a property under a condition.", []FormatKey{
		{Name: "if", Type: FormatIf, Doc: "The condition."},
		{Name: "values", Type: FormatWords, Doc: "The values allowed then."},
		{Name: "valueDoc", Type: FormatText, Doc: "What one of the values is, in words, such as a system event."},
		{Name: "pattern", Type: FormatText, Doc: "As of a property."},
		{Name: "patternDoc", Type: FormatText, Doc: "As of a property."},
		{Name: "format", Type: FormatText, Doc: "As of a property."},
		{Name: "wasValues", Type: FormatTable, Doc: "As of a property."},
		{Name: "settings", Type: FormatFlag, Doc: "As of a property."},
	}},
	{"gives", "Parameters that a function may have under a condition; every entry that holds counts.", []FormatKey{
		{Name: "if", Type: FormatIf, Doc: "The condition; always without it."},
		{Name: "without", Type: FormatWords, Doc: "Verbs beside which it does not hold."},
		{Name: "params", Type: FormatListOf, Of: "parameter", Doc: "The parameters."},
		{Name: "results", Type: FormatListOf, Of: "result", Builtin: "the value of an output goes through a parameter, a pointer", Doc: "The results."},
	}},
	{"parameter", "A parameter, bound by its name.", []FormatKey{
		{Name: "name", Type: FormatText, Doc: "The parameter's name; {name} is the binding's."},
		{Name: "type", Type: FormatText, Builtin: servedByWPS, Doc: "A Go type that binds it whatever its name."},
		{Name: "types", Type: FormatWords, Doc: "The Go types it may have; *T is any pointer. Without it, any type."},
		{Name: "not", Type: FormatWords, Doc: "Go types it may not have."},
		{Name: "source", Type: FormatText, Builtin: "the direction says it", Doc: "The function of package glue that reads it."},
		{Name: "doc", Type: FormatText, Doc: "What it is."},
	}},
	{"result", "A result.", []FormatKey{
		{Name: "type", Type: FormatText, Doc: "The Go type; any that is not of package wps without it."},
		{Name: "sink", Type: FormatText, Required: true, Doc: "The function of package glue that takes it."},
		{Name: "doc", Type: FormatText, Doc: "What it is."},
	}},
}
