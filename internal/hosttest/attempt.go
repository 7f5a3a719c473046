package hosttest

import (
	"context"
	"fmt"
	"time"
)

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
