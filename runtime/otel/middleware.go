package otel

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
	"go.opentelemetry.io/otel/propagation"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"
	"go.opentelemetry.io/otel/trace"

	"github.com/wpsgen/wpsgen/runtime"
)

// errBrokenOff stands for the error of a call that ended with http.ErrAbortHandler.
var errBrokenOff = errors.New("the function broke its answer off")

// Middleware makes a span of every call of a function, and measures it. See the package's text for what is in
// them.
func Middleware(options ...Option) wps.Middleware {
	c := newConfig(options)
	t := &telemetry{tracer: c.tracer(), propagators: c.propagators, userID: c.userID, durations: newDurations(c.meter())}
	observeCalls(c.meter(), t)
	return func(next func(*wps.Invocation) error) func(*wps.Invocation) error {
		f := &function{telemetry: t}
		t.add(f)
		return func(inv *wps.Invocation) error { return f.call(inv, next) }
	}
}

// telemetry is what the functions of an app share.
type telemetry struct {
	tracer      trace.Tracer
	propagators propagation.TextMapPropagator
	userID      bool
	durations   [kinds]metric.Float64Histogram
	warm        atomic.Bool // some function was called

	mu        sync.Mutex
	functions []*function
}

func (t *telemetry) add(f *function) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.functions = append(t.functions, f)
}

// function keeps what the calls of a function share.
type function struct {
	*telemetry
	active    atomic.Int64 // calls that are under way
	fixed     atomic.Pointer[fixed]
	successes atomic.Pointer[successes]
}

// call runs next in a span of its own.
func (f *function) call(inv *wps.Invocation, next func(*wps.Invocation) error) error {
	begin := time.Now()
	k := kindOf(inv)
	fixed := f.fixedOf(inv.Function(), k)
	cold := !f.warm.Load() && f.warm.CompareAndSwap(false, true)
	ctx, span := f.tracer.Start(f.parent(inv), inv.Function(), fixed.start...)
	if span.IsRecording() {
		span.SetAttributes(f.attributes(inv, k, cold)...)
	}
	inv.SetContext(ctx)
	f.active.Add(1)
	failure := errBrokenOff
	defer func() {
		f.active.Add(-1)
		if d := f.durations[k]; d.Enabled(ctx) {
			d.Record(ctx, time.Since(begin).Seconds(), f.measured(inv, k, failure)...)
		}
		end(span, failure)
	}()
	err := next(inv)
	failure = failureOf(inv, err)
	return err
}

// parent returns the context in which a call's span begins.
func (t *telemetry) parent(inv *wps.Invocation) context.Context {
	ctx, header := inv.Context(), inv.Header()
	if trace.SpanContextFromContext(ctx).IsValid() || len(header) == 0 {
		return ctx
	}
	ctx = t.propagators.Extract(ctx, propagation.HeaderCarrier(header))
	if len(header[eventTraceparent]) > 0 && !trace.SpanContextFromContext(ctx).IsValid() {
		ctx = t.propagators.Extract(ctx, eventCarrier{header})
	}
	return ctx
}

// fixed is what is the same for all calls of a function.
type fixed struct {
	name   string
	kind   kind
	start  []trace.SpanStartOption
	active []metric.ObserveOption
}

// fixedOf returns what is the same for all calls of the function.
func (f *function) fixedOf(name string, k kind) *fixed {
	if known := f.fixed.Load(); known != nil && known.name == name && known.kind == k {
		return known
	}
	of := []attribute.KeyValue{k.trigger(), semconv.FaaSName(name)}
	made := &fixed{
		name: name, kind: k,
		start:  []trace.SpanStartOption{trace.WithSpanKind(k.span()), trace.WithAttributes(of...)},
		active: []metric.ObserveOption{metric.WithAttributeSet(attribute.NewSet(of...))},
	}
	f.fixed.Store(made)
	return made
}
