package otel

import (
	api "go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/metric"
	"go.opentelemetry.io/otel/propagation"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"
	"go.opentelemetry.io/otel/trace"
)

const scope = "github.com/wpsgen/wpsgen/runtime/otel"

// Option changes where telemetry goes, or what is in it.
type Option func(*config)

type config struct {
	tracers     trace.TracerProvider
	meters      metric.MeterProvider
	propagators propagation.TextMapPropagator
	userID      bool
}

func newConfig(options []Option) *config {
	c := &config{tracers: api.GetTracerProvider(), meters: api.GetMeterProvider(), propagators: api.GetTextMapPropagator()}
	for _, o := range options {
		o(c)
	}
	return c
}

func (c *config) tracer() trace.Tracer {
	return c.tracers.Tracer(scope, trace.WithSchemaURL(semconv.SchemaURL))
}

func (c *config) meter() metric.Meter {
	return c.meters.Meter(scope, metric.WithSchemaURL(semconv.SchemaURL))
}

// WithTracerProvider makes spans go to p, in place of the global provider.
func WithTracerProvider(p trace.TracerProvider) Option { return func(c *config) { c.tracers = p } }

// WithMeterProvider makes metrics go to p, in place of the global provider.
func WithMeterProvider(p metric.MeterProvider) Option { return func(c *config) { c.meters = p } }

// WithPropagators makes p read the parents of spans from headers, in place of the global propagators, which
// read nothing as long as the program sets none.
func WithPropagators(p propagation.TextMapPropagator) Option {
	return func(c *config) { c.propagators = p }
}

// WithUserID puts the user ids of events into spans, as enduser.id. They are personal data.
func WithUserID() Option { return func(c *config) { c.userID = true } }
