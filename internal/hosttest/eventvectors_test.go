package hosttest

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/internal/vectors"
)

// headerOf are header lines as vectors have them, in their own spelling.
func headerOf(lines [][2]string) http.Header {
	h := make(http.Header)
	for _, line := range lines {
		h[line[0]] = append(h[line[0]], line[1])
	}
	return h
}

func fromBase64Text(t testing.TB, text string) []byte {
	t.Helper()
	b, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestTriggerJSONVectors reads events and writes them as workers get them.
func TestTriggerJSONVectors(t *testing.T) {
	for _, v := range vectors.Load[struct {
		ID, Event, BodyBase64 string
		RequestHeaders        [][2]string
		ExpectedJSON          json.RawMessage
	}](t, "extension/trigger_json.json") {
		t.Run(v.ID, func(t *testing.T) {
			c, err := parseCloudEvents(headerOf(v.RequestHeaders))
			if err != nil {
				t.Fatal(err)
			}
			e := &event{kind: c.kind(), context: c}
			if unsupported, err := e.readBody(headerOf(v.RequestHeaders), fromBase64Text(t, v.BodyBase64)); err != nil || unsupported != "" {
				t.Fatalf("%q %v", unsupported, err)
			}
			if want := strings.TrimPrefix(lower(v.Event), "mqtt"); want != string(e.kind) {
				t.Errorf("a %s event, want %s", e.kind, v.Event)
			}
			if err := sameOrder(v.ExpectedJSON, marshal(e.request())); err != nil {
				t.Error(err)
			}
		})
	}
}

// eventOf is the event whose request object a vector shows.
func eventOf(t testing.TB, raw json.RawMessage) *event {
	t.Helper()
	o, err := parseObject(raw)
	if err != nil {
		t.Fatalf("request %s: %v", raw, err)
	}
	e := &event{kind: kindConnected, dataType: "Text"}
	has := func(name string) json.RawMessage {
		value, _ := o.exact(name)
		return value
	}
	if context := has("connectionContext"); !isNull(context) {
		e.context = connectionContextOf(t, context)
	}
	e.mqtt = has("mqtt")
	switch {
	case has("claims") != nil || has("subprotocols") != nil:
		e.kind = kindConnect
		e.claims, e.query, e.headers, e.subprotocols = orNull(has("claims")), orNull(has("query")), orNull(has("headers")), orNull(has("subprotocols"))
		decodeInto(t, orNull(has("clientCertificates")), &e.clientCertificates)
	case has("dataType") != nil:
		e.kind = kindUser
		text, _ := stringIn(has("data"))
		e.data = payload(text)
		e.dataType, _ = stringIn(has("dataType"))
	case has("reason") != nil:
		e.kind = kindDisconnected
		decodeInto(t, has("reason"), &e.reason)
	}
	return e
}

func orNull(raw json.RawMessage) json.RawMessage {
	if raw == nil {
		return json.RawMessage("null")
	}
	return raw
}

func decodeInto(t testing.TB, raw json.RawMessage, v any) {
	t.Helper()
	if err := json.Unmarshal(raw, v); err != nil {
		t.Fatalf("%s: %v", raw, err)
	}
}

func connectionContextOf(t testing.TB, raw json.RawMessage) *connectionContext {
	t.Helper()
	var doc struct {
		EventType, EventName, Hub, ConnectionID string
		UserID, Signature, Origin               *string
		States                                  json.RawMessage
		Headers                                 http.Header
		PhysicalConnectionID, SessionID         *string
	}
	decodeInto(t, raw, &doc)
	c := &connectionContext{
		eventType: doc.EventType, eventName: doc.EventName, hub: doc.Hub, connectionID: doc.ConnectionID,
		userID: doc.UserID, signature: doc.Signature, origin: doc.Origin, headers: doc.Headers,
		mqtt: doc.PhysicalConnectionID != nil, physicalConnectionID: doc.PhysicalConnectionID, sessionID: doc.SessionID,
	}
	if o, err := parseObject(doc.States); err == nil {
		for _, m := range o {
			c.states = append(c.states, state{m.name, m.value})
		}
	}
	return c
}

// TestHeaderLines shows which headers may come in several lines.
func TestHeaderLines(t *testing.T) {
	for name, ok := range map[string]bool{
		"ce-hub": false, "ce-connectionId": false, "ce-type": false, "ce-eventName": false, "ce-userId": false, "ce-connectionState": false,
		"ce-signature": true, "WebHook-Request-Origin": true, "ce-subprotocol": true, "ce-physicalConnectionId": true,
	} {
		h := headerOf([][2]string{
			{"ce-hub", "h"}, {"ce-connectionId", "c"}, {"ce-type", "azure.webpubsub.user.m"}, {"ce-eventName", "m"}, {"ce-userId", "u"},
			{"ce-connectionState", ""}, {"ce-signature", "s"}, {"WebHook-Request-Origin", "o"}, {"ce-subprotocol", "x"}, {"ce-physicalConnectionId", "p"},
		})
		if _, err := parseCloudEvents(h); err != nil {
			t.Fatal(err)
		}
		h[name] = append(h[name], "mqtt")
		c, err := parseCloudEvents(h)
		if (err == nil) != ok {
			t.Errorf("two lines of %s: %v", name, err)
		}
		if err == nil && c.mqtt != (name == "ce-subprotocol") {
			t.Errorf("two lines of %s: MQTT %t", name, c.mqtt)
		}
	}
}
