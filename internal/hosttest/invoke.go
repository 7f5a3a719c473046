package hosttest

import (
	"context"
	"fmt"
	"time"
)

// InvokeOption says more about an invocation that a test makes.
type InvokeOption func(*invokeOptions)

type invokeOptions struct {
	metadata map[string]any
	retry    *retryContext
	pastDue  bool
}

// WithMetadata gives the trigger's binding data, such as DequeueCount of a queue.
func WithMetadata(metadata map[string]any) InvokeOption {
	return func(o *invokeOptions) { o.metadata = metadata }
}

// WithRetry makes the invocation the count-th retry of max at most.
func WithRetry(count, max int) InvokeOption {
	return func(o *invokeOptions) { o.retry = &retryContext{RetryCount: count, MaxRetryCount: max} }
}

// PastDue makes a timer's run a late one.
func PastDue() InvokeOption { return func(o *invokeOptions) { o.pastDue = true } }

func newInvokeOptions(options []InvokeOption) *invokeOptions {
	o := new(invokeOptions)
	for _, option := range options {
		option(o)
	}
	return o
}

func (h *Host) function(name string) (*function, error) {
	for _, f := range h.app.functions {
		if f.name == name {
			return f, nil
		}
	}
	return nil, fmt.Errorf("%s: %w", name, errNoFunction)
}

// Invoke triggers a function of any trigger type with a value: text, bytes, time.Time or what has JSON.
// Text that is a JSON object is merged into Metadata, as the host does. The error tells that there was no
// invocation: no such function, or ctx ended; the outcome is in the Invocation.
func (h *Host) Invoke(ctx context.Context, name string, value any, options ...InvokeOption) (*Invocation, error) {
	f, err := h.function(name)
	if err != nil {
		return nil, err
	}
	o := newInvokeOptions(options)
	in := &triggerInput{value: value, data: newBindingData()}
	for _, key := range sortedKeys(o.metadata) {
		in.data.set(key, o.metadata[key])
	}
	if text, ok := value.(string); ok {
		in.text(text, f.trigger().binary())
	}
	return h.wait(ctx, &call{function: f, input: in, retry: o.retry})
}

// RunTimer runs a timer's function once, now. The error is as Invoke's.
func (h *Host) RunTimer(ctx context.Context, name string, options ...InvokeOption) (*Invocation, error) {
	f, err := h.function(name)
	if err != nil {
		return nil, err
	}
	trigger := f.trigger()
	if !trigger.is(typeTimerTrigger) {
		return nil, fmt.Errorf("%s has a %s, not a timer", name, trigger.typ)
	}
	o := newInvokeOptions(options)
	now := time.Now().UTC()
	var last time.Time
	if before, ok := h.timers.Swap(name, now); ok {
		last = before.(time.Time)
	}
	info := newTimerInfo(trigger.schedule, trigger.isTrue("useMonitor", true), last, now, o.pastDue)
	return h.wait(ctx, &call{function: f, input: newTimerInput(info), retry: o.retry})
}

func newTimerInput(info timerInfo) *triggerInput {
	in := &triggerInput{value: info, data: newBindingData()}
	in.data.set("TimerTrigger", info) // left out of Metadata by its name
	return in
}
