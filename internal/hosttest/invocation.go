package hosttest

import (
	"encoding/json"
	"errors"
)

// Invocation is one call of a function and what the host made of it.
type Invocation struct {
	ID       string
	Function string
	// Err is why it failed: a *HostError where the host has a name for it.
	Err error
	// Hung tells that nobody completes the invocation: the handler's answer was empty or null. It ends
	// with the function timeout.
	Hung bool
	// Envelope is what the handler was sent; nil when it was sent none, or the original request.
	Envelope json.RawMessage
	// Logs are the answer's.
	Logs []string
	// Outputs are what arrived at the output bindings, the http ones excepted.
	Outputs map[string]Value
	// ReturnValue is the answer's, as the handler wrote it.
	ReturnValue json.RawMessage
	// HTTP is what an HTTP function's caller gets.
	HTTP *HTTPAnswer
}

// Success reports whether the host counts the invocation as one.
func (inv *Invocation) Success() bool { return inv.Err == nil && !inv.Hung }

// call is an invocation to be made.
type call struct {
	function *function
	input    *triggerInput
	http     *httpRequest // of an HTTP function
	retry    *retryContext
}

// perform makes the envelope, sends it and binds the answer.
func (h *Host) perform(c *call, id string) *Invocation {
	inv := &Invocation{ID: id, Function: c.function.name}
	body, err := h.envelope(c)
	if err == nil {
		inv.Envelope = marshal(body)
		inv.Err = h.exchange(c, inv)
	} else {
		inv.Err = err
	}
	if inv.Err != nil {
		h.log.addf(LevelError, "Executed 'Functions.%s' (Failed, Id=%s): %v", inv.Function, id, inv.Err)
	}
	return inv
}

var errNoFunction = errors.New("there is no such function")
