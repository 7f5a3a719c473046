package otel

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"

	"github.com/wpsgen/wpsgen/internal/wire"
	"github.com/wpsgen/wpsgen/runtime"
)

const eventAttributes = "cloudevents.event_id=7,cloudevents.event_source=/hubs/chat/client/conn-1,cloudevents.event_spec_version=1.0," +
	"cloudevents.event_type=azure.webpubsub.user.message,faas.coldstart=true,faas.invocation_id=i-1,faas.name=say,faas.trigger=pubsub," +
	"messaging.destination.name=chat,messaging.operation.name=process,messaging.operation.type=process,messaging.system=webpubsub,webpubsub.connection.id=conn-1"

func TestEventSpan(t *testing.T) {
	b, options := newBackend()
	var inside trace.SpanContext
	app := newApp(t, eventFunction(func(inv *wps.Invocation) error {
		inside = trace.SpanContextFromContext(inv.Context())
		return ack(inv)
	}), With(options...))
	if status := serve(app, newEvent(wire.WebhookPath, "traceparent", testParent, "X-Azure-Functions-InvocationId", "i-1")); status != http.StatusOK {
		t.Fatalf("status %d", status)
	}
	s := b.span(t)
	if s.Name != "say" || s.SpanKind != trace.SpanKindServer || s.Status.Code != codes.Unset {
		t.Errorf("span %s, kind %v, status %v", s.Name, s.SpanKind, s.Status)
	}
	if got := text(s.Attributes...); got != eventAttributes {
		t.Errorf("attributes\n%s, want\n%s", got, eventAttributes)
	}
	if s.Parent.TraceID().String() != testTrace || !s.Parent.IsRemote() || !inside.Equal(s.SpanContext) {
		t.Errorf("parent %v, the function's span %v, want %v", s.Parent, inside, s.SpanContext)
	}
}

func TestUserID(t *testing.T) {
	b, options := newBackend()
	app := newApp(t, eventFunction(ack), With(append(options, WithUserID())...))
	serve(app, newEvent(wire.WebhookPath, "X-Azure-Functions-InvocationId", "i-1"))
	serve(app, newEvent(wire.WebhookPath, "ce-userId", ""))
	spans := b.spans.GetSpans()
	if len(spans) != 2 {
		t.Fatalf("%d spans", len(spans))
	}
	found := 0
	for _, s := range spans {
		for _, a := range s.Attributes {
			if a.Key == "enduser.id" && a.Value.AsString() == "ann" {
				found++
			}
		}
	}
	if found != 1 {
		t.Errorf("%d user ids, want that of the first event", found)
	}
}

// TestColdStart: the first call is, whether its span is recorded or not, and no other.
func TestColdStart(t *testing.T) {
	b, options := newBackend()
	app := newApp(t, eventFunction(ack), With(options...))
	serve(app, newEvent(wire.WebhookPath, "traceparent", "00-"+testTrace+"-00f067aa0ba902b7-00")) // not sampled
	serve(app, newEvent(wire.WebhookPath))
	for _, a := range b.span(t).Attributes {
		if a.Key == "faas.coldstart" {
			t.Error("the second call is told to be the first")
		}
	}
}

func TestParents(t *testing.T) {
	const other = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
	for _, tt := range []struct {
		name    string
		headers []string
		want    string // the trace
	}{
		{"none", nil, ""},
		{"of the request", []string{"traceparent", testParent}, testTrace},
		{"of the event", []string{"ce-traceparent", testParent}, testTrace},
		{"of both", []string{"traceparent", testParent, "ce-traceparent", other}, testTrace},
		{"a bad one and the event's", []string{"traceparent", "00-x", "ce-traceparent", testParent}, testTrace},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b, options := newBackend()
			serve(newApp(t, eventFunction(ack), With(options...)), newEvent(wire.WebhookPath, tt.headers...))
			s := b.span(t)
			if got := s.Parent.TraceID(); got.IsValid() != (tt.want != "") || got.IsValid() && got.String() != tt.want {
				t.Errorf("parent %v", got)
			}
		})
	}
}

// TestOuterSpan: a span of the program's own server is the parent, not the one that server has taken as its own.
func TestOuterSpan(t *testing.T) {
	b, options := newBackend()
	app := newApp(t, eventFunction(ack), With(options...))
	tracer := newConfig(options).tracer()
	r := newEvent(wire.WebhookPath, "traceparent", testParent)
	ctx, outer := tracer.Start(r.Context(), "server")
	serve(app, r.WithContext(ctx))
	if s := b.span(t); s.Parent.SpanID() != outer.SpanContext().SpanID() {
		t.Errorf("parent %v, want %v", s.Parent, outer.SpanContext())
	}
}

func TestHTTPSpan(t *testing.T) {
	b, options := newBackend()
	app := newApp(t, httpFunction(func(inv *wps.Invocation) error { return nil }), With(options...))
	r := httptest.NewRequest("PURGE", "https://app.example/api/negotiate?code=secret", nil)
	if status := serve(app, r); status != http.StatusOK {
		t.Fatalf("status %d", status)
	}
	s := b.span(t)
	want := "faas.coldstart=true,faas.name=negotiate,faas.trigger=http,http.request.method=_OTHER,http.route=/api/negotiate,url.path=/api/negotiate,url.scheme=https"
	if got := text(s.Attributes...); s.SpanKind != trace.SpanKindServer || got != want {
		t.Errorf("kind %v, attributes\n%s, want\n%s", s.SpanKind, got, want)
	}
}

