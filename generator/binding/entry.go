package binding

import (
	"slices"
	"strings"
)

// Shape is what kind of JSON value a member has.
type Shape int

// Shapes of a member's value.
const (
	ShapeScalar Shape = iota // text, a number, true or false
	ShapeList
	ShapeObject
	ShapeNull
)

// EntryMember is a member of an entry of a function.json, of any author, as it was read.
type EntryMember struct {
	Key   string
	Shape Shape
	// Items are the texts of a list, or the one of a scalar.
	Items []string
}

// Entry finds the definition and the index of its binding for a type and a direction, which the host reads
// without case. Where no binding of the type has that direction, it is the first of the type.
func (s *Set) Entry(typ, direction string) (def *Definition, index int) {
	for _, d := range s.defs {
		for i, b := range d.Bindings {
			switch {
			case b.isOpen() || !strings.EqualFold(b.Type, typ):
			case strings.EqualFold(b.Direction, direction):
				return d, i
			case def == nil:
				def, index = d, i
			}
		}
	}
	return def, index
}

// Renamed returns the present name of a binding type, or what has taken the place of one that is gone.
// Both are empty for any other type.
func (s *Set) Renamed(typ string) (now, instead string) {
	for _, d := range s.defs {
		for _, b := range d.Bindings {
			if slices.ContainsFunc(b.Was, func(old string) bool { return strings.EqualFold(old, typ) }) {
				return b.Type, ""
			}
		}
		for gone, hint := range d.Gone {
			if strings.EqualFold(gone, typ) {
				return "", hint
			}
		}
	}
	return "", ""
}

// Types returns the binding types known, each once, in the order of the definitions.
func (s *Set) Types() []string {
	var types []string
	for _, d := range s.defs {
		for _, b := range d.Bindings {
			if !b.isOpen() && !slices.Contains(types, b.Type) {
				types = append(types, b.Type)
			}
		}
	}
	return types
}

// ReadNames returns the names under which the host hands over something, and the best of them; none when
// the name is free.
func (d *Definition) ReadNames(index int, members []EntryMember) (names []string, best string) {
	b := d.Bindings[index]
	c := &entryChecker{checker{def: d}, index, members}
	names, best = slices.Clone(b.Reads), b.Name.Default
	for _, w := range b.When {
		if !w.If.Holds(c.get) {
			continue
		}
		names = append(names, w.Reads...)
		if w.Name != "" {
			best = w.Name
		}
	}
	return names, best
}

// LooksSecret reports whether a text is a connection string or a part of one.
func LooksSecret(text string) bool { return looksSecret(text) }
