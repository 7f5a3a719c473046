package generator

import (
	"cmp"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/generator/binding"
)

// paramHint is the way out for a parameter that nothing provides: a slip of the pen put right, the directive that
// provides it, or else all that the function can have.
func (s *signature) paramHint(name, spelled string) string {
	var types []string
	for _, o := range s.params {
		types = append(types, o.param.Type)
	}
	if slip := starSlip(spelled, types); slip != "" {
		return "write " + slip
	}
	return s.belongs(spelled, s.nameHint(spelled), func(g binding.Gives) []string {
		var given []string
		for _, p := range g.Params {
			if p.Type != "" || slices.Contains(p.Types, spelled) && p.Name == name {
				given = append(given, cmp.Or(p.Type, spelled))
			}
		}
		return given
	})
}

// nameHint is the name that would bind a parameter, if there is one, before what the function can have.
func (s *signature) nameHint(spelled string) string {
	if meant := s.misnamed(spelled); meant != "" {
		return "call it " + meant + "; " + s.offered()
	}
	return s.offered()
}

// resultHint is the same for a result that nothing takes.
func (s *signature) resultHint(spelled string) string {
	var types []string
	for _, o := range s.results {
		types = append(types, o.result.Type)
	}
	if slip := starSlip(spelled, types); slip != "" {
		return "write " + slip
	}
	return s.belongs(spelled, s.accepted(), func(g binding.Gives) []string {
		var given []string
		for _, r := range g.Results {
			given = append(given, r.Type)
		}
		return given
	})
}

// starSlip returns the one of types that differs from spelled in a pointer's star alone.
func starSlip(spelled string, types []string) string {
	for _, t := range types {
		if t != "" && (t == "*"+spelled || "*"+t == spelled) {
			return t
		}
	}
	return ""
}

// misnamed returns the name under which the function could have a parameter of that very type, where there is
// one and no parameter has it yet.
func (s *signature) misnamed(spelled string) string {
	var names []string
	for _, o := range s.params {
		if o.param.Type != "" || len(o.param.Types) > 0 && !slices.Contains(o.param.Types, spelled) || !allowed(*o.param, spelled) {
			continue
		}
		name := strings.ReplaceAll(o.param.Name, "{name}", o.binding)
		if !slices.Contains(names, name) && !s.hasParam(name) {
			names = append(names, name)
		}
	}
	if len(names) != 1 {
		return ""
	}
	return names[0]
}

func (s *signature) hasParam(name string) bool {
	for _, field := range s.fn.decl.Type.Params.List {
		for _, n := range field.Names {
			if n.Name == name {
				return true
			}
		}
	}
	return false
}

// belongs names the directives that give a function a type, when it may be had with another directive beside its
// own; where the type belongs to another event or trigger, that is said before what the function can have.
func (s *signature) belongs(spelled, otherwise string, types func(binding.Gives) []string) string {
	if s.fn.Package.known == nil || !strings.Contains(spelled, ".") {
		return otherwise
	}
	var verbs []string
	for _, u := range s.fn.uses {
		verbs = append(verbs, u.Def.Verb)
	}
	var add, with []string
	for _, def := range s.fn.Package.known.Set.Definitions() {
		for _, g := range def.Gives {
			given := types(g)
			exact := slices.Contains(given, spelled)
			if !exact && starSlip(spelled, given) == "" {
				continue
			}
			beside := slices.Contains(verbs, def.Verb)
			switch {
			case beside && slices.ContainsFunc(g.Without, func(v string) bool { return slices.Contains(verbs, v) }):
			case beside || def.IsTrigger() || !contains(verbs, def.NeedsVerbs):
				with = append(with, strings.TrimSuffix("//wps:"+def.Verb+" "+g.If.String(), " always"))
			case exact:
				add = append(add, "//wps:"+def.Verb)
			default:
				add = append(add, "//wps:"+def.Verb+" and write "+starSlip(spelled, given))
			}
		}
	}
	conditional := slices.ContainsFunc(with, func(w string) bool { return strings.Contains(w, " when ") })
	switch {
	case len(add) > 0 && conditional:
		return otherwise // it may as well be the trigger that is wrong
	case len(add) > 0:
		return "add " + list(slices.Compact(add))
	case len(with) > 0:
		return "it belongs to " + list(slices.Compact(with)) + "; " + otherwise
	}
	return otherwise
}

func contains(all, some []string) bool {
	return !slices.ContainsFunc(some, func(v string) bool { return !slices.Contains(all, v) })
}
