// Package binding holds the binding definitions: one YAML file per directive verb that says all there
// is to say of a binding. Checks, function.json, glue and explanations are driven by them; a fact about
// one binding stands nowhere else.
package binding

import (
	"strings"

	"github.com/wpsgen/wpsgen/generator/diag"
)

// Where a directive stands: the values of Definition.On.
const (
	OnFunc    = "func"
	OnPackage = "package"
)

// Definition is one directive verb.
type Definition struct {
	// Verb is the word after //wps:.
	Verb string
	// Doc says what the verb does, in one or a few sentences.
	Doc string
	// Source names where the facts come from.
	Source string
	// On is where the directive stands: OnFunc or OnPackage.
	On string
	// Repeats allows the verb several times on one declaration, told apart by name.
	Repeats bool
	// NeedsVerbs are verbs that must stand beside this one.
	NeedsVerbs []string
	// Requires says what a host needs to serve it.
	Requires Requires
	// Bindings are the function.json entries it makes, in order; none for verbs that only configure.
	Bindings []Binding
	// Properties are the keys it takes, in the order function.json lists them. The key name= of a binding
	// that may be named comes last; it is not written in the YAML.
	Properties []*Property
	// Passthrough, when set, lets every other key into function.json as it stands; it says so in words.
	Passthrough string
	// Provides are the roots of binding expressions a trigger offers to the function's other bindings.
	Provides []string
	// NotHere maps keys people write by mistake to the hint that helps.
	NotHere map[string]string
	// Ignored maps members people write in a function.json of this binding, and that the host ignores, to
	// the hint that helps.
	Ignored map[string]string
	// Gone maps binding types there were before the extension's first release to what has taken their place.
	Gone map[string]string
	// Gives are the parameters and results it lets a function have; every entry whose If holds counts.
	Gives []Gives
	// Examples are uses without fault, each as the arguments of one directive.
	Examples [][]Arg
	// Checks name the rules over several bindings that involve this one.
	Checks []string
	// Own tells that it is a project's own and none of wpsgen's.
	Own bool
	// Place is where the definition begins, VerbPlace where its verb stands.
	Place, VerbPlace diag.Place
}

// Property returns the property of that name, nil when there is none. Case counts, as in a directive.
func (d *Definition) Property(name string) *Property {
	for _, p := range d.Properties {
		if p.Name == name {
			return p
		}
	}
	return nil
}

// Keys returns the names of the properties in their order.
func (d *Definition) Keys() []string {
	keys := make([]string, len(d.Properties))
	for i, p := range d.Properties {
		keys[i] = p.Name
	}
	return keys
}

// IsTrigger reports whether one of the bindings is always a trigger. A function has exactly one.
func (d *Definition) IsTrigger() bool {
	for _, b := range d.Bindings {
		if b.IsTrigger() {
			return true
		}
	}
	return false
}

// Requires says what a host needs.
type Requires struct {
	// Extension is the extension that brings the binding; empty for what the host has built in.
	Extension string
	// Version is the first version of the extension that has it.
	Version string
	// Settings are app settings without which the Functions host does not start it.
	Settings []string
}

// Binding is one function.json entry of a definition.
type Binding struct {
	// Type is the binding's type. {type} stands for the property type, which makes the binding open.
	Type string
	// Was are old names of the type, which the host does not know any more.
	Was []string
	// Direction is in, out or inout; {direction} stands for the property direction.
	Direction string
	// Name is the binding's name when the directive gives none.
	Name Name
	// Fixed are members written as they are, in order.
	Fixed []Member
	// When adds or changes members under a condition; all that hold apply, in order.
	When []BindingWhen
	// Reads are the names under which the host hands over a part of what happened; under any other it hands
	// over nothing. None means that the name is free.
	Reads []string
	// Go names the composite literal of package wps that stands for it in glue; empty means OtherBinding.
	Go string
	// Place is where the type stands.
	Place diag.Place
}

// IsTrigger reports whether the binding is a trigger, which its type says (host-spec 5.1).
func (b Binding) IsTrigger() bool { return isTriggerType(b.Type) }

func isTriggerType(t string) bool { return strings.HasSuffix(strings.ToLower(t), "trigger") }

// Name is how a binding gets its name.
type Name struct {
	// Default is the name without a name= argument.
	Default string
	// Required demands name=; there is no default then.
	Required bool
	// Fixed forbids name=, since the host selects the value by this name or nothing reads another.
	Fixed bool
}

// Member is a member of a function.json entry; Value is a string, a bool, an int or a list of strings.
type Member struct {
	Key   string
	Value any
}

// BindingWhen changes a binding under a condition.
type BindingWhen struct {
	If    Condition
	Name  string
	Fixed []Member
	// Reads are names beside those of the binding.
	Reads []string
}

// Condition holds when every property named has one of its values, compared without case; a value that
// begins with * is the end of one. The empty condition holds always. A property not set counts with its default, or as "".
type Condition map[string][]string

// Gives are the parameters and results a verb lets a function have.
type Gives struct {
	If Condition
	// Without are verbs beside which it does not hold.
	Without []string
	Params  []Param
	Results []Result
}

// Param is a parameter a function may have.
type Param struct {
	// Type is the Go type, such as *wps.UserEventRequest or http.ResponseWriter; empty binds by name alone.
	Type string
	// Name is the parameter's name where Type does not decide; {name} stands for the binding's name.
	Name string
	// Source is the function of package glue that reads it; one whose Go code takes the binding's name
	// ends in (name), one that takes the type beside the name in [T](name).
	Source string
	// Types are the Go types a parameter bound by name may have; none allows any. *T is any pointer.
	Types []string
	// Not are Go types it may not have, where Types allows any.
	Not []string
	Doc string
}

// Result is a result a function may return, beside an error at the end.
type Result struct {
	// Type is the Go type; empty takes any type that is not one of ours, as JSON.
	Type string
	// Sink is the function of package glue that takes it; one that wants the binding's name ends in (name).
	Sink string
	Doc  string
}
