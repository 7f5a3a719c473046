package generator

import "strings"

// codec is a direction in which JSON is converted, with the methods by which a type does it itself.
type codec struct {
	verb       string // completes "a chan cannot be"
	json, text string
}

var (
	decoding = codec{"decoded from JSON", "UnmarshalJSON", "UnmarshalText"}
	encoding = codec{"encoded as JSON", "MarshalJSON", "MarshalText"}
)

// withMethods is what nothing can be decoded into, since nothing says which type to make.
const withMethods = "an interface with methods"

func article(name string) string {
	if strings.HasPrefix(name, "unsafe") {
		return "an " + name
	}
	return "a " + name
}

// maxNesting bounds how deep types are looked into, since they may form a ring.
const maxNesting = 16

// unfit returns the part of a type that can never be converted, "" when there is none that shows. Fields
// of structs are not looked at: a value can do without them. Package glue refuses the same types when a
// handler is made.
func (c codec) unfit(t typ) string { return c.unfitAt(t, 0) }

func (c codec) unfitAt(t typ, depth int) string {
	if t == nil || depth > maxNesting {
		return ""
	}
	s := t.shape()
	switch s.kind {
	case namedKind:
		if s.hasMethod == nil || s.hasMethod(c.json) || s.hasMethod(c.text) {
			return ""
		}
		return c.unfitAt(s.elem, depth+1)
	case pointerKind, sliceKind, arrayKind:
		return c.unfitAt(s.elem, depth+1)
	case mapKind:
		if !c.fitsKey(s.key, 0) {
			return "a map with keys of type " + display(spell(s.key))
		}
		return c.unfitAt(s.elem, depth+1)
	case interfaceKind:
		if c == decoding && !s.empty {
			return withMethods
		}
	case basicKind:
		if strings.HasPrefix(s.name, "complex") || s.name == "unsafe.Pointer" {
			return article(s.name)
		}
		if c == decoding && s.name == "error" {
			return withMethods
		}
	case funcKind, chanKind:
		return article(spell(t))
	}
	return ""
}

// fitsKey reports whether a type can be the key of a JSON object: text, a whole number, or what makes
// itself text.
func (c codec) fitsKey(t typ, depth int) bool {
	if t == nil || depth > maxNesting {
		return true
	}
	s := t.shape()
	switch s.kind {
	case unknownKind:
		return true
	case namedKind:
		return s.hasMethod == nil || s.hasMethod(c.text) || c.fitsKey(s.elem, depth+1)
	case basicKind:
		return s.name == "string" || s.name == "byte" || s.name == "rune" ||
			strings.HasPrefix(s.name, "int") || strings.HasPrefix(s.name, "uint")
	}
	return false
}