// TestContextFunctionSpan: an http function that takes events is called for an event.
func TestContextFunctionSpan(t *testing.T) {
	b, options := newBackend()
	app := newApp(t, httpFunction(ack, wps.WebPubSubContext{Name: "wpsReq"}), With(options...))
	if status := serve(app, newEvent("/api/negotiate")); status != http.StatusOK {
		t.Fatalf("status %d", status)
	}
	if got := text(b.span(t).Attributes...); !strings.Contains(got, "faas.name=negotiate,faas.trigger=pubsub,messaging.destination.name=chat") {
		t.Errorf("attributes %s", got)
	}
}

func TestTimerSpan(t *testing.T) {
	b, options := newBackend()
	call := make(chan struct{}, 1)
	trigger := wps.TimerTrigger{Name: "timer", Schedule: "00:00:10"}
	timer := []wps.Function{{Name: "tick", Bindings: []wps.Binding{trigger}, Handler: wps.Handler{Call: func(*wps.Invocation) error {
		call <- struct{}{}
		return nil
	}}}}
	synctest.Test(t, func(t *testing.T) {
		app := newApp(t, timer, With(options...))
		ctx, cancel := context.WithTimeout(t.Context(), 15*time.Second)
		defer cancel()
		if err := app.RunTimers(ctx); err != nil {
			t.Error(err)
		}
	})
	<-call
	s := b.span(t)
	if got := text(s.Attributes...); s.SpanKind != trace.SpanKindInternal || s.Parent.IsValid() || got != "faas.coldstart=true,faas.name=tick,faas.trigger=timer" {
		t.Errorf("kind %v, parent %v, attributes %s", s.SpanKind, s.Parent, got)
	}
}

// errAnswered stands for a function that answers with an error in place of returning it.
var errAnswered = errors.New("answered")

func TestFailures(t *testing.T) {
	for _, tt := range []struct {
		name   string
		err    error // nil panics
		want   string
		status codes.Code
	}{
		{"unauthorized", wps.Unauthorized("who?"), "unauthorized", codes.Unset},
		{"user error, wrapped", fmt.Errorf("x: %w", wps.UserError("no")), "userError", codes.Unset},
		{"server error", wps.ServerError("no"), "serverError", codes.Error},
		{"a payload", fmt.Errorf("x: %w", &wps.PayloadError{Type: "int", Err: errors.New("no")}), "*wps.PayloadError", codes.Unset},
		{"a CONNACK code", wps.MQTTError(wps.MQTT5Banned, "no"), "CONNACK 138", codes.Unset},
		{"a CONNACK code of servers", wps.MQTTError(wps.MQTT5ServerBusy, "no"), "CONNACK 137", codes.Error},
		{"a refusal without code", &wps.EventErrorResponse{}, "*wps.EventErrorResponse", codes.Error},
		{"a nil refusal", (*wps.EventErrorResponse)(nil), "*wps.EventErrorResponse", codes.Error},
		{"another error", fmt.Errorf("x: %w", context.DeadlineExceeded), "context.deadlineExceededError", codes.Error},
		{"a panic", nil, "panic", codes.Error},
		{"a refusal as an answer", errAnswered, "userError", codes.Unset},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b, options := newBackend()
			serve(newApp(t, eventFunction(func(inv *wps.Invocation) error {
				switch tt.err {
				case nil:
					panic("no")
				case errAnswered:
					inv.Respond(wps.UserError("no"))
					return nil
				}
				return tt.err
			}), With(options...)), newEvent(wire.WebhookPath))
			s := b.span(t)
			if got := s.Attributes[len(s.Attributes)-1]; string(got.Key) != "error.type" || got.Value.AsString() != tt.want || s.Status.Code != tt.status {
				t.Errorf("%s=%s, status %v; want %s, %v", got.Key, got.Value.AsString(), s.Status, tt.want, tt.status)
			}
			if duration(t, b, "messaging.process.duration", "error.type="+tt.want+",faas.name=say,messaging.destination.name=chat,messaging.operation.name=process,messaging.system=webpubsub") != 1 {
				t.Error("the failure is not measured")
			}
		})
	}
}

// TestBrokenOff: a span ends, and the call is over, also when the function breaks the answer off.
func TestBrokenOff(t *testing.T) {
	b, options := newBackend()
	app := newApp(t, httpFunction(func(*wps.Invocation) error { panic(http.ErrAbortHandler) }), With(options...))
	func() {
		defer func() {
			if p := recover(); p != http.ErrAbortHandler {
				t.Errorf("panic %v", p)
			}
		}()
		serve(app, httptest.NewRequest(http.MethodGet, "/api/negotiate", nil))
	}()
	if s := b.span(t); s.Status.Code != codes.Error || s.Status.Description != errBrokenOff.Error() {
		t.Errorf("status %v", s.Status)
	}
	if active(t, b, "faas.name=negotiate,faas.trigger=http") != 0 {
		t.Error("the call is still under way")
	}
}
