// Package glue is what generated code calls to make a [wps.Handler] of an annotated function. It is
// not meant for hand-written code, though nothing forbids it.
//
// One Call function stands for each shape a function may have: the digit counts its parameters, the
// letters name its results (R a reply, S a second one, E an error). It takes a [Source] for each
// parameter, a [Sink] for each reply and, last, the function itself, so that the compiler holds the
// function's type against what its directive promised and says so in one line. What depends on a type
// alone, such as decoding JSON or not, is decided once, when the handler is made.
package glue

//go:generate go run gen.go

import "github.com/wpsgen/wpsgen/runtime"

// Version1 stands in every generated file. A runtime that old glue does not fit has another constant
// in its place, so that such glue does not compile.
const Version1 = true

// Source makes the function that reads one parameter from an invocation. Its error says why no host
// could provide the parameter's type.
type Source[T any] func() (func(*wps.Invocation) (T, error), error)

// Sink makes the function that hands one result to an invocation. Its error says why no host could
// take the result's type.
type Sink[R any] func() (func(*wps.Invocation, R) error, error)

// must collects the error of making a source or sink into err.
func must[F any](err *error) func(F, error) F {
	return func(f F, e error) F {
		if e != nil && *err == nil {
			*err = e
		}
		return f
	}
}
