package wps

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func sendTwice(inv *Invocation) error {
	inv.Actions("actions").Add(SendToAll{Data: Text("1")}, AddUserToGroup{UserID: inv.ConnectionContext().UserID, Group: "g"})
	inv.Respond(&UserEventResponse{Data: Text("ack")})
	return nil
}

func TestActionsGoOutBeforeTheReply(t *testing.T) {
	stub := newRESTStub(t)
	app := mustNew(t, []Function{userFunction("message", sendTwice, WebPubSub{Name: "actions"})}, stub.settings(), stub.http())
	var r *http.Request
	sent := -1
	w := httptest.NewRecorder()
	r = fromStub(stub, userEvent("message", "x"))
	app.ServeHTTP(headerWatcher{w, func() { sent = len(stub.recorded()) }}, r)
	if w.Code != 200 || w.Body.String() != "ack" || sent != 2 {
		t.Errorf("%d %q, %d actions sent before the reply", w.Code, w.Body, sent)
	}
	want := []string{`POST /api/hubs/chat/:send text/plain "1"`, `PUT /api/hubs/chat/users/ann/groups/g  ""`}
	if got := stub.recorded(); !equal(got, want) {
		t.Errorf("calls %q, want %q", got, want)
	}
}

// fromStub makes an event come from the stub's host.
func fromStub(stub *restStub, r *http.Request) *http.Request {
	host, _, _ := strings.Cut(strings.TrimPrefix(stub.URL, "http://"), ":")
	r.Header.Set("WebHook-Request-Origin", host)
	return r
}

// headerWatcher calls wrote when the answer begins.
type headerWatcher struct {
	http.ResponseWriter
	wrote func()
}

func (w headerWatcher) WriteHeader(status int) {
	w.wrote()
	w.ResponseWriter.WriteHeader(status)
}

func TestFailedActionFailsTheEvent(t *testing.T) {
	stub := newRESTStub(t)
	stub.answer = func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method == http.MethodPut {
			w.WriteHeader(http.StatusNotFound)
		}
		return r.Method == http.MethodPut
	}
	for _, event := range []string{EventTypeUser, EventTypeSystem} {
		var log logBuffer
		f, r, want := userFunction("message", sendTwice, WebPubSub{Name: "actions"}), userEvent("message", "x"), 500
		if event == EventTypeSystem {
			f, r, want = systemFunction("connected", sendTwice, WebPubSub{Name: "actions"}), systemEvent("connected", "{}"), 200
		}
		app := mustNew(t, []Function{f}, stub.settings(), stub.http(), logTo(&log))
		w := serve(app, fromStub(stub, r))
		if w.Code != want || want == 500 && w.Body.String() != genericError {
			t.Errorf("%s: %d %q", event, w.Code, w.Body)
		}
		for _, part := range []string{"output actions: AddUserToGroup: the service answered 404"} {
			if !strings.Contains(log.String(), part) {
				t.Errorf("the log lacks %q: %s", part, &log)
			}
		}
	}
}

func TestFailedFunctionSendsNothing(t *testing.T) {
	stub := newRESTStub(t)
	app := mustNew(t, []Function{userFunction("message", func(inv *Invocation) error {
		inv.Actions("actions").Add(SendToAll{Data: Text("1")})
		return UserError("no")
	}, WebPubSub{Name: "actions"})}, stub.settings(), stub.http())
	if w := serve(app, fromStub(stub, userEvent("message", "x"))); w.Code != 400 {
		t.Errorf("status %d", w.Code)
	}
	if calls := stub.recorded(); len(calls) > 0 {
		t.Errorf("sent %q", calls)
	}
}

func TestUnknownOutput(t *testing.T) {
	var log logBuffer
	app := mustNew(t, []Function{userFunction("message", sendTwice)}, logTo(&log))
	if w := serve(app, userEvent("message", "x")); w.Code != 500 || !strings.Contains(log.String(), "no webPubSub output of that name") {
		t.Errorf("%d, log %s", w.Code, &log)
	}
}

func TestHubExpressions(t *testing.T) {
	stub := newRESTStub(t)
	var client string
	app := mustNew(t, []Function{userFunction("message", func(inv *Invocation) error {
		client = inv.ServiceClient().hub
		inv.Actions("first").Add(SendToAll{Data: Text("1")})
		inv.Actions("second").Add(SendToAll{Data: Text("2")})
		return nil
	}, WebPubSub{Name: "first", Hub: "{connectionContext.UserId}x{dataType}{claims.sub}"}, WebPubSub{Name: "second", Hub: "fixed"})},
		stub.settings(), stub.http())
	if w := serve(app, fromStub(stub, userEvent("message", "x"))); w.Code != 200 {
		t.Fatalf("status %d", w.Code)
	}
	want := []string{`POST /api/hubs/annxText/:send text/plain "1"`, `POST /api/hubs/fixed/:send text/plain "2"`}
	if got := stub.recorded(); !equal(got, want) || client != "annxText" {
		t.Errorf("calls %q, want %q; the function's client is for %s", got, want, client)
	}
}

