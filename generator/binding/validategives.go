package binding

import "go/parser"

func (v *validator) gives() {
	for i, g := range v.def.Gives {
		path := []any{"gives", i}
		v.condition(sub(path, "if"), g.If, "")
		for j, p := range g.Params {
			at := sub(path, "params", j)
			v.glue(sub(at, "source"), p.Source)
			v.paramName(sub(at, "name"), p.Name)
			v.goTypes(sub(at, "type"), p.Type)
			v.goTypes(sub(at, "types"), p.Types...)
			v.goTypes(sub(at, "not"), p.Not...)
		}
		for j, r := range g.Results {
			at := sub(path, "results", j)
			v.glue(sub(at, "sink"), r.Sink)
			v.goTypes(sub(at, "type"), r.Type)
		}
	}
}

func (v *validator) glue(path []any, name string) {
	if name != "" && !gluePattern.MatchString(name) {
		v.errorf(path, "%q is not a function of package glue, such as Data or Actions(name)", name)
	}
}

// paramName checks that a parameter's name is one, or {name} for the binding's.
func (v *validator) paramName(path []any, name string) {
	if name != "" && name != "{name}" && !keyPattern.MatchString(name) {
		v.errorf(path, "name %q is neither a parameter's name nor {name}", name)
	}
}

func (v *validator) goTypes(path []any, types ...string) {
	for _, t := range types {
		if t == "" {
			continue
		}
		if _, err := parser.ParseExpr(t); err != nil {
			v.errorf(path, "%q is not a Go type", t)
		}
	}
}
