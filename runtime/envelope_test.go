package wps

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// hostAnswerDoc is an answer as the host reads it.
type hostAnswerDoc struct {
	Outputs     map[string]json.RawMessage
	Logs        []string
	ReturnValue json.RawMessage
}

// invoke calls a function as the Functions host does.
func invoke(t *testing.T, front http.Handler, function, body string) (int, hostAnswerDoc) {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, "/"+function, strings.NewReader(body))
	r.Header.Set("X-Azure-Functions-InvocationId", "id-1")
	w := serve(front, r)
	if got := w.Header().Get("Content-Type"); got != "application/json; charset=utf-8" {
		t.Errorf("content type %q", got)
	}
	var doc hostAnswerDoc
	if err := json.Unmarshal(w.Body.Bytes(), &doc); err != nil {
		t.Fatalf("%s: %v", w.Body, err)
	}
	return w.Code, doc
}

// hostEvent is the envelope of an event as the extension and the host make it.
func hostEvent(data, request string) string {
	return `{"Data":` + data + `,"Metadata":{"Request":` + request + `,"sys":{"MethodName":"elsewhere"}}}`
}

const hostUserRequest = `{"data":"x","dataType":"Text","connectionContext":{"eventType":"User","eventName":"message","hub":"chat",` +
	`"connectionId":"conn-1","userId":"ann","signature":null,"origin":"svc.example","states":{"n":{"count":1},"gone":null},"headers":{"ce-subprotocol":["p"]}}}`

func TestEnvelopeUserEvent(t *testing.T) {
	var data string
	var seen ConnectionContext
	var kind DataType
	front := newFront(t, []Function{userFunction("message", func(inv *Invocation) error {
		data, seen, kind = string(inv.Data()), *inv.ConnectionContext(), inv.DataType()
		return nil
	})})
	for name, c := range map[string]struct{ data, want string }{
		"binary":          {`{"data":"aMOpbGxv"}`, "héllo"},
		"null as base64":  {`{"data":"null"}`, "\x9e\xe9\x65"},
		"empty":           {`{"data":""}`, ""},
		"text":            {`{"data":"\"hello you\""}`, "hello you"},
		"encoded once":    {`{"data":"hello!"}`, "hello!"},
		"JSON once":       {`{"data":"{\"a\":1}"}`, `{"a":1}`},
		"JSON as it is":   {`{"data":{"a":1}}`, `{"a":1}`},
		"text of JSON":    {`{"data":"\"{\\\"a\\\":1}\""}`, `{"a":1}`},
		"name's own case": {`{"Data":"aGk="}`, "hi"},
	} {
		t.Run(name, func(t *testing.T) {
			data = "not called"
			status, answer := invoke(t, front, "message", hostEvent(c.data, hostUserRequest))
			if status != 200 || string(answer.ReturnValue) != "null" || data != c.want {
				t.Errorf("%d, %s, data %q, want %q", status, answer.ReturnValue, data, c.want)
			}
		})
	}
	if seen.UserID != "ann" || seen.Hub != "chat" || seen.ConnectionID != "conn-1" || seen.Subprotocol != "p" || kind != DataTypeText {
		t.Errorf("context %+v, %s", seen, kind)
	}
	var n struct{ Count int }
	if ok, err := seen.State("n", &n); !ok || err != nil || n.Count != 1 || len(seen.States()) != 1 {
		t.Errorf("states %s", seen.States())
	}
}

// TestEnvelopeShadowed: without dataType=binary a sender's JSON can replace what the host says of the event.
func TestEnvelopeShadowed(t *testing.T) {
	var user string
	front := newFront(t, []Function{userFunction("message", func(inv *Invocation) error {
		user = inv.ConnectionContext().UserID
		return nil
	})}, logTo(&logBuffer{}))
	payload := `{"data":"\"{\\\"ConnectionContext\\\":{\\\"userId\\\":\\\"admin\\\"}}\""}`
	if status, _ := invoke(t, front, "message", hostEvent(payload, hostUserRequest)); status != 200 || user != "ann" {
		t.Errorf("user %q, want ann", user)
	}
	user = ""
	for _, payload := range []string{`{"data":{"Request":{}}}`, `{"data":"{\"Request\":{}}"}`} {
		_, answer := invoke(t, front, "message", hostEvent(payload, strings.Replace(hostUserRequest, "ann", "admin", 1)))
		if user != "" || !strings.Contains(string(answer.ReturnValue), `"serverError"`) {
			t.Errorf("%s: %s, user %q: want a refusal", payload, answer.ReturnValue, user)
		}
	}
	payload = `{"data":"\"{\\\"REQUEST\\\":{\\\"connectionContext\\\":{\\\"userId\\\":\\\"admin\\\"}}}\""}`
	status, answer := invoke(t, front, "message", hostEvent(payload, strings.Replace(hostUserRequest, "ann", "admin", 1)))
	if status != 200 || user != "" || !strings.Contains(string(answer.ReturnValue), `"serverError"`) {
		t.Errorf("%d %s, user %q: want a refusal", status, answer.ReturnValue, user)
	}
}

