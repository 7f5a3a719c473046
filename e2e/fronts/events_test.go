package fronts_test

import (
	"encoding/base64"
	"strings"
	"time"

	wps "github.com/wpsgen/wpsgen/runtime"
)

// lossy is an event whose payload or reply the host's HTTP functions cannot carry.
func lossy(i *invocation) *invocation {
	i.lossy, i.hook = true, &effects{status: 500, contentType: "text/plain; charset=utf-8", body: failed}
	return i
}

// dated is an event whose reply the host's HTTP functions would change but for a line's end.
func dated(i *invocation) *invocation {
	want := i.want
	want.body += "\n"
	i.hook = &want
	return i
}

func text(name, contentType, body string, reply wps.EventResponse, want effects) *invocation {
	want.status = 200
	return &invocation{name: name, eventType: wps.EventTypeUser, event: "message", contentType: contentType, body: body, call: respond(reply), want: want}
}

const date = "2026-08-22T10:00:00Z"

// headerOf is ce-connectionState with such states.
func headerOf(states ...string) [2]string {
	var members []string
	for i := 0; i < len(states); i += 2 {
		members = append(members, `"`+states[i]+`":"`+base64.StdEncoding.EncodeToString([]byte(states[i+1]))+`"`)
	}
	return [2]string{"ce-connectionState", base64.StdEncoding.EncodeToString([]byte("{" + strings.Join(members, ",") + "}"))}
}

var mebibyte = strings.Repeat("0123456789abcdef", 1<<16)

// userEvents are events of clients, with what their functions answer.
var userEvents = []*invocation{
	text("text", "text/plain", "hello", user(wps.Text("ack"), nil, false), effects{contentType: "text/plain", body: "ack"}),
	text("text with a charset", "text/plain; charset=utf-8", "héllo", user(wps.Text("ück"), nil, false), effects{contentType: "text/plain", body: "ück"}),
	text("JSON", "application/json", `{"request":{"userId":"admin"},"sys":1}`, user(wps.JSON(map[string]int{"n": 1}), nil, false), effects{contentType: "application/json", body: `{"n":1}`}),
	lossy(text("binary", "application/octet-stream", "\x00\xff\xfe", user(wps.Binary([]byte("\xff\x00")), nil, false), effects{contentType: "application/octet-stream", body: "\xff\x00"})),
	lossy(text("text that is no UTF-8", "text/plain", "a\xff", user(wps.Text("b\xff"), nil, false), effects{contentType: "text/plain", body: "b\xff"})),
	text("like base64", "text/plain", "dGVzdA==", user(wps.Text("abcd1234"), nil, false), effects{contentType: "text/plain", body: "abcd1234"}),
	dated(text("like a date", "text/plain", date, user(wps.Text(date), nil, false), effects{contentType: "text/plain", body: date})),
	text("like the host's null", "text/plain", "null", user(wps.Text("null"), nil, false), effects{contentType: "text/plain", body: "null"}),
	text("empty", "text/plain", "", user(wps.Text(""), nil, false), effects{contentType: "text/plain"}),
	text("nothing answered", "text/plain", "hello", nil, effects{}),
	text("a mebibyte", "application/octet-stream", mebibyte, user(wps.Text("ack"), nil, false), effects{contentType: "text/plain", body: "ack"}),
	{name: "more than a mebibyte", eventType: wps.EventTypeUser, event: "message", contentType: "text/plain", body: mebibyte + "x",
		want: effects{status: 413, uncalled: true},
		host: &effects{status: 400, contentType: "text/plain; charset=utf-8", body: "The body is too large.", uncalled: true}},
	{name: "states set", eventType: wps.EventTypeUser, event: "message", contentType: "text/plain",
		call: respond(user(wps.Text("x"), map[string]any{"n": 1, "at": time.Date(2026, 8, 22, 10, 0, 0, 0, time.UTC), "list": []string{date}}, false)),
		want: effects{status: 200, contentType: "text/plain", body: "x", states: map[string]string{"n": "1", "at": `"` + date + `"`, "list": `["` + date + `"]`}}},
	{name: "states merged", eventType: wps.EventTypeUser, event: "message", contentType: "text/plain", headers: [][2]string{headerOf("n", "1", "old", `{"a":"b"}`)},
		call: respond(user(wps.Text("x"), map[string]any{"n": 2}, false)),
		want: effects{status: 200, contentType: "text/plain", body: "x", states: map[string]string{"n": "2", "old": `{"a":"b"}`}}},
	{name: "states untouched", eventType: wps.EventTypeUser, event: "message", contentType: "text/plain", headers: [][2]string{headerOf("n", "1", "at", `{"wps:json":"\"`+date+`\""}`)},
		call: respond(user(wps.Text("x"), nil, false)),
		want: effects{status: 200, contentType: "text/plain", body: "x", states: map[string]string{"n": "1", "at": `"` + date + `"`}}},
	{name: "states cleared", eventType: wps.EventTypeUser, event: "message", contentType: "text/plain", headers: [][2]string{headerOf("n", "1")},
		call: respond(user(wps.Text("x"), nil, true)),
		want: effects{status: 200, contentType: "text/plain", body: "x", states: map[string]string{}}},
	{name: "several actions", eventType: wps.EventTypeUser, event: "message", contentType: "text/plain", call: func(inv *wps.Invocation) error {
		inv.Actions("actions").Add(
			wps.SendToAll{Data: wps.Text(date), Excluded: []string{"c 1", "c2"}},
			wps.SendToGroup{Group: "g/1", Data: wps.Binary([]byte("\x00\xff"))},
			wps.SendToUser{UserID: "ü", Data: wps.JSON(map[string]string{"at": date})},
			wps.AddUserToGroup{UserID: "ann", Group: "test"},
			wps.CloseClientConnection{ConnectionID: "c1", Reason: "so long"})
		inv.Respond(user(wps.Text("done"), nil, false))
		return nil
	}, want: effects{status: 200, contentType: "text/plain", body: "done", actions: []string{
		`POST /api/hubs/chat/:send excluded=c+1&excluded=c2 text/plain "` + date + `"`,
		`POST /api/hubs/chat/groups/g%2F1/:send  application/octet-stream "\x00\xff"`,
		`POST /api/hubs/chat/users/%C3%BC/:send  application/json "{\"at\":\"` + date + `\"}"`,
		`PUT /api/hubs/chat/users/ann/groups/test   ""`,
		`DELETE /api/hubs/chat/connections/c1 reason=so+long  ""`,
	}}},
}

