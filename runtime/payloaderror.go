package wps

import "fmt"

// PayloadError is why a payload could not be decoded for a function. Fronts answer it as a user error
// without its details, which are logged.
type PayloadError struct {
	// Type is the Go type wanted.
	Type string
	// Err is the decoder's error.
	Err error
}

// Error names the type and the decoder's error.
func (e *PayloadError) Error() string {
	return fmt.Sprintf("the payload is not a JSON %s: %v", e.Type, e.Err)
}

// Unwrap returns the decoder's error.
func (e *PayloadError) Unwrap() error { return e.Err }
