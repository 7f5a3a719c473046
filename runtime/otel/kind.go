package otel

import (
	"go.opentelemetry.io/otel/attribute"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"
	"go.opentelemetry.io/otel/trace"

	"github.com/wpsgen/wpsgen/runtime"
)

// kind is what has called a function.
type kind int

const (
	event kind = iota
	request
	timer
	other
	kinds // how many there are
)

// kindOf returns what a call is. A function with a webPubSubContext is called for events.
func kindOf(inv *wps.Invocation) kind {
	switch {
	case inv.ConnectionContext() != nil:
		return event
	case inv.TimerInfo() != nil:
		return timer
	case inv.Request() != nil:
		return request
	}
	return other
}

func (k kind) trigger() attribute.KeyValue {
	return [kinds]attribute.KeyValue{
		event: semconv.FaaSTriggerPubSub, request: semconv.FaaSTriggerHTTP, timer: semconv.FaaSTriggerTimer, other: semconv.FaaSTriggerOther,
	}[k]
}

// span is the kind of the span. The service waits for the answers to its events, so that they are requests.
func (k kind) span() trace.SpanKind {
	return [kinds]trace.SpanKind{
		event: trace.SpanKindServer, request: trace.SpanKindServer, timer: trace.SpanKindInternal, other: trace.SpanKindConsumer,
	}[k]
}