func TestEventBindingData(t *testing.T) {
	stub := newRESTStub(t)
	for expression, want := range map[string]string{
		"h{reason}":                           "hgone",
		"h{connectionContext.eventType}":      "hSystem",
		"{connectionContext.EventName}":       "disconnected",
		"{connectionContext.hub}":             "chat",
		"c{connectionContext.connectionId}":   "",
		"{sys.MethodName}":                    "disconnected",
		"h{connectionContext.headers.x}":      "h",
		"h{data}{request}{query.a}":           "h",
		"{request.connectionContext.Hub}":     "chat",
		"h{Request.Reason}":                   "hgone",
		"h{request.claims}":                   "",
		"h{request.nope}":                     "",
		"{connectionContext.origin}":          "",
		"{connectionContext.nope}":            "",
		"a{sys.nope}":                         "",
		"h{connectionContext.signature.x}":    "",
		"h{connectionContext.states.counter}": "h",
	} {
		app := mustNew(t, []Function{systemFunction("disconnected", func(inv *Invocation) error {
			inv.Actions("out").Add(SendToAll{Data: Text("x")})
			return nil
		}, WebPubSub{Name: "out", Hub: expression})}, stub.settings(), stub.http())
		before := len(stub.recorded())
		serve(app, fromStub(stub, systemEvent("disconnected", `{"reason":"gone"}`)))
		calls := stub.recorded()[before:]
		var expected []string
		if want != "" {
			expected = []string{`POST /api/hubs/` + want + `/:send text/plain "x"`}
		}
		if !equal(calls, expected) {
			t.Errorf("%s: calls %q, want %q", expression, calls, expected)
		}
	}
}

func TestServiceClientOfAFunction(t *testing.T) {
	keyed := WithSettings(map[string]string{settingConnection: testConnection, settingHub: "default"})
	none := WithSettings(map[string]string{})
	unsigned := Function{Name: "u", Bindings: []Binding{WebPubSubTrigger{Hub: "h", EventType: "user", EventName: "e", Unsigned: true}}}
	for _, c := range []struct {
		name     string
		function Function
		settings Option
		want     string
		err      string
	}{
		{"trigger", userFunction("message", nil), keyed, "chat", ""},
		{"input", userFunction("message", nil, WebPubSubConnection{Name: "c", Hub: "in"}), keyed, "in", ""},
		{"output", userFunction("message", nil, WebPubSubConnection{Name: "c", Hub: "in"}, WebPubSub{Name: "o", Hub: "out"}), keyed, "out", ""},
		{"http", httpFunction("f", anonymous(""), nil), keyed, "default", ""},
		{"http without a service", httpFunction("f", anonymous(""), nil), none, "", "setting WebPubSubConnectionString is not set"},
		{"unsigned without a service", unsigned, none, "", "function u has no service to speak to"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := c.function
			f.Handler = handler(nothing)
			b, problems := newConfig([]Option{c.settings}).bind(f)
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			client := (&Invocation{function: b}).ServiceClient()
			if c.err != "" {
				wantError(t, client.Do(t.Context()), c.err)
				_, err := client.ClientAccess(t.Context(), ClientAccessOptions{})
				wantError(t, err, c.err)
				return
			}
			if client.hub != c.want {
				t.Errorf("hub %s, want %s", client.hub, c.want)
			}
		})
	}
}

func TestHTTPFunctionWithOutput(t *testing.T) {
	stub := newRESTStub(t)
	app := mustNew(t, []Function{httpFunction("f", anonymous(""), func(inv *Invocation) error {
		inv.Actions("out").Add(SendToAll{Data: Text(inv.Request().URL.Query().Get("text"))})
		return nil
	}, WebPubSub{Name: "out"})}, stub.settings(), stub.http())
	if w := serve(app, httptest.NewRequest("GET", "/api/f?text=hi", nil)); w.Code != 200 {
		t.Errorf("status %d", w.Code)
	}
	if got := stub.recorded(); !equal(got, []string{`POST /api/hubs/chat/:send text/plain "hi"`}) {
		t.Errorf("calls %q", got)
	}
}
