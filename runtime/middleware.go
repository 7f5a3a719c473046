package wps

import "net/http"

// Middleware wraps the calls of functions. It returns a function that calls next, or fails the call in
// its place with an error. It may be called by several goroutines at once.
type Middleware func(next func(*Invocation) error) func(*Invocation) error

// Refusal is a request that was refused before any function ran.
type Refusal struct {
	// Status is the status of the answer.
	Status int
	// Reason says why, in words for a log.
	Reason string
	// Header are the request's headers. Nothing in them has been proved.
	Header http.Header
}

// wrap puts the middleware around what runs a function.
func (c *config) wrap(run func(*Invocation) error) func(*Invocation) error {
	for i := len(c.middleware) - 1; i >= 0; i-- {
		run = c.middleware[i](run)
	}
	return run
}
