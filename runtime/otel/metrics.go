package otel

import (
	"context"

	api "go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/metric"
)

// newDurations makes what the durations of calls are recorded with.
func newDurations(m metric.Meter) [kinds]metric.Float64Histogram {
	timed := seconds(m, "faas.invoke_duration", "Duration of the function's logic execution.")
	return [kinds]metric.Float64Histogram{
		event:   seconds(m, "messaging.process.duration", "Duration of processing operation."),
		request: seconds(m, "http.server.request.duration", "Duration of HTTP server requests."),
		timer:   timed,
		other:   timed,
	}
}

// observeCalls tells how many calls are under way when metrics are collected: counting them up and down as
// they come and go would cost every call more.
func observeCalls(m metric.Meter, t *telemetry) {
	_, err := m.Int64ObservableUpDownCounter("wps.active_calls",
		metric.WithDescription("Calls of functions that are under way."), metric.WithUnit("{call}"),
		metric.WithInt64Callback(func(_ context.Context, o metric.Int64Observer) error {
			t.mu.Lock()
			defer t.mu.Unlock()
			for _, f := range t.functions {
				if fixed := f.fixed.Load(); fixed != nil { // it has been called
					o.Observe(f.active.Load(), fixed.active...)
				}
			}
			return nil
		}))
	report(err)
}

// seconds makes a histogram with the buckets that the conventions have for durations.
func seconds(m metric.Meter, name, description string) metric.Float64Histogram {
	h, err := m.Float64Histogram(name, metric.WithDescription(description), metric.WithUnit("s"),
		metric.WithExplicitBucketBoundaries(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10))
	report(err)
	return h
}

// report hands an error of making an instrument to OpenTelemetry. The instrument counts nothing then.
func report(err error) {
	if err != nil {
		api.Handle(err)
	}
}
