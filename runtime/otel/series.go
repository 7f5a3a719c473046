package otel

import (
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"

	"github.com/wpsgen/wpsgen/runtime"
)

// series is what tells the durations of calls apart, beside their errors.
type series struct{ function, hub, method, scheme string }

func seriesOf(inv *wps.Invocation, k kind) series {
	switch k {
	case event:
		return series{function: inv.Function(), hub: inv.ConnectionContext().Hub}
	case request:
		r := inv.Request()
		return series{function: inv.Function(), method: requestMethod(r).Value.AsString(), scheme: schemeOf(r)}
	}
	return series{function: inv.Function()}
}

// attributes are those that a duration is recorded with.
func (s series) attributes(k kind) []attribute.KeyValue {
	list := []attribute.KeyValue{semconv.FaaSName(s.function)}
	switch k {
	case event:
		return append(list, semconv.MessagingSystemKey.String(system), semconv.MessagingOperationName(operation), semconv.MessagingDestinationName(s.hub))
	case request:
		return append(list, semconv.HTTPRequestMethodKey.String(s.method), semconv.URLScheme(s.scheme))
	}
	return append(list, k.trigger())
}

// successes are what the calls of a series that went well are recorded with.
type successes struct {
	series  series
	options []metric.RecordOption
}

// measured returns what a call's duration is recorded with. That of a success is kept, since nearly all calls
// of a function have the same.
func (f *function) measured(inv *wps.Invocation, k kind, err error) []metric.RecordOption {
	s := seriesOf(inv, k)
	if err != nil {
		return []metric.RecordOption{metric.WithAttributes(append(s.attributes(k), errorType(err))...)}
	}
	known := f.successes.Load()
	if known == nil || known.series != s {
		set := attribute.NewSet(s.attributes(k)...)
		known = &successes{series: s, options: []metric.RecordOption{metric.WithAttributeSet(set)}}
		f.successes.Store(known)
	}
	return known.options
}
