package glue

import (
	"fmt"
	"reflect"

	"github.com/wpsgen/wpsgen/runtime"
)

// Input is the source of the value of another extension's input or trigger binding: its text for string,
// its bytes for []byte, decoded from JSON for every other type. Only the Functions host has such values.
func Input[T any](name string) Source[T] {
	return func() (func(*wps.Invocation) (T, error), error) {
		t := reflect.TypeFor[T]()
		if err := decodable(t); err != nil {
			return nil, fmt.Errorf("parameter %s: %w", name, err)
		}
		return func(inv *wps.Invocation) (T, error) {
			var into T
			value, err := inv.Input(name)
			if err != nil {
				return into, err
			}
			switch p := any(&into).(type) {
			case *string:
				*p, err = value.Text()
			case *[]byte:
				*p, err = value.Bytes()
			default:
				err = value.Decode(p)
			}
			if err != nil {
				return into, fmt.Errorf("input %s is not a %s: %w", name, t, err)
			}
			return into, nil
		}, nil
	}
}

// Output is the source of a pointer to what another extension's output binding is given: text for string,
// octets for []byte, JSON for every other type. What stays the zero value is not sent. Inside JSON the host
// writes what looks like a date in its own form and time zone (host-spec 1.7); string and []byte keep it.
func Output[T any](name string) Source[*T] {
	return func() (func(*wps.Invocation) (*T, error), error) {
		if err := encodable(reflect.TypeFor[T]()); err != nil {
			return nil, fmt.Errorf("parameter %s: %w", name, err)
		}
		return func(inv *wps.Invocation) (*T, error) {
			out := new(T)
			return out, inv.SetOutput(name, func() any {
				if reflect.ValueOf(out).Elem().IsZero() {
					return nil
				}
				return *out
			})
		}, nil
	}
}
