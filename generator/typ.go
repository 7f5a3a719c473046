package generator

import "strings"

// typ is a type as far as it is known: by its syntax, or from the type checker where one has run.
type typ interface {
	// shape looks one step into the type, through aliases.
	shape() shape
}

// kind says what a type is.
type kind int

const (
	unknownKind kind = iota
	basicKind
	namedKind
	pointerKind
	sliceKind
	arrayKind
	mapKind
	structKind
	interfaceKind
	funcKind
	chanKind
)

// shape is one step of a type.
type shape struct {
	kind kind
	// name is that of a basic or named type, spelled the way definitions do: string, wps.Action. That of
	// a package without a name in definitions has its import path, and ./ is this package.
	name string
	// generic tells a named type with type arguments, empty an interface that everything has.
	generic, empty bool
	// key is that of a map, elem what a pointer, list or map is made of, and what a named type is
	// declared as; nil when it is not known.
	key, elem typ
	// hasMethod reports whether a named type, or a pointer to it, declares a method.
	hasMethod func(name string) bool
}

// spell spells a type the way definitions do: *wps.ConnectEventRequest, []wps.Action, string.
func spell(t typ) string {
	s := t.shape()
	switch s.kind {
	case basicKind:
		return s.name
	case namedKind:
		if s.generic {
			return s.name + "[…]"
		}
		return s.name
	case pointerKind:
		return "*" + spell(s.elem)
	case sliceKind:
		return "[]" + spell(s.elem)
	case arrayKind:
		return "[...]" + spell(s.elem)
	case mapKind:
		return "map[" + spell(s.key) + "]" + spell(s.elem)
	case interfaceKind:
		if s.empty {
			return "any"
		}
		return "interface{…}"
	case funcKind:
		return "func"
	case chanKind:
		return "chan"
	case structKind:
		return "struct{…}"
	}
	return "?"
}

// isOurs reports whether a spelled type is one of package wps, behind pointers and slices too.
func isOurs(spelled string) bool {
	return strings.HasPrefix(strings.TrimLeft(spelled, "*[]"), "wps.")
}

// display spells a type as its reader would: without the mark for this package.
func display(spelled string) string { return strings.ReplaceAll(spelled, "./", "") }

// shadows returns the predeclared name that a type, behind pointers and lists too, takes from the
// language for a type of this package; "" when it takes none.
func shadows(spelled string) string {
	name, own := strings.CutPrefix(strings.TrimLeft(spelled, "*[.]"), "/")
	if own && predeclared[name] {
		return name
	}
	return ""
}
