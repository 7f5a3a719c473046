package wps_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/e2e/observe"
	"github.com/wpsgen/wpsgen/internal/vectors"
	"github.com/wpsgen/wpsgen/internal/wire"
	wps "github.com/wpsgen/wpsgen/runtime"
)

// bodyKind says which event a body of vectors is of, and what is around it where it is a part of one.
type bodyKind struct {
	event, prefix string
	mqtt          bool
	before, after string
	part          string // the member that the payload is, "" for the whole body
}

var bodyKinds = map[string]bodyKind{
	"connect":                    {event: "connect"},
	"mqttConnect":                {event: "connect", mqtt: true},
	"disconnected":               {event: "disconnected"},
	"mqttDisconnected":           {event: "disconnected", mqtt: true},
	"mqttConnectProperties":      {event: "connect", mqtt: true, before: strings.TrimSuffix(emptyConnect, "}") + `,"mqtt":`, after: "}", part: "mqtt"},
	"mqttDisconnectedProperties": {event: "disconnected", mqtt: true, before: `{"reason":null,"mqtt":`, after: "}", part: "mqtt"},
	"joinedGroup":                {event: "joined", prefix: wire.GroupPresenceTypePrefix},
	"leftGroup":                  {event: "left", prefix: wire.GroupPresenceTypePrefix},
}

type bodyVector struct {
	ID, Type, Payload string
	Expected          json.RawMessage
}

// TestBodyVectors sends the bodies of events, and answers with those of replies.
func TestBodyVectors(t *testing.T) {
	for _, v := range vectors.Load[*bodyVector](t, "extension/bodies.json") {
		t.Run(v.ID, func(t *testing.T) {
			kind, ok := bodyKinds[v.Type]
			switch {
			case v.Type == "mqttConnectError":
				v.checkRefusal(t)
			case ok:
				v.checkEvent(t, kind)
			default:
				t.Fatalf("type %q is not understood", v.Type)
			}
		})
	}
}

// fails reports whether the vector expects nothing but an error.
func (v *bodyVector) fails(t *testing.T) bool {
	return vectors.Decode[struct{ Error bool }](t, v.Expected).Error
}

func (v *bodyVector) checkEvent(t *testing.T, kind bodyKind) {
	var seen json.RawMessage
	eventType, prefix := wps.EventTypeSystem, wire.SystemTypePrefix
	if kind.prefix != "" {
		eventType, prefix = wps.EventTypeGroupPresence, kind.prefix
	}
	trigger := wps.WebPubSubTrigger{Name: "request", Hub: "chat", EventType: eventType, EventName: kind.event, Unsigned: true}
	app := appOf(t, []wps.Function{function("f", func(inv *wps.Invocation) error { seen = observe.Event(inv); return nil }, trigger)})
	got := exchange(app, newEvent(t, prefix, kind.event, kind.mqtt, kind.before+v.Payload+kind.after))
	if v.fails(t) {
		if got.Status != http.StatusBadRequest || seen != nil {
			t.Errorf("%d, and a function saw %s", got.Status, seen)
		}
		return
	}
	want := v.Expected
	if kind.part != "" {
		want = encode(t, map[string]json.RawMessage{kind.part: want})
	}
	observe.CheckEvent(t, seen, want)
}

// newEvent is an event of hub chat.
func newEvent(t *testing.T, prefix, name string, mqtt bool, body string) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://app.example"+wire.WebhookPath, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	observe.SetHeaders(r, [][2]string{
		{"ce-hub", "chat"}, {"ce-type", prefix + name}, {"ce-eventName", name}, {"ce-connectionId", "c1"},
		{"WebHook-Request-Origin", "svc.example"}, {"Content-Type", wire.MediaTypeJSON},
	})
	if mqtt {
		observe.SetHeaders(r, [][2]string{{"ce-subprotocol", "mqtt"}, {"ce-physicalConnectionId", "p1"}})
	}
	return r
}

// checkRefusal refuses an MQTT client with what the payload says, and wants it to be the answer.
func (v *bodyVector) checkRefusal(t *testing.T) {
	response, err := observe.Reply("connect", json.RawMessage(v.Payload))
	refusal, ok := response.(*wps.EventErrorResponse)
	if v.fails(t) {
		if err == nil && ok && refusal.MQTT != nil {
			t.Errorf("%s refuses an MQTT client", v.Payload)
		}
		return
	}
	if err != nil || !ok {
		t.Fatalf("%T, %v", response, err)
	}
	trigger := wps.WebPubSubTrigger{Name: "request", Hub: "chat", EventType: wps.EventTypeSystem, EventName: "connect", Unsigned: true}
	app := appOf(t, []wps.Function{function("f", func(*wps.Invocation) error { return refusal }, trigger)})
	kind := bodyKinds["mqttConnectProperties"]
	got := exchange(app, newEvent(t, wire.SystemTypePrefix, "connect", true, kind.before+`{"protocolVersion":5}`+kind.after))
	if err := vectors.Subset(observe.Normal(t, v.Expected), observe.Normal(t, got.Body)); err != nil {
		t.Errorf("%s: %v", got.Body, err)
	}
}
