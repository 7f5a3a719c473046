package glue

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"reflect"

	"github.com/wpsgen/wpsgen/runtime"
)

// Data is the source of a user event's payload: as it is for string, []byte and io.Reader, decoded
// from JSON for every other type. What does not decode is answered with a user error, before the
// function runs. Types no payload can become are refused when the handler is made.
func Data[T any]() (func(*wps.Invocation) (T, error), error) {
	var source any
	switch any((*T)(nil)).(type) {
	case *string:
		source = func(inv *wps.Invocation) (string, error) { return string(inv.Data()), nil }
	case *[]byte:
		source = func(inv *wps.Invocation) ([]byte, error) { return inv.Data(), nil }
	case *io.Reader:
		source = func(inv *wps.Invocation) (io.Reader, error) { return bytes.NewReader(inv.Data()), nil }
	default:
		if err := decodable(reflect.TypeFor[T]()); err != nil {
			return nil, fmt.Errorf("parameter data: %w", err)
		}
		return decodeJSON[T], nil
	}
	return source.(func(*wps.Invocation) (T, error)), nil
}

func decodeJSON[T any](inv *wps.Invocation) (T, error) {
	var v T
	if err := json.Unmarshal(inv.Data(), &v); err != nil {
		return v, &wps.PayloadError{Type: reflect.TypeFor[T]().String(), Err: err}
	}
	return v, nil
}
