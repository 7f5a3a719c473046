package binding

import (
	"fmt"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/internal/suggest"
)

// ReadOwn reads a project's own definitions as [Read] does. They say less than those of wpsgen: what only
// package wps could serve is a fault there, and on and gives may be left out.
func ReadOwn(name string, src []byte) ([]*Definition, error) {
	s := newSource(name, src)
	s.own = true
	return s.definitions()
}

// Functions of package glue that read the value of an input and take that of an output.
const (
	inputSource  = "Input[T](name)"
	outputSource = "Output[T](name)"
)

// ownDefaults adds what a project's own definition need not say, and reports what it cannot.
func (s *source) ownDefaults(d *Definition) {
	for _, o := range s.read {
		o.refuse()
	}
	s.read = nil
	if d.On == "" {
		d.On = OnFunc
	}
	for _, b := range d.Bindings {
		switch {
		case b.isOpen():
			s.errs = append(s.errs, &Error{Place: b.Place, Message: "a binding of your own has one type", Hint: anyType})
		case b.IsTrigger() && b.Direction == "out":
			s.errs = append(s.errs, &Error{Place: b.Place, Message: "a trigger cannot be out", Hint: "write direction: in"})
		}
	}
	source, types, not := inputSource, []string(nil), []string{"io.Reader", "http.ResponseWriter"}
	doc := "the value: a string or []byte as it is, any other type decoded from JSON"
	if d.named().Direction == "out" {
		source, types, not = outputSource, []string{"*T"}, nil
		doc = "where the function puts the value: a string or []byte as it is, any other type as JSON"
	}
	if d.Gives == nil && len(d.Bindings) > 0 {
		d.Gives = []Gives{{Params: []Param{{Name: "{name}", Doc: doc}}}}
	}
	for i := range d.Gives {
		for j := range d.Gives[i].Params {
			p := &d.Gives[i].Params[j]
			p.Source = source
			if p.Types == nil && p.Not == nil {
				p.Types, p.Not = types, not
			}
		}
	}
}

// named returns the binding that name= names, the first one where none can be named.
func (d *Definition) named() Binding {
	for _, b := range d.Bindings {
		if !b.Name.Fixed {
			return b
		}
	}
	if len(d.Bindings) > 0 {
		return d.Bindings[0]
	}
	return Binding{}
}

// refuse reports keys of a mapping that only wpsgen's own definitions have.
func (o *object) refuse() {
	for _, key := range formatObjectOf(o.what).Keys {
		if n, ok := o.key(key.Name); ok && key.Builtin != "" {
			o.src.hintf(n, "leave it out: "+key.Builtin, "a definition of your own has no %s", key.Name)
		}
	}
}

// sourceOf reads where a parameter's value comes from, which in a project's own definition the direction says.
func (s *source) sourceOf(o *object) string {
	if s.own {
		return o.str("source")
	}
	return o.must("source")
}

// verbTwice reports a second definition of a verb.
func verbTwice(d, first *Definition) error {
	e := &Error{Place: d.VerbPlace, Message: fmt.Sprintf("the verb %s is defined twice", d.Verb), Hint: "choose another", Other: first.VerbPlace, OtherIs: "the first one"}
	if d.Own && !first.Own {
		*e = Error{Place: d.VerbPlace, Message: fmt.Sprintf("//wps:%s is a directive of wpsgen itself", d.Verb), Hint: "choose another verb"}
	}
	return e
}

// typesTwice reports bindings of a project's own that other definitions make already, so that it could not
// be told whose a function.json is.
func typesTwice(defs []*Definition) []error {
	var errs []error
	for i, d := range defs {
		for _, b := range d.Bindings {
			if d.Own {
				errs = append(errs, b.madeBefore(d, defs[:i])...)
			}
		}
	}
	return errs
}

func (b Binding) madeBefore(d *Definition, before []*Definition) []error {
	for _, other := range before {
		for _, first := range other.Bindings {
			switch {
			case first.isOpen() || !strings.EqualFold(first.Type, b.Type):
			case !other.Own:
				return []error{&Error{Place: b.Place, Message: fmt.Sprintf("%s has the directive //wps:%s of wpsgen itself", first.Type, other.Verb), Hint: "use that"}}
			case first.Direction == b.Direction && other.Verb != d.Verb:
				return []error{&Error{Place: b.Place, Message: fmt.Sprintf("//wps:%s makes %s with the direction %s already", other.Verb, first.Type, b.Direction),
					Hint: "let one definition have the properties of both", Other: first.Place, OtherIs: "the first one"}}
			}
		}
	}
	return nil
}

// nearVerb is the hint for a verb that is not there.
func (s *Set) nearVerb(verb string) string {
	if near := suggest.Nearest(verb, s.Verbs()); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return "there are " + join(slices.Clone(s.Verbs()), "and")
}