const connectBody = `{"claims":{"sub":["ann"],"role":["b","a"]},"query":{"room":["red","blue"]},"headers":{"X-One":["1"]},` +
	`"subprotocols":["json.webpubsub.azure.v1"],"clientCertificates":[{"thumbprint":"t","content":null}]}`

// systemEvents are events of connections.
var systemEvents = []*invocation{
	{name: "connect", event: "connect", body: connectBody,
		call: respond(&wps.ConnectEventResponse{UserID: "bob", Groups: []string{"test", "g"}, Roles: []string{"webpubsub.sendToGroup"}, Subprotocol: "json.webpubsub.azure.v1"}),
		want: effects{status: 200, contentType: "application/json",
			body: `{"userId":"bob","groups":["test","g"],"subprotocol":"json.webpubsub.azure.v1","roles":["webpubsub.sendToGroup"]}`}},
	{name: "connect accepted with nothing", event: "connect", body: connectBody, want: effects{status: 200}},
	{name: "connect with a state", event: "connect", body: connectBody, call: func(inv *wps.Invocation) error {
		r := &wps.ConnectEventResponse{}
		r.SetState("seen", date)
		inv.Respond(r)
		return nil
	}, want: effects{status: 200, contentType: "application/json", body: `{"userId":null,"groups":null,"subprotocol":null,"roles":null}`, states: map[string]string{"seen": `"` + date + `"`}}},
	{name: "connect refused", event: "connect", body: connectBody, call: fail(wps.Unauthorized("tell us your name")),
		want: effects{status: 401, contentType: "text/plain; charset=utf-8", body: "tell us your name"}},
	{name: "connect refused without a word", event: "connect", body: connectBody, call: fail(wps.UserError("")), want: effects{status: 400, contentType: "text/plain; charset=utf-8"}},
	{name: "connected", event: "connected", body: "{}", headers: [][2]string{headerOf("n", "1")},
		call: func(inv *wps.Invocation) error {
			inv.Actions("actions").Add(wps.SendToAll{Data: wps.Text("in")})
			return nil
		},
		want: effects{status: 200, actions: []string{`POST /api/hubs/chat/:send  text/plain "in"`}}},
	{name: "disconnected", event: "disconnected", body: `{"reason":"` + date + `"}`, want: effects{status: 200}},
	{name: "disconnected for no reason", event: "disconnected", body: `{"reason":null}`, want: effects{status: 200}},
	{name: "unknown system event", event: "joinedGroup", body: `{"group":"g"}`, want: effects{status: 200}},
}

