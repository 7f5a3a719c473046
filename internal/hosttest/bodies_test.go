package hosttest

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/wpsgen/wpsgen/internal/vectors"
)

// bodyReaders parse bodies as the Common library does, and give them back in its members' spelling.
var bodyReaders = map[string]func(body []byte) (any, error){
	"connect":      func(body []byte) (any, error) { return readBody(kindConnect, false, body) },
	"mqttConnect":  func(body []byte) (any, error) { return readBody(kindConnect, true, body) },
	"disconnected": func(body []byte) (any, error) { return readBody(kindDisconnected, false, body) },

	"mqttDisconnected": func(body []byte) (any, error) { return readBody(kindDisconnected, true, body) },

	"mqttConnectProperties": func(body []byte) (any, error) {
		return mqttPart(object{{"mqtt", body}}, new(mqttConnectProperties))
	},
	"mqttDisconnectedProperties": func(body []byte) (any, error) {
		return mqttPart(object{{"mqtt", body}}, new(mqttDisconnectedProperties))
	},
	"mqttConnectError": func(body []byte) (any, error) {
		o, err := required(body, "mqtt")
		if err != nil {
			return nil, err
		}
		r, err := mqttErrorReply(o)
		return json.RawMessage(r.body), err
	},
	// The trigger has no use for these two.
	"joinedGroup": readGroup,
	"leftGroup":   readGroup,
}

func readBody(kind eventKind, mqtt bool, body []byte) (any, error) {
	e := &event{kind: kind, context: &connectionContext{mqtt: mqtt}}
	if _, err := e.readBody(http.Header{}, body); err != nil {
		return nil, err
	}
	return e.request(), nil
}

func readGroup(body []byte) (any, error) { return required(body, "group") }

func TestBodyVectors(t *testing.T) {
	for _, v := range vectors.Load[*struct {
		ID, Type, Payload string
		Expected          json.RawMessage
	}](t, "extension/bodies.json") {
		t.Run(v.ID, func(t *testing.T) {
			read, ok := bodyReaders[v.Type]
			if !ok {
				t.Fatalf("type %q is not understood", v.Type)
			}
			got, err := read([]byte(v.Payload))
			var failure struct{ Error bool }
			decodeInto(t, v.Expected, &failure)
			switch {
			case failure.Error && err == nil:
				t.Errorf("got %s, want an error", marshal(got))
			case failure.Error:
			case err != nil:
				t.Error(err)
			default:
				if err := vectors.FoldSubset(v.Expected, marshal(got)); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

// TestMQTTPropertiesMustBeThere holds what the reference's converters of these types throw on.
func TestMQTTPropertiesMustBeThere(t *testing.T) {
	for _, c := range []struct {
		kind, body string
		fails      bool
	}{
		{"mqttConnectProperties", `{"protocolVersion":4}`, false},
		{"mqttConnectProperties", `{"username":"u"}`, true},
		{"mqttConnectProperties", `null`, true},
		{"mqttDisconnectedProperties", `{"initiatedByClient":true}`, false},
		{"mqttDisconnectedProperties", `{"initiatedByClient":true,"disconnectPacket":{"code":0}}`, false},
		{"mqttDisconnectedProperties", `{"disconnectPacket":{"code":128}}`, true},
		{"mqttDisconnectedProperties", `{"initiatedByClient":true,"disconnectPacket":{}}`, true},
	} {
		if got, err := bodyReaders[c.kind]([]byte(c.body)); (err != nil) != c.fails {
			t.Errorf("%s %s: %s, %v", c.kind, c.body, marshal(got), err)
		}
	}
}
