package wps_test

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/e2e/observe"
	"github.com/wpsgen/wpsgen/internal/vectors"
	"github.com/wpsgen/wpsgen/internal/wire"
	wps "github.com/wpsgen/wpsgen/runtime"
)

type triggerVector struct {
	ID, Event, BodyBase64 string
	RequestHeaders        [][2]string
	ExpectedJSON          json.RawMessage
}

// TestTriggerJSONVectors has an event come from the service, and as the JSON that the extension makes of
// it: a function sees the same.
func TestTriggerJSONVectors(t *testing.T) {
	for _, v := range vectors.Load[*triggerVector](t, "extension/trigger_json.json") {
		t.Run(v.ID, func(t *testing.T) {
			var seen json.RawMessage
			f := v.function(func(inv *wps.Invocation) error { seen = observe.Event(inv); return nil })
			exchange(appOf(t, []wps.Function{f}), v.request(t))
			fromService := seen
			observe.CheckEvent(t, fromService, v.ExpectedJSON)
			seen = nil
			invoke(t, newHostFront(t, []wps.Function{f}), "f", encode(t, v.envelope(t)))
			if err := vectors.Same(observe.Common(t, fromService), observe.Common(t, seen)); err != nil {
				t.Error(err)
			}
		})
	}
}

func (v *triggerVector) header(name string) string {
	for _, line := range v.RequestHeaders {
		if strings.EqualFold(line[0], name) {
			return line[1]
		}
	}
	return ""
}

func (v *triggerVector) isSystem() bool {
	return strings.HasPrefix(strings.ToLower(v.header("ce-type")), wire.SystemTypePrefix)
}

func (v *triggerVector) function(call func(*wps.Invocation) error) wps.Function {
	trigger := wps.WebPubSubTrigger{Name: "request", Hub: v.header("ce-hub"), EventName: v.header("ce-eventName"), EventType: wps.EventTypeUser, Unsigned: true}
	if v.isSystem() {
		trigger.EventType = wps.EventTypeSystem
	}
	if trigger.EventType == wps.EventTypeUser {
		trigger.Name = "data"
	}
	return function("f", call, trigger)
}

func (v *triggerVector) request(t *testing.T) *http.Request {
	t.Helper()
	body, err := base64.StdEncoding.DecodeString(v.BodyBase64)
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://app.example"+wire.WebhookPath, strings.NewReader(string(body)))
	if err != nil {
		t.Fatal(err)
	}
	observe.SetHeaders(r, v.RequestHeaders)
	return r
}

// envelope is what the host makes of the event where function.json is as wpsgen writes it.
func (v *triggerVector) envelope(t *testing.T) any {
	data := map[string]any{"request": string(encode(t, string(v.ExpectedJSON)))}
	if !v.isSystem() {
		data = map[string]any{"data": v.BodyBase64}
	}
	return map[string]any{"Data": data, "Metadata": map[string]any{"Request": v.ExpectedJSON}}
}