// TestEnvelopeShadowedLeniently: the host reads more than JSON for JSON, and copies its members just so.
func TestEnvelopeShadowedLeniently(t *testing.T) {
	called := false
	front := newFront(t, []Function{userFunction("message", func(*Invocation) error { called = true; return nil })}, logTo(&logBuffer{}))
	for payload, refused := range map[string]bool{
		`{'request':{'connectionContext':{'userId':'admin'}}}`: true,
		`{request:{connectionContext:{userId:'admin'}}}`:       true,
		" {/**/\"Request\":{},}\n":                             true,
		`{'\u0072equest':{}}`:                                  true,
		`{"request":{},"a":NaN}`:                               true,
		`{request`:                                             false,
		`a request in {braces}`:                                false,
		`{not json}`:                                           false,
		`['request']`:                                          false,
		`{"connectionContext":{"userId":"admin"},} // no request`: false,
	} {
		called = false
		status, answer := invoke(t, front, "message", hostEvent(`{"data":`+twice(payload)+`}`, hostUserRequest))
		if status != 200 || called == refused || refused != strings.Contains(string(answer.ReturnValue), `"serverError"`) {
			t.Errorf("%s: %d %s, called %t, refused should be %t", payload, status, answer.ReturnValue, called, refused)
		}
	}
}

// TestEnvelopeNotShadowed: the host copies no arrays and no null out of a payload.
func TestEnvelopeNotShadowed(t *testing.T) {
	var data string
	front := newFront(t, []Function{userFunction("message", func(inv *Invocation) error {
		data = string(inv.Data())
		return nil
	})}, logTo(&logBuffer{}))
	for _, payload := range []string{`{"request":[1]}`, `{"request":null,"a":1}`} {
		data = ""
		if status, answer := invoke(t, front, "message", hostEvent(`{"data":`+twice(payload)+`}`, hostUserRequest)); status != 200 || data != payload {
			t.Errorf("%s: %d %s, data %q", payload, status, answer.ReturnValue, data)
		}
	}
}

// TestEnvelopeShadowedByReason: the reason of a disconnected event is a client's own words.
func TestEnvelopeShadowedByReason(t *testing.T) {
	called := false
	f := systemFunction("disconnected", func(*Invocation) error { called = true; return nil })
	trigger := f.Bindings[0].(WebPubSubTrigger)
	trigger.Name = "reason"
	f.Bindings[0] = trigger
	front := newFront(t, []Function{f}, logTo(&logBuffer{}))
	invoke(t, front, "disconnected", hostEvent(`{"reason":"\"bye\""}`, `{"reason":"bye","connectionContext":{}}`))
	if !called {
		t.Error("an event with an ordinary reason reaches no function")
	}
	called = false
	reason := twice(`{"Request":{"connectionContext":{"userId":"admin"}}}`)
	invoke(t, front, "disconnected", hostEvent(`{"reason":`+reason+`}`, `{"reason":"x","connectionContext":{"userId":"admin"}}`))
	if called {
		t.Error("a reason passes for what the host says of an event")
	}
}

// panics is a value whose JSON, and an error whose cause, cannot be had.
type panics struct{ err error }

func (p *panics) MarshalJSON() ([]byte, error) { return []byte(p.err.Error()), nil }
func (p *panics) Error() string                { return p.err.Error() }
func (p *panics) Unwrap() error                { return p.err }

// TestEnvelopePanicsOutside: an event is answered, too, where what a function returned panics after it.
func TestEnvelopePanicsOutside(t *testing.T) {
	for name, call := range map[string]func(inv *Invocation) error{
		"an output's value": func(inv *Invocation) error {
			return inv.SetOutput("out", func() any { return new(panics) })
		},
		"an error's cause": func(*Invocation) error { return (*panics)(nil) },
	} {
		f := userFunction("message", call, OtherBinding{Name: "out", Type: "queue", Direction: "out"})
		front := newFront(t, []Function{f}, logTo(&logBuffer{}))
		status, answer := invoke(t, front, "message", hostEvent(`{"data":"aGk="}`, hostUserRequest))
		if status != 200 || !sameJSON(t, answer.ReturnValue, []byte(`{"code":"serverError","errorMessage":"The function failed."}`)) {
			t.Errorf("%s: %d %s", name, status, answer.ReturnValue)
		}
	}
}

