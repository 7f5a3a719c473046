package wps

import (
	"errors"
	"net/http"
	"strings"
	"testing"
)

// asMQTT makes an event that of an MQTT client.
func asMQTT(r *http.Request) *http.Request {
	r.Header.Set("ce-subprotocol", "mqtt")
	r.Header.Set("ce-physicalConnectionId", "physical-1")
	return r
}

func mqttConnect(version string) *http.Request {
	return asMQTT(systemEvent("connect", strings.TrimSuffix(noClaims, "}")+
		`,"mqtt":{"protocolVersion":`+version+`,"username":"u","password":"cA==","userProperties":[{"name":"a","value":"b"}]}}`))
}

func TestMQTTRequests(t *testing.T) {
	var connect *ConnectEventRequest
	var disconnected *DisconnectedEventRequest
	app := mustNew(t, []Function{
		systemFunction("connect", func(inv *Invocation) error { connect = inv.ConnectEventRequest(); return nil }),
		systemFunction("disconnected", func(inv *Invocation) error { disconnected = inv.DisconnectedEventRequest(); return nil }),
	})
	if w := serve(app, mqttConnect("5")); w.Code != 200 || w.Body.Len() > 0 {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	if m := connect.MQTT; m.ProtocolVersion != MQTTVersion5 || m.Username != "u" || m.Password != "cA==" || !equal(m.UserProperties, []MQTTUserProperty{{"a", "b"}}) {
		t.Errorf("mqtt %+v", m)
	}
	if !connect.IsMQTT() || connect.PhysicalConnectionID != "physical-1" || connect.SessionID != "" {
		t.Errorf("context %+v", connect.ConnectionContext)
	}
	r := asMQTT(systemEvent("disconnected", `{"reason":"bye","mqtt":{"initiatedByClient":true,"disconnectPacket":{"code":4,"userProperties":null}}}`))
	r.Header.Set("ce-sessionId", "s1")
	if w := serve(app, r); w.Code != 200 {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	if m := disconnected.MQTT; !m.InitiatedByClient || m.DisconnectPacket.Code != 4 || disconnected.SessionID != "s1" || disconnected.Reason != "bye" {
		t.Errorf("disconnected %+v, mqtt %+v", disconnected, m)
	}
}

// TestMQTTBodiesThatLackSomething: functions of an MQTT client's events find the properties there.
func TestMQTTBodiesThatLackSomething(t *testing.T) {
	connectWith := func(mqtt string) string { return strings.TrimSuffix(noClaims, "}") + `,"mqtt":` + mqtt + `}` }
	var log logBuffer
	for _, c := range []struct{ event, body, lacks string }{
		{"connect", noClaims, "it lacks mqtt"},
		{"connect", `{"mqtt":5}`, ""},
		{"connect", connectWith("null"), "it lacks mqtt"},
		{"connect", connectWith(`{"username":"u"}`), "it lacks mqtt.protocolVersion"},
		{"connect", connectWith(`{"protocolVersion":"5"}`), ""},
		{"disconnected", `{"reason":null}`, "it lacks mqtt"},
		{"disconnected", `{"reason":null,"mqtt":null}`, "it lacks mqtt"},
		{"disconnected", `{"mqtt":{"disconnectPacket":{"code":4}}}`, "it lacks mqtt.initiatedByClient, reason"},
		{"disconnected", `{"reason":null,"mqtt":{"initiatedByClient":true,"disconnectPacket":{}}}`, "it lacks mqtt.disconnectPacket.code"},
	} {
		f := systemFunction(c.event, func(*Invocation) error { t.Errorf("%s: the function ran", c.body); return nil })
		if w := serve(mustNew(t, []Function{f}, logTo(&log)), asMQTT(systemEvent(c.event, c.body))); w.Code != 400 {
			t.Errorf("%s: %d, want 400", c.body, w.Code)
		}
		if !strings.Contains(log.String(), c.lacks) {
			t.Errorf("%s: the log does not say %q:\n%s", c.body, c.lacks, log.String())
		}
	}
	for _, body := range []string{`{"reason":null,"mqtt":{"initiatedByClient":true}}`, `{"reason":null,"mqtt":{"initiatedByClient":true,"disconnectPacket":null}}`} {
		if w := serve(mustNew(t, []Function{systemFunction("disconnected", nothing)}), asMQTT(systemEvent("disconnected", body))); w.Code != 200 {
			t.Errorf("%s: %d, want 200", body, w.Code)
		}
	}
}

func TestMQTTReplies(t *testing.T) {
	refused := func(code, reason string) string {
		return `{"mqtt":{"code":` + code + `,"reason":` + reason + `,"userProperties":null}}`
	}
	for _, c := range []struct {
		name     string
		version  string
		response EventResponse
		err      error
		status   int
		body     string
	}{
		{"nothing", "5", nil, nil, 200, ""},
		{"accepted", "4", &ConnectEventResponse{UserID: "u"}, nil, 200, `{"mqtt":null,"userId":"u","groups":null,"subprotocol":"mqtt","roles":null}`},
		{"with properties", "5", &ConnectEventResponse{MQTT: &MQTTConnectResponse{UserProperties: []MQTTUserProperty{{"n", "v"}}}}, nil, 200,
			`{"mqtt":{"userProperties":[{"name":"n","value":"v"}]},"userId":null,"groups":null,"subprotocol":"mqtt","roles":null}`},
		{"code", "5", nil, MQTTError(MQTT5Banned, "no", MQTTUserProperty{"n", "v"}), 400,
			`{"mqtt":{"code":138,"reason":"no","userProperties":[{"name":"n","value":"v"}]}}`},
		{"unauthorized, 3.1.1", "4", nil, Unauthorized("who?"), 401, refused("5", `"who?"`)},
		{"unauthorized, 5.0", "5", nil, Unauthorized(""), 401, refused("135", "null")},
		{"user error, 3.1.1", "4", nil, UserError("x"), 400, refused("4", `"x"`)},
		{"user error, 5.0", "5", nil, UserError("x"), 400, refused("134", `"x"`)},
		{"failed, 3.1.1", "4", nil, errors.New("secret"), 500, refused("3", `"The function failed."`)},
		{"failed, 5.0", "5", nil, errors.New("secret"), 500, refused("136", `"The function failed."`)},
		{"no such code", "5", nil, MQTTError(130, "x"), 500, refused("136", `"The function failed."`)},
	} {
		t.Run(c.name, func(t *testing.T) {
			app := mustNew(t, []Function{systemFunction("connect", func(inv *Invocation) error {
				if c.response != nil {
					inv.Respond(c.response)
				}
				return c.err
			})}, logTo(&logBuffer{}))
			if w := serve(app, mqttConnect(c.version)); w.Code != c.status || w.Body.String() != c.body {
				t.Errorf("%d %s, want %d %s", w.Code, w.Body, c.status, c.body)
			}
		})
	}
}

// TestMQTTErrorForOthers: a CONNACK code refuses a client that does not speak MQTT with its status.
func TestMQTTErrorForOthers(t *testing.T) {
	refuse := func(*Invocation) error { return MQTTError(MQTT5NotAuthorized, "no") }
	app := mustNew(t, []Function{systemFunction("connect", refuse)})
	if w := serve(app, systemEvent("connect", noClaims)); w.Code != 401 || w.Body.String() != "no" {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if got := MQTTError(MQTT5NotAuthorized, "no").Error(); got != "CONNACK code 135: no" {
		t.Errorf("error %q", got)
	}
}

func TestGroupPresence(t *testing.T) {
	presence := func(name, body string) *http.Request {
		r := newEvent(EventTypeUser, name, strings.NewReader(body))
		r.Header.Set("ce-type", "azure.webpubsub.gp."+name)
		r.Header.Set("Content-Type", "application/json")
		return r
	}
	var joined *JoinedGroupEventRequest
	var left *LeftGroupEventRequest
	of := func(name string, call func(*Invocation)) Function {
		f := Function{Name: name, Bindings: trigger(WebPubSubTrigger{EventType: "groupPresence", EventName: name})}
		f.Handler = handler(func(inv *Invocation) error { call(inv); return errors.New("ignored") })
		return f
	}
	app := mustNew(t, []Function{
		of("joined", func(inv *Invocation) { joined = inv.JoinedGroupEventRequest() }),
		of("left", func(inv *Invocation) { left = inv.LeftGroupEventRequest() }),
	}, logTo(&logBuffer{}))
	for _, name := range []string{"joined", "left"} {
		if w := serve(app, presence(name, `{"group":"g1"}`)); w.Code != 200 || w.Body.Len() > 0 {
			t.Errorf("%s: %d %q", name, w.Code, w.Body)
		}
		if w := serve(app, presence(name, `{}`)); w.Code != 400 {
			t.Errorf("%s without a group: %d", name, w.Code)
		}
	}
	if joined == nil || joined.Group != "g1" || joined.EventType != EventTypeGroupPresence || left == nil || left.Group != "g1" {
		t.Errorf("joined %+v, left %+v", joined, left)
	}

	// To the extension these are user events, which a function may be waiting for.
	var data []byte
	app = mustNew(t, []Function{userFunction("joined", func(inv *Invocation) error { data = inv.Data(); return nil })})
	if w := serve(app, presence("joined", `{"group":"g1"}`)); w.Code != 200 || string(data) != `{"group":"g1"}` {
		t.Errorf("as a user event: %d, %s", w.Code, data)
	}
}
