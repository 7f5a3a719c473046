package glue

import (
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"

	"github.com/wpsgen/wpsgen/runtime"
)

// codec is a direction in which JSON is converted, with the interfaces of types that do it themselves.
type codec struct {
	verb       string
	json, text reflect.Type
}

var (
	decoder = codec{"decoded from JSON", reflect.TypeFor[json.Unmarshaler](), reflect.TypeFor[encoding.TextUnmarshaler]()}
	encoder = codec{"encoded as JSON", reflect.TypeFor[json.Marshaler](), reflect.TypeFor[encoding.TextMarshaler]()}
)

// decodable refuses types that compile as a payload and could only ever fail.
func decodable(t reflect.Type) error {
	if isOurs(t) {
		return fmt.Errorf("%s is not a payload; name the parameter's own type", t)
	}
	return decoder.check(t)
}

// encodable refuses result types that compile as JSON and could only ever fail or mislead.
func encodable(t reflect.Type) error {
	if isOurs(t) {
		return fmt.Errorf("result %s has no place here", t)
	}
	return encoder.check(t)
}

// isOurs reports whether a type is one of package wps, behind pointers and slices too.
func isOurs(t reflect.Type) bool {
	for t.Name() == "" && (t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice) {
		t = t.Elem()
	}
	return t.PkgPath() == reflect.TypeFor[wps.Function]().PkgPath()
}

func (c codec) check(t reflect.Type) error {
	switch part := c.unfit(t, nil); part {
	case nil:
		return nil
	case t:
		return fmt.Errorf("%s cannot be %s", t, c.verb)
	default:
		return fmt.Errorf("%s holds %s, which cannot be %s", t, part, c.verb)
	}
}

// unfit returns the part of a type that can never be converted, nil when there is none. Fields of structs
// are not looked at: a value can do without them. The generator reports the same types.
func (c codec) unfit(t reflect.Type, within []reflect.Type) reflect.Type {
	if slices.Contains(within, t) || c.converts(t, c.json) || c.converts(t, c.text) {
		return nil
	}
	within = append(within, t)
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array:
		return c.unfit(t.Elem(), within)
	case reflect.Map:
		if !c.fitsKey(t.Key()) {
			return t
		}
		return c.unfit(t.Elem(), within)
	case reflect.Interface:
		if c == decoder && t.NumMethod() > 0 {
			return t
		}
	case reflect.Func, reflect.Chan, reflect.Complex64, reflect.Complex128, reflect.UnsafePointer:
		return t
	}
	return nil
}

// fitsKey reports whether a type can be the key of a JSON object: text, a whole number, or what makes
// itself text.
func (c codec) fitsKey(t reflect.Type) bool {
	switch k := t.Kind(); {
	case k == reflect.String, reflect.Int <= k && k <= reflect.Uintptr:
		return true
	}
	return c.converts(t, c.text)
}

// converts reports whether values of a type, or what they are stored in, have the methods of an interface.
func (c codec) converts(t, i reflect.Type) bool {
	return t.Kind() != reflect.Interface && (t.Implements(i) || reflect.PointerTo(t).Implements(i))
}
