package binding

import (
	"slices"
	"strings"
)

// What stands for the type and the direction of an open binding.
const (
	openType      = "{type}"
	openDirection = "{direction}"
)

// isOpen reports whether the directive says the binding's type.
func (b Binding) isOpen() bool { return b.Type == openType }

// Properties that say what an open binding is.
const (
	propertyType      = "type"
	propertyDirection = "direction"
)

// opens reports whether the property says the binding's type or direction.
func (p *Property) opens(b Binding) bool {
	return b.isOpen() && (p.Name == propertyType || p.Name == propertyDirection)
}

// open checks that what stands for a type and a direction is there, and that the name is asked for.
func (v *validator) open(path []any, b Binding) {
	if (b.Type == openType) != (b.Direction == openDirection) {
		v.errorf(path, "a binding has both %s and %s or neither", openType, openDirection)
	}
	for _, key := range []string{propertyType, propertyDirection} {
		if p := v.def.Property(key); b.isOpen() && (p == nil || !p.Required) {
			v.errorf(path, "a binding of any type needs the required property %s", key)
		}
	}
	if b.Name.Required && (b.Name.Fixed || b.Name.Default != "") {
		v.errorf(sub(path, "name"), "a name that is required is neither fixed nor has a default")
	}
}

// takenType is a type that has a verb of its own, in one direction or, where that is empty, in all.
type takenType struct{ typ, direction, verb string }

// takenIn returns those of a property's taken types that are taken in a direction.
func (p *Property) takenIn(direction string) []takenType {
	return slices.DeleteFunc(slices.Clone(p.taken), func(t takenType) bool {
		return t.direction != "" && direction != "" && !strings.EqualFold(t.direction, direction)
	})
}

// open returns a copy of a definition of any type that knows which types have verbs of their own. Other
// definitions stay what they are.
func (s *Set) open(d *Definition) *Definition {
	if !slices.ContainsFunc(d.Bindings, Binding.isOpen) {
		return d
	}
	var taken []takenType
	for _, other := range s.defs {
		for _, b := range other.Bindings {
			if b.isOpen() {
				continue
			}
			t := takenType{typ: b.Type, verb: other.Verb}
			if other.Own { // it may say of one direction alone
				t.direction = b.Direction
			}
			taken = append(taken, t)
		}
	}
	out := *d
	out.Properties = slices.Clone(d.Properties)
	for i, p := range out.Properties {
		if p.Name == propertyType {
			typed := *p
			typed.taken = taken
			out.Properties[i] = &typed
		}
	}
	return &out
}
