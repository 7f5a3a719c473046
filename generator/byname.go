package generator

import (
	"go/ast"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/generator/binding"
	"github.com/wpsgen/wpsgen/generator/diag"
)

// bindByName binds a parameter whose type does not tell what it is.
func (s *signature) bindByName(name *ast.Ident, typ ast.Expr, spelled string) {
	if name == nil || name.Name == "_" {
		s.report(diag.BadParameter, typ, s.nameHint(spelled), "a parameter of type %s needs a name, since it is bound by name", display(spelled))
		return
	}
	var found []offer
	for _, o := range s.params {
		if o.param.Type == "" && strings.ReplaceAll(o.param.Name, "{name}", o.binding) == name.Name {
			found = append(found, o)
		}
	}
	switch o, ok := first(found); {
	case !ok:
		s.report(diag.BadParameter, name, s.paramHint(name.Name, spelled), "nothing provides parameter %s of type %s", name.Name, display(spelled))
	case slices.ContainsFunc(found, func(other offer) bool { return other.binding != o.binding }):
		s.report(diag.BadParameter, name, "give the //wps:binding another name", "parameter %s is provided by %d bindings of this function", name.Name, len(found))
	case !allowed(*o.param, spelled):
		s.report(diag.BadParameter, typ, typesHint(name.Name, *o.param), "parameter %s cannot be a %s", name.Name, display(spelled))
	default:
		s.take(o)
		s.checkPayload(name, typ, spelled, *o.param)
	}
}

// checkPayload reports a parameter whose type compiles and could only ever fail or mislead.
func (s *signature) checkPayload(name *ast.Ident, typ ast.Expr, spelled string, p binding.Param) {
	if taken := shadows(spelled); taken != "" {
		s.report(diag.BadParameter, typ, renameHint, "the type %[2]s of parameter %[1]s is one of this package, not Go's", name.Name, taken)
		return
	}
	c := decoding
	switch {
	case slices.Contains(p.Types, anyPointer):
		c = encoding
	case len(p.Types) > 0, spelled == "io.Reader":
		return
	}
	if part := c.unfit(s.typeOf(typ)); part != "" {
		s.report(diag.BadParameter, typ, typesHint(name.Name, p), "parameter %s cannot be a %s: %s cannot be %s", name.Name, display(spelled), part, c.verb)
	}
}

// renameHint is the way out for a type that hides one of the language's.
const renameHint = "rename that type, or declare it as an alias"

// anyPointer is how definitions spell a pointer to whatever JSON can be made of.
const anyPointer = "*T"

func typesHint(name string, p binding.Param) string {
	switch {
	case slices.Contains(p.Types, anyPointer):
		return "it is a pointer, such as *string or one to a type of your own, through which the function gives the value"
	case len(p.Types) > 0:
		return name + " is " + list(p.Types)
	case slices.Contains(p.Not, "io.Reader"):
		return "it takes string, []byte, or a type of your own, decoded from JSON"
	}
	return "it takes string, []byte, io.Reader, or a type of your own, decoded from JSON"
}

// allowed reports whether a parameter bound by name may have a type: one of those named or, where none
// is, any that is not ours and that JSON can be decoded into.
func allowed(p binding.Param, spelled string) bool {
	if slices.Contains(p.Types, anyPointer) {
		elem, pointer := strings.CutPrefix(spelled, "*")
		return pointer && allowed(binding.Param{Not: p.Not}, elem)
	}
	if len(p.Types) > 0 {
		return slices.Contains(p.Types, spelled)
	}
	return !isOurs(spelled) && !slices.Contains(p.Not, spelled)
}
