package wps

import (
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/internal/vectors"
)

// TestForwardingVectors holds which functions are passed requests, and which an envelope, against the host.
func TestForwardingVectors(t *testing.T) {
	ran := 0
	for _, v := range vectors.Load[*struct {
		ID, Mode string
		Bindings []string
		Forward  *bool `json:"enableForwardingHttpRequest"`
		Proxy    bool  `json:"enableProxyingHttpRequest"`
	}](t, "host/forwarding.json") {
		if v.Bindings == nil {
			continue // about requests, and the host alone
		}
		ran++
		f := Function{Name: "f", Handler: handler(func(*Invocation) error { return nil })}
		for i, text := range v.Bindings {
			typ, direction, _ := strings.Cut(text, " ")
			f.Bindings = append(f.Bindings, bindingOf(string(rune('a'+i)), typ, direction))
		}
		host := &hostConfig{forwards: v.Proxy || v.Forward == nil || *v.Forward}
		bound := &boundFunction{Function: f}
		for _, b := range f.Bindings {
			if trigger, ok := b.(HTTPTrigger); ok {
				bound.http = &trigger
			}
		}
		if got, want := host.passesOn(bound), !strings.Contains(v.Mode, "envelope"); got != want {
			t.Errorf("%s: passed on %t, the host: %s", v.ID, got, v.Mode)
		}
	}
	vectors.Some(t, ran, "vectors with bindings")
}

// bindingOf is a binding by its type.
func bindingOf(name, typ, direction string) Binding {
	switch typ {
	case "httpTrigger":
		return HTTPTrigger{Name: name}
	case "http":
		return HTTPOutput{Name: name}
	case "timerTrigger":
		return TimerTrigger{Name: name, Schedule: "0 0 * * * *"}
	case "webPubSubTrigger":
		return WebPubSubTrigger{Name: name, Hub: "chat", EventType: EventTypeUser, EventName: "message"}
	case "webPubSubConnection":
		return WebPubSubConnection{Name: name, Hub: "chat"}
	case "webPubSubContext":
		return WebPubSubContext{Name: name}
	case "webPubSub":
		return WebPubSub{Name: name, Hub: "chat"}
	}
	return OtherBinding{Name: name, Type: typ, Direction: direction}
}
