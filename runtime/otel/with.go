package otel

import (
	"context"

	"go.opentelemetry.io/otel/metric"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"

	"github.com/wpsgen/wpsgen/runtime"
)

// With makes the app tell of its calls, as Middleware, and of what it refuses, as Refusals. Middleware that is
// given to the app before it runs outside of the spans.
func With(options ...Option) wps.Option {
	return both(wps.WithMiddleware(Middleware(options...)), Refusals(options...))
}

// both makes one option of two. What they work on has no name outside of package wps.
func both[C any](first, second func(C)) func(C) {
	return func(c C) {
		first(c)
		second(c)
	}
}

// Refusals makes the app count what it refuses before a function runs, as wps.refusals by status. An app has
// one WithOnRefusal, and this takes its place.
func Refusals(options ...Option) wps.Option {
	refusals, err := newConfig(options).meter().Int64Counter("wps.refusals",
		metric.WithDescription("Requests that were refused before a function ran."), metric.WithUnit("{request}"))
	report(err)
	return wps.WithOnRefusal(func(ctx context.Context, r wps.Refusal) {
		refusals.Add(ctx, 1, metric.WithAttributes(semconv.HTTPResponseStatusCode(r.Status)))
	})
}