var asMQTT = [][2]string{{"ce-subprotocol", "mqtt"}, {"ce-physicalConnectionId", "physical"}, {"ce-sessionId", "session"}}

func mqttConnect(version string) string {
	return strings.TrimSuffix(connectBody, "}") + `,"mqtt":{"protocolVersion":` + version + `,"username":"u","password":"cA==","userProperties":[{"name":"a","value":"b"}]}}`
}

// mqttEvents are events of MQTT clients.
var mqttEvents = []*invocation{
	{name: "MQTT connect", event: "connect", body: mqttConnect("5"), headers: asMQTT,
		call: respond(&wps.ConnectEventResponse{UserID: "bob", MQTT: &wps.MQTTConnectResponse{UserProperties: []wps.MQTTUserProperty{{Name: "n", Value: "v"}}}}),
		want: effects{status: 200, contentType: "application/json",
			body: `{"mqtt":{"userProperties":[{"name":"n","value":"v"}]},"userId":"bob","groups":null,"subprotocol":"mqtt","roles":null}`}},
	{name: "MQTT refused", event: "connect", body: mqttConnect("5"), headers: asMQTT, call: fail(wps.MQTTError(wps.MQTT5Banned, "out")),
		want: effects{status: 400, contentType: "text/plain; charset=utf-8", body: `{"mqtt":{"code":138,"reason":"out","userProperties":null}}`}},
	{name: "MQTT 3.1.1 refused by a code", event: "connect", body: mqttConnect("4"), headers: asMQTT, call: fail(wps.Unauthorized("who?")),
		want: effects{status: 401, contentType: "text/plain; charset=utf-8", body: `{"mqtt":{"code":5,"reason":"who?","userProperties":null}}`}},
	{name: "MQTT failed", event: "connect", body: mqttConnect("5"), headers: asMQTT, call: fail(errSecret),
		want: effects{status: 500, contentType: "text/plain; charset=utf-8", body: `{"mqtt":{"code":136,"reason":"The function failed.","userProperties":null}}`}},
	{name: "MQTT disconnected", event: "disconnected", headers: asMQTT, want: effects{status: 200},
		body: `{"reason":"bye","mqtt":{"initiatedByClient":true,"disconnectPacket":{"code":4,"userProperties":[{"name":"a","value":"b"}]}}}`},
}

const failed = "The function failed."

// failures are functions that fail.
var failures = []*invocation{
	{name: "failed", eventType: wps.EventTypeUser, event: "message", contentType: "text/plain", call: func(inv *wps.Invocation) error {
		inv.Actions("actions").Add(wps.SendToAll{Data: wps.Text("not sent")})
		return errSecret
	}, want: effects{status: 500, contentType: "text/plain; charset=utf-8", body: failed}},
	{name: "panicked", eventType: wps.EventTypeUser, event: "message", contentType: "text/plain", call: func(*wps.Invocation) error { panic("secret") },
		want: effects{status: 500, contentType: "text/plain; charset=utf-8", body: failed}},
	{name: "panicked on connect", event: "connect", body: connectBody, call: func(*wps.Invocation) error { panic("secret") },
		want: effects{status: 500, contentType: "text/plain; charset=utf-8", body: failed}},
	{name: "failed when nobody waits", event: "connected", body: "{}", call: fail(errSecret), want: effects{status: 200}},
	{name: "a bad action", eventType: wps.EventTypeUser, event: "message", contentType: "text/plain", call: func(inv *wps.Invocation) error {
		inv.Actions("actions").Add(wps.SendToAll{Data: wps.Text("not sent")}, wps.AddUserToGroup{UserID: "ann"})
		return nil
	}, want: effects{status: 500, contentType: "text/plain; charset=utf-8", body: failed}},
	{name: "a refused action", eventType: wps.EventTypeUser, event: "message", contentType: "text/plain", refused: true, call: func(inv *wps.Invocation) error {
		inv.Actions("actions").Add(wps.SendToAll{Data: wps.Text("first")}, wps.SendToAll{Data: wps.Text("second")})
		return nil
	}, want: effects{status: 500, contentType: "text/plain; charset=utf-8", body: failed, actions: []string{`POST /api/hubs/chat/:send  text/plain "first"`}},
		host: &effects{actions: []string{`POST /api/hubs/chat/:send  text/plain "first"`}},
		hook: &effects{status: 500, actions: []string{`POST /api/hubs/chat/:send  text/plain "first"`}}},
}
