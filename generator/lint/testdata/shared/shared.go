// Package shared has other names for types that are bound by type, and types that JSON cannot hold.
package shared

import "github.com/wpsgen/wpsgen/runtime"

type Event = wps.UserEventRequest

type Text = string

type Failure = error

type Handler func()

type Pair[T any] struct{ A, B T }

type Boxes[T any] []T
