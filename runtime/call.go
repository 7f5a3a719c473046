package wps

import (
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
)

// panicError is a panic of a function or a middleware.
type panicError struct {
	value any
	stack []byte
}

// ErrorType names the kind of error, as OpenTelemetry asks for.
func (e *panicError) ErrorType() string { return "panic" }

func (e *panicError) Error() string { return fmt.Sprintf("panic: %v", e.value) }

// run does all that a call takes: middleware, inputs, the function, its actions. The error is what keeps
// the call from having succeeded, a panic included.
func (f *boundFunction) run(inv *Invocation) error {
	if f.invoke == nil {
		return f.perform(inv)
	}
	return f.guard(inv, f.invoke)
}

// perform evaluates the function's inputs, calls it and sends its actions. Behind the Functions host the
// inputs are there already, and the host sends.
func (f *boundFunction) perform(inv *Invocation) error {
	if inv.host {
		return f.guard(inv, f.Handler.Call)
	}
	if len(f.inputs)+len(f.outputs) > 0 {
		if err := f.guard(inv, f.prepare); err != nil {
			return err
		}
	}
	if err := f.guard(inv, f.Handler.Call); err != nil || len(inv.actions) == 0 {
		return err
	}
	return f.guard(inv, f.sendActions)
}

// guard turns a panic into an error, of the function as of what it brings along: actions, transports,
// credentials. http.ErrAbortHandler goes through where there is an answer, as net/http's own way to break it
// off.
func (f *boundFunction) guard(inv *Invocation, call func(*Invocation) error) (err error) {
	defer func() {
		switch p := recover(); {
		case p == nil:
		case p == http.ErrAbortHandler && f.timer == nil && inv.envelope == nil:
			panic(p)
		default:
			err = &panicError{value: p, stack: debug.Stack()}
		}
	}()
	if err = call(inv); err != nil {
		// An error that panics when it is looked into, such as a nil pointer of the function's own type, does so here.
		errors.As(err, new(*panicError))
	}
	return err
}

// prepare evaluates what of the bindings depends on the call.
func (f *boundFunction) prepare(inv *Invocation) error {
	for i := range f.inputs {
		in := &f.inputs[i]
		client, err := inv.use(in.name, &in.target)
		if err != nil {
			return err
		}
		value, err := in.connect(inv.ctx, client, inv.data)
		if err != nil {
			return &bindingError{binding: in.name, err: err}
		}
		inv.connections = append(inv.connections, namedConnection{name: in.name, value: value})
	}
	for i := range f.outputs {
		if _, err := inv.use(f.outputs[i].name, &f.outputs[i].target); err != nil {
			return err
		}
	}
	return nil
}

// use returns the client of a binding, keeping one whose hub depends on the call.
func (inv *Invocation) use(binding string, t *target) (*ServiceClient, error) {
	if t.client != nil {
		return t.client, nil
	}
	client, err := t.at(inv.data)
	if err != nil {
		return nil, &bindingError{binding: binding, err: err}
	}
	inv.targets = append(inv.targets, namedClient{name: binding, client: client})
	return client, nil
}

// bindingError is why a binding's expressions have no value for a call.
type bindingError struct {
	binding string
	err     error
}

func (e *bindingError) Error() string { return fmt.Sprintf("binding %s: %v", e.binding, e.err) }

func (e *bindingError) Unwrap() error { return e.err }

// sendActions sends what the function has added to its outputs.
func (f *boundFunction) sendActions(inv *Invocation) error {
	for _, a := range inv.actions {
		list := a.taken()
		if len(list) == 0 {
			continue
		}
		client := f.outputClient(inv, a.output)
		if client == nil {
			return noOutput(a.output, len(list))
		}
		if err := client.Do(inv.ctx, list...); err != nil {
			return fmt.Errorf("output %s: %w", a.output, err)
		}
	}
	return nil
}

func noOutput(name string, actions int) error {
	return fmt.Errorf("%d actions for %q: the function has no webPubSub output of that name", actions, name)
}

// outputClient returns the client of the output of that name, or nil.
func (f *boundFunction) outputClient(inv *Invocation, name string) *ServiceClient {
	for i := range f.outputs {
		switch out := &f.outputs[i]; {
		case out.name != name:
		case out.client != nil:
			return out.client
		default:
			return inv.target(name)
		}
	}
	return nil
}
