package hosttest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
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

// begin starts an invocation. The channel gives it when it is complete, which nothing the caller does
// hurries: the host does not tell a handler that its caller has gone (host-spec 1.3).
func (h *Host) begin(c *call) (<-chan *Invocation, error) {
	done := make(chan *Invocation, 1)
	err := h.spawn(func() { done <- h.withRetries(c) })
	return done, err
}

// withRetries repeats a failed invocation by the policy of the function, else of host.json. Web PubSub
// triggers are not among those that support one (host-spec 5.1).
func (h *Host) withRetries(c *call) *Invocation {
	policy := c.function.retry
	if policy == nil {
		policy = h.app.host.retry
	}
	if policy == nil || c.function.trigger().is(typeTrigger) {
		return h.attempt(c)
	}
	for n := 0; ; n++ {
		next := *c
		if next.retry == nil {
			next.retry = &retryContext{RetryCount: n, MaxRetryCount: policy.max}
		}
		inv := h.attempt(&next)
		if inv.Success() || n >= policy.max {
			return inv
		}
		select {
		case <-time.After(policy.delay):
		case <-h.ctx.Done():
			return inv
		}
	}
}

// attempt makes one invocation and waits for it up to the function timeout, which costs the whole
// process its life.
func (h *Host) attempt(c *call) *Invocation {
	id := newID()
	var timeout <-chan time.Time
	if limit := h.app.host.functionTimeout; limit > 0 {
		timer := time.NewTimer(limit)
		defer timer.Stop()
		timeout = timer.C
	}
	done := make(chan *Invocation, 1)
	inv := &Invocation{ID: id, Function: c.function.name}
	if err := h.spawn(func() { done <- h.perform(c, id) }); err != nil {
		inv.Err = err
		return inv
	}
	select {
	case inv = <-done:
		h.invocations.add(inv)
		if !inv.Hung {
			return inv
		}
		inv = &Invocation{ID: id, Function: inv.Function, Envelope: inv.Envelope}
	case <-timeout:
		return h.timedOut(inv)
	}
	select {
	case <-timeout:
		return h.timedOut(inv)
	case <-h.ctx.Done():
		inv.Err = errClosed
		return inv
	}
}

func (h *Host) timedOut(inv *Invocation) *Invocation {
	inv.Err = &HostError{Exception: "FunctionTimeoutException", Message: fmt.Sprintf(
		"Timeout value of %s was exceeded by function: Functions.%s", h.app.host.functionTimeout, inv.Function)}
	h.log.addf(LevelError, "%v", inv.Err)
	h.handler.restart()
	h.invocations.add(inv)
	return inv
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

func (h *Host) exchange(c *call, inv *Invocation) error {
	a, err := h.post(inv)
	if err != nil {
		return err
	}
	result, err := readAnswer(a)
	if err != nil {
		return err
	}
	if result == nil {
		inv.Hung = true
		return nil
	}
	inv.Logs, inv.ReturnValue = result.logs, result.returnValue
	for _, line := range result.logs {
		h.log.add(LogLine{Level: LevelInformation, Text: line, Invocation: inv.ID})
	}
	bound, err := c.function.bindOutputs(result)
	if err != nil {
		return err
	}
	inv.Outputs, inv.HTTP = bound.outputs, bound.http
	return h.runActions(c, bound.outputs)
}

// post sends the envelope to the process as soon as it is ready.
func (h *Host) post(inv *Invocation) (answer, error) {
	base, err := h.handler.address(h.ctx)
	if err != nil {
		return answer{}, err
	}
	req, err := http.NewRequestWithContext(h.ctx, http.MethodPost, base+"/"+inv.Function, bytes.NewReader(inv.Envelope))
	if err != nil {
		return answer{}, err
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	h.addHeaders(req.Header, inv.ID)
	resp, err := h.client.Do(req)
	if err != nil {
		return answer{}, &HostError{Exception: "HttpRequestException", Message: err.Error()}
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return answer{}, &HostError{Exception: "HttpRequestException", Message: err.Error()}
	}
	return answer{resp.StatusCode, resp.Header.Get("Content-Type"), body}, nil
}

// addHeaders adds what every request to the handler has (host-spec 1.3).
func (h *Host) addHeaders(header http.Header, id string) {
	header.Set("X-Azure-Functions-InvocationId", id)
	header.Set("X-Azure-Functions-HostVersion", h.options.Version)
	agent := "Azure-Functions-Host/" + h.options.Version
	if before := header.Get("User-Agent"); before != "" {
		agent = before + " " + agent
	}
	header.Set("User-Agent", agent)
}

// runActions runs the webPubSub outputs in the bindings' order. All of one output are converted before
// any is run; the first that fails fails the function.
func (h *Host) runActions(c *call, outputs map[string]Value) error {
	for _, b := range c.function.outputs() {
		value, given := outputs[b.name]
		if !given || !b.is(typeOutput) {
			continue
		}
		hub, err := b.hub.Eval(c.input.data)
		if err != nil {
			return err
		}
		items, err := parseActions(value)
		if err != nil {
			return fmt.Errorf("output %s: %w", b.name, err)
		}
		calls, err := convertActions(hub, items)
		if err != nil {
			return fmt.Errorf("output %s: %w", b.name, err)
		}
		for _, r := range calls {
			if _, err := h.service.call(h.ctx, b.access, r); err != nil {
				return fmt.Errorf("output %s: %w", b.name, err)
			}
		}
	}
	return nil
}

// wait is begin for callers in this process.
func (h *Host) wait(ctx context.Context, c *call) (*Invocation, error) {
	done, err := h.begin(c)
	if err != nil {
		return nil, err
	}
	select {
	case inv := <-done:
		return inv, nil
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

var errNoFunction = errors.New("there is no such function")
