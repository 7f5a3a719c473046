package binding

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"
)

// Set is a set of definitions that fit together.
type Set struct {
	defs   []*Definition
	byVerb map[string]*Definition
}

// verbDefaults is the verb whose properties fallbacks refer to.
const verbDefaults = "defaults"

// Builtin returns the definitions wpsgen comes with.
func Builtin() (*Set, error) { return builtinSet() }

var builtinSet = sync.OnceValues(func() (*Set, error) {
	defs, err := builtinDefinitions()
	if err != nil {
		return nil, err
	}
	return NewSet(defs...)
})

// builtinDefinitions reads the embedded files in the order in which users meet the verbs.
func builtinDefinitions() ([]*Definition, error) {
	var defs []*Definition
	for _, name := range []string{"trigger", "http", "timer", "connection", "context", "output", "binding", "function", "defaults"} {
		file := path.Join("definitions", name+".yaml")
		src, err := definitionFiles.ReadFile(file)
		if err != nil {
			return nil, err
		}
		read, err := Read(file, src)
		if err != nil {
			return nil, err
		}
		defs = append(defs, read...)
	}
	return defs, nil
}

// NewSet joins definitions. It reports, each as an [*Error], verbs defined twice and references from one
// definition to another that lead nowhere.
func NewSet(defs ...*Definition) (*Set, error) {
	s := &Set{defs: slices.Clone(defs), byVerb: make(map[string]*Definition, len(defs))}
	var errs []error
	for _, d := range defs {
		if first, twice := s.byVerb[d.Verb]; twice {
			errs = append(errs, verbTwice(d, first))
			continue
		}
		s.byVerb[d.Verb] = d
	}
	errs = append(errs, typesTwice(defs)...)
	for _, d := range defs {
		errs = append(errs, s.references(d)...)
	}
	for i, d := range s.defs {
		s.defs[i] = s.open(d)
		s.byVerb[d.Verb] = s.defs[i]
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return s, nil
}

func (s *Set) references(d *Definition) []error {
	var errs []error
	for _, v := range d.NeedsVerbs {
		if s.byVerb[v] == nil {
			errs = append(errs, &Error{Place: d.Place, Message: fmt.Sprintf("needsVerbs: there is no verb %s", v), Hint: s.nearVerb(v)})
		}
	}
	for _, g := range d.Gives {
		for _, v := range g.Without {
			if s.byVerb[v] == nil {
				errs = append(errs, &Error{Place: d.Place, Message: fmt.Sprintf("without: there is no verb %s", v), Hint: s.nearVerb(v)})
			}
		}
	}
	for _, p := range d.Properties {
		key := p.Fallback.Defaults
		if key == "" {
			continue
		}
		if def := s.byVerb[verbDefaults]; def == nil || def.Property(key) == nil {
			errs = append(errs, &Error{Place: p.Place, Message: fmt.Sprintf("fallback: //wps:%s has no key %s", verbDefaults, key)})
		}
	}
	return errs
}

// Verb returns the definition of a verb, nil when there is none.
func (s *Set) Verb(verb string) *Definition { return s.byVerb[verb] }

// Verbs returns the verbs in the order of their definitions.
func (s *Set) Verbs() []string {
	verbs := make([]string, len(s.defs))
	for i, d := range s.defs {
		verbs[i] = d.Verb
	}
	return verbs
}

// Definitions returns the definitions in their order.
func (s *Set) Definitions() []*Definition { return slices.Clone(s.defs) }

// Checks returns the names of all rules over several bindings, sorted, each once.
func (s *Set) Checks() []string {
	var names []string
	for _, d := range s.defs {
		names = append(names, d.Checks...)
	}
	slices.SortFunc(names, strings.Compare)
	return slices.Compact(names)
}

// Meant returns how a directive is written that somebody spells with another word of the binding than its verb:
// a type of function.json, a value that one key takes, or a key. It is "" when no word of a definition is that.
func (s *Set) Meant(word string) string {
	for _, d := range s.defs {
		if slices.ContainsFunc(d.Bindings, func(b Binding) bool { return strings.EqualFold(b.Type, word) }) {
			return "//wps:" + d.Verb
		}
	}
	for _, d := range s.defs {
		if owner := d.owner(Arg{Key: word, Flag: true}); owner != "" {
			return "//wps:" + d.Verb + " " + owner + "=" + word
		}
	}
	for _, d := range s.defs {
		if p, _ := d.find(word); p != nil {
			return "//wps:" + d.Verb + " " + p.Name + "=…"
		}
	}
	return ""
}