func TestEnvelopeReplies(t *testing.T) {
	states := func(r *UserEventResponse) *UserEventResponse {
		r.SetState("at", time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC))
		return r
	}
	cleared := &UserEventResponse{Data: Text("x")}
	cleared.ClearStates()
	cleared.SetState("new", 1)
	for _, c := range []struct {
		name     string
		response EventResponse
		err      error
		want     string
	}{
		{"nothing", nil, nil, `null`},
		{"text", &UserEventResponse{Data: Text("test")}, nil, `{"data":"test","dataType":"text"}`},
		{"JSON", &UserEventResponse{Data: JSON(map[string]int{"a": 1})}, nil, `{"data":"{\"a\":1}","dataType":"json"}`},
		{"binary", &UserEventResponse{Data: Binary([]byte{0, 255})}, nil, `{"data":{"type":"Buffer","data":[0,255]},"dataType":"binary"}`},
		{"a date", &UserEventResponse{Data: Text("2026-08-22T10:00:00Z")}, nil,
			`{"data":{"type":"Buffer","data":[50,48,50,54,45,48,56,45,50,50,84,49,48,58,48,48,58,48,48,90]},"dataType":"text"}`},
		{"a date in a state", states(&UserEventResponse{}), nil, `{"data":"","dataType":"text","states":{"at":{"wps:json":"\"2026-01-02T03:04:05Z\""}}}`},
		{"cleared states", cleared, nil, `{"data":"x","dataType":"text","states":{"gone":null,"n":null,"new":1}}`},
		{"refused", nil, UserError("too long"), `{"code":"userError","errorMessage":"too long"}`},
		{"refused without a word", nil, Unauthorized(""), `{"code":"unauthorized","errorMessage":""}`},
		{"refused with a date", nil, UserError("2026-08-22T10:00:00"), `{"code":"userError","errorMessage":"2026-08-22T10:00:00 "}`},
		{"unknown code", nil, &EventErrorResponse{Code: "teapot", Message: "m"}, `{"code":"serverError","errorMessage":"m"}`},
		{"failed", nil, errors.New("secret"), `{"code":"serverError","errorMessage":"The function failed."}`},
		{"another event's answer", &ConnectEventResponse{}, nil, `{"code":"serverError","errorMessage":"The function failed."}`},
		{"not JSON", &UserEventResponse{Data: JSON(func() {})}, nil, `{"code":"serverError","errorMessage":"The function failed."}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			front := newFront(t, []Function{userFunction("message", func(inv *Invocation) error {
				if c.response != nil {
					inv.Respond(c.response)
				}
				return c.err
			})}, logTo(&logBuffer{}))
			status, answer := invoke(t, front, "message", hostEvent(`{"data":"aGk="}`, hostUserRequest))
			if status != 200 || !sameJSON(t, answer.ReturnValue, []byte(c.want)) {
				t.Errorf("%d %s, want %s", status, answer.ReturnValue, c.want)
			}
		})
	}
}

const hostConnectRequest = `{"claims":{"sub":["ann"]},"query":{"room":["red"]},"headers":{"x-one":["1"]},"subprotocols":["p"],` +
	`"clientCertificates":[{"Thumbprint":"t","content":null}],"connectionContext":{"eventType":"System","eventName":"connect","hub":"chat","connectionId":"c","states":null,"headers":{}}}`

// twice encodes JSON text as the host encodes text.
func twice(doc string) string {
	inner, _ := json.Marshal(doc)
	outer, _ := json.Marshal(string(inner))
	return string(outer)
}

func TestEnvelopeConnect(t *testing.T) {
	var seen *ConnectEventRequest
	var response EventResponse
	connect := systemFunction("connect", func(inv *Invocation) error {
		seen = inv.ConnectEventRequest()
		inv.Respond(response)
		return nil
	})
	front := newFront(t, []Function{connect}, logTo(&logBuffer{}))
	for name, data := range map[string]string{
		"twice encoded": `{"request":` + twice(hostConnectRequest) + `}`,
		"an object":     `{"request":` + hostConnectRequest + `}`,
		"binary":        `{"request":"` + base64.StdEncoding.EncodeToString([]byte(hostConnectRequest)) + `"}`,
	} {
		response, seen = &ConnectEventResponse{UserID: "u", Groups: []string{"g"}}, nil
		_, answer := invoke(t, front, "connect", `{"Data":`+data+`,"Metadata":{}}`)
		if !sameJSON(t, answer.ReturnValue, []byte(`{"userId":"u","groups":["g"],"subprotocol":null,"roles":null}`)) {
			t.Errorf("%s: %s", name, answer.ReturnValue)
		}
		if seen == nil || seen.Claims.Get("sub") != "ann" || seen.Query.Get("room") != "red" || seen.Headers.Get("X-One") != "1" ||
			!equal(seen.Subprotocols, []string{"p"}) || !equal(seen.ClientCertificates, []ClientCertificate{{Thumbprint: "t"}}) || seen.ConnectionID != "c" {
			t.Errorf("%s: %+v", name, seen)
		}
	}
	// A user id that looks like a date would be another behind the host: better a refusal than that.
	response = &ConnectEventResponse{UserID: "2026-08-22T10:00:00"}
	if _, answer := invoke(t, front, "connect", `{"Data":{"request":`+hostConnectRequest+`}}`); !strings.Contains(string(answer.ReturnValue), "serverError") {
		t.Errorf("a date as a user id: %s", answer.ReturnValue)
	}
	if _, answer := invoke(t, front, "connect", `{"Data":{"request":"null"},"Metadata":{}}`); !strings.Contains(string(answer.ReturnValue), "serverError") || len(answer.Logs) != 1 {
		t.Errorf("no request at all: %s %v", answer.ReturnValue, answer.Logs)
	}
	if _, answer := invoke(t, front, "connect", `{`); !strings.Contains(string(answer.ReturnValue), "serverError") {
		t.Errorf("no envelope at all: %s", answer.ReturnValue)
	}
}

// TestEnvelopeName: the host calls a function by its folder's spelling, and names are one but for their case.
func TestEnvelopeName(t *testing.T) {
	front := newFront(t, []Function{systemFunction("connect", nothing)})
	for name, want := range map[string]int{"connect": 200, "Connect": 200, "CONNECT": 200, "connected": 404, "/connect": 404, "connect/": 404} {
		r := httptest.NewRequest(http.MethodPost, "/"+name, strings.NewReader(`{"Data":{"request":`+hostConnectRequest+`}}`))
		if w := serve(front, r); w.Code != want {
			t.Errorf("%s: %d, want %d", name, w.Code, want)
		}
	}
}

// TestEnvelopeUntyped: the extension hands over the context of an event that it has no request for.
func TestEnvelopeUntyped(t *testing.T) {
	var seen *ConnectionContext
	front := newFront(t, []Function{systemFunction("paused", func(inv *Invocation) error { seen = inv.ConnectionContext(); return nil })}, logTo(&logBuffer{}))
	const context = `{"eventType":"System","eventName":"paused","hub":"chat","connectionId":"c","userId":"ann"}`
	invoke(t, front, "paused", `{"Data":{"request":"null"},"Metadata":{"ConnectionContext":`+context+`}}`)
	if seen == nil || seen.UserID != "ann" || seen.EventType != EventTypeSystem {
		t.Errorf("context %+v", seen)
	}
	seen = nil
	for _, metadata := range []string{`{}`, `{"ConnectionContext":5}`} {
		if invoke(t, front, "paused", `{"Data":{"request":"null"},"Metadata":`+metadata+`}`); seen != nil {
			t.Errorf("%s: context %+v", metadata, seen)
		}
	}
}

// TestEnvelopeIndentedStates: the host indents a request that is the trigger's value, and its states.
func TestEnvelopeIndentedStates(t *testing.T) {
	var states map[string]json.RawMessage
	front := newFront(t, []Function{systemFunction("connected", func(inv *Invocation) error { states = inv.ConnectionContext().States(); return nil })})
	const request = `{"connectionContext":{"eventType":"System","eventName":"connected","states":{"list":[ 1,
		2 ],"at":{
		"wps:json": "\"2026-08-22T10:00:00Z\""
	}}}}`
	invoke(t, front, "connected", `{"Data":{"request":`+twice(request)+`},"Metadata":{}}`)
	if string(states["list"]) != "[1,2]" || string(states["at"]) != `"2026-08-22T10:00:00Z"` {
		t.Errorf("states %s", states)
	}
}

func TestEnvelopeMQTT(t *testing.T) {
	request := strings.Replace(hostConnectRequest, `{"claims"`, `{"mqtt":{"protocolVersion":5,"username":"u"},"claims"`, 1)
	request = strings.Replace(request, `"states":null`, `"physicalConnectionId":"p1","sessionId":null,"states":null`, 1)
	var response EventResponse
	var failure error
	var seen *ConnectEventRequest
	front := newFront(t, []Function{systemFunction("connect", func(inv *Invocation) error {
		seen = inv.ConnectEventRequest()
		inv.Respond(response)
		return failure
	})}, logTo(&logBuffer{}))
	for _, c := range []struct {
		response EventResponse
		err      error
		want     string
	}{
		{&ConnectEventResponse{UserID: "u"}, nil, `{"mqtt":null,"userId":"u","groups":null,"subprotocol":"mqtt","roles":null}`},
		{nil, MQTTError(MQTT5Banned, "no"), `{"mqtt":{"code":138,"reason":"no","userProperties":null}}`},
		{nil, Unauthorized("who?"), `{"mqtt":{"code":135,"reason":"who?","userProperties":null}}`},
		{nil, MQTTError(MQTT5Banned, "no", MQTTUserProperty{Name: "until", Value: "2026-08-22T10:00:00Z"}),
			`{"mqtt":{"code":138,"reason":"no","userProperties":[{"name":"until","value":"2026-08-22T10:00:00Z "}]}}`},
		{&ConnectEventResponse{MQTT: &MQTTConnectResponse{UserProperties: []MQTTUserProperty{{Name: "until", Value: "2026-08-22T10:00:00Z"}}}}, nil,
			`{"mqtt":{"code":136,"reason":"The function failed.","userProperties":null}}`},
		{nil, MQTTError(130, "no such code"), `{"mqtt":{"code":136,"reason":"The function failed.","userProperties":null}}`},
	} {
		response, failure = c.response, c.err
		_, answer := invoke(t, front, "connect", `{"Data":{"request":`+twice(request)+`}}`)
		if !sameJSON(t, answer.ReturnValue, []byte(c.want)) {
			t.Errorf("%s, want %s", answer.ReturnValue, c.want)
		}
	}
	if !seen.IsMQTT() || seen.PhysicalConnectionID != "p1" || seen.MQTT.ProtocolVersion != MQTTVersion5 || seen.MQTT.Username != "u" {
		t.Errorf("%+v", seen)
	}
}

// TestEnvelopeActions: actions go into the outputs, all or none.
func TestEnvelopeActions(t *testing.T) {
	var actions []Action
	var failure error
	front := newFront(t, []Function{userFunction("message", func(inv *Invocation) error {
		inv.Actions("actions").Add(actions...)
		return failure
	}, WebPubSub{Name: "actions"})}, logTo(&logBuffer{}))
	event := hostEvent(`{"data":"aGk="}`, hostUserRequest)

	actions = []Action{SendToAll{Data: Text("hi")}, AddUserToGroup{UserID: "u", Group: "g"}}
	_, answer := invoke(t, front, "message", event)
	if !sameJSON(t, answer.Outputs["actions"], []byte(`[{"actionName":"sendToAll","data":"hi","dataType":"text"},{"actionName":"addUserToGroup","userId":"u","group":"g"}]`)) {
		t.Errorf("outputs %s", answer.Outputs)
	}
	for name, bad := range map[string]Action{
		"nil": nil, "REST only": CloseUserConnections{UserID: "u"}, "a date": AddUserToGroup{UserID: "u", Group: "2026-08-22T10:00:00"}, "no data": SendToAll{},
	} {
		actions = []Action{SendToAll{Data: Text("hi")}, bad}
		if _, answer := invoke(t, front, "message", event); len(answer.Outputs) > 0 || !strings.Contains(string(answer.ReturnValue), "serverError") {
			t.Errorf("%s: %s %s", name, answer.Outputs, answer.ReturnValue)
		}
	}
	actions, failure = []Action{SendToAll{Data: Text("hi")}}, UserError("no")
	if _, answer := invoke(t, front, "message", event); len(answer.Outputs) > 0 {
		t.Errorf("of a function that failed: %s", answer.Outputs)
	}
}

func TestEnvelopeConnectedFails(t *testing.T) {
	front := newFront(t, []Function{systemFunction("connected", func(*Invocation) error { panic("oops") })}, logTo(&logBuffer{}))
	status, answer := invoke(t, front, "connected", hostEvent(`{"request":"null"}`, hostConnectRequest))
	if status != 200 || string(answer.ReturnValue) != "null" {
		t.Errorf("%d %s", status, answer.ReturnValue)
	}
}
