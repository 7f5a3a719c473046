package glue

import (
	"fmt"

	"github.com/wpsgen/wpsgen/runtime"
)

// Input is the source of what another extension's binding of that name brings: as it is for string and
// []byte, decoded from JSON for every other type.
func Input[T any](name string) Source[T] {
	return func() (func(*wps.Invocation) (T, error), error) {
		return nil, fmt.Errorf("parameter %s: this version reads no bindings of other extensions", name)
	}
}

// Output is the source of the value that another extension's binding of that name takes.
func Output[T any](name string) Source[*T] {
	return func() (func(*wps.Invocation) (*T, error), error) {
		return nil, fmt.Errorf("parameter %s: this version writes no bindings of other extensions", name)
	}
}
