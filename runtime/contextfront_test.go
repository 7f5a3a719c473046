package wps

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/internal/wire"
)

// contextFunction is an event handler at /api/hook.
func contextFunction(binding WebPubSubContext, call func(*Invocation) error, more ...Binding) Function {
	binding.Name = "wpsContext"
	return httpFunction("hook", anonymous(""), call, append([]Binding{binding}, more...)...)
}

// toHook sends an event of the webhook to the event handler.
func toHook(r *http.Request) *http.Request {
	r.URL.Path = "/api/hook"
	return r
}

// requestKind names what a function was handed.
func requestKind(r EventRequest) string {
	switch r.(type) {
	case *ConnectEventRequest:
		return "connect"
	case *ConnectedEventRequest:
		return "connected"
	case *DisconnectedEventRequest:
		return "disconnected"
	case *UserEventRequest:
		return "user"
	case nil:
		return "none"
	}
	return "unknown"
}

// TestContextEvents sends each kind of event, and answers it with what suits.
func TestContextEvents(t *testing.T) {
	answer := func(r EventResponse) func(EventRequest) (EventResponse, error) {
		return func(EventRequest) (EventResponse, error) { return r, nil }
	}
	state := &UserEventResponse{Data: JSON(map[string]int{"n": 1})}
	state.SetState("seen", 1)
	for _, c := range []struct {
		name    string
		request *http.Request
		call    func(EventRequest) (EventResponse, error)
		status  int
		body    string
		header  string // name: value
	}{
		{"connect", systemEvent("connect", connectBodyText), func(r EventRequest) (EventResponse, error) {
			return &ConnectEventResponse{UserID: r.(*ConnectEventRequest).Claims.Get("sub")}, nil
		}, 200, `{"userId":"ann","groups":null,"subprotocol":null,"roles":null}`, "Content-Type: application/json"},
		{"connect without an answer", systemEvent("connect", noClaims), answer(nil), 200, "", ""},
		{"connected", systemEvent("connected", "{}"), answer(&UserEventResponse{Data: Text("nobody reads this")}), 200, "", ""},
		{"disconnected", systemEvent("disconnected", `{"reason":"gone"}`), func(r EventRequest) (EventResponse, error) {
			if reason := r.(*DisconnectedEventRequest).Reason; reason != "gone" {
				return nil, errors.New("reason " + reason)
			}
			return nil, nil
		}, 200, "", ""},
		{"user", userEvent("message", "hi"), func(r EventRequest) (EventResponse, error) {
			e := r.(*UserEventRequest)
			return &UserEventResponse{Data: Text(e.EventName + " " + e.UserID + " " + string(e.DataType) + " " + string(e.Data))}, nil
		}, 200, "message ann text hi", "Content-Type: text/plain"},
		{"state", userEvent("message", "hi"), answer(state), 200, `{"n":1}`, "Ce-Connectionstate: eyJzZWVuIjoiTVE9PSJ9"},
		{"refused", systemEvent("connect", noClaims), func(EventRequest) (EventResponse, error) { return nil, Unauthorized("who?") }, 401, "who?", ""},
		{"failed", userEvent("message", "hi"), func(EventRequest) (EventResponse, error) { return nil, errors.New("secret") }, 500, genericError, ""},
		{"wrong answer", userEvent("message", "hi"), answer(&ConnectEventResponse{}), 500, genericError, ""},
		{"failed, nobody waits", systemEvent("connected", "{}"), func(EventRequest) (EventResponse, error) { return nil, errors.New("x") }, 200, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			app := mustNew(t, []Function{contextFunction(WebPubSubContext{}, func(inv *Invocation) error {
				response, err := c.call(inv.RequestContext().Request)
				inv.Respond(response)
				return err
			})})
			w := serve(app, toHook(c.request))
			if w.Code != c.status || w.Body.String() != c.body {
				t.Errorf("%d %q, want %d %q", w.Code, w.Body, c.status, c.body)
			}
			if name, value, ok := strings.Cut(c.header, ": "); ok && w.Header().Get(name) != value {
				t.Errorf("header %s: %q, want %q", name, w.Header().Get(name), value)
			}
		})
	}
}

// TestContextRefusals are requests the function never sees.
func TestContextRefusals(t *testing.T) {
	with := func(r *http.Request, header, value string) *http.Request {
		r.Header.Del(header)
		if value != "" {
			r.Header.Set(header, value)
		}
		return r
	}
	preflight := func(origin string) *http.Request {
		return with(httptest.NewRequest(http.MethodOptions, "/", nil), "WebHook-Request-Origin", origin)
	}
	tooLarge := userEvent("message", strings.Repeat("x", 33))
	chunked := userEvent("message", strings.Repeat("x", 33))
	chunked.ContentLength = -1
	for _, c := range []struct {
		name    string
		request *http.Request
		status  int
		body    string
	}{
		{"another host's preflight", preflight("other.example"), 400, ""},
		{"preflight without origin", preflight(""), 400, messageNotAnEvent},
		{"preflight of no origin", preflight(" ,"), 400, messageNotAnEvent},
		{"no type", with(userEvent("message", "x"), "ce-type", ""), 400, messageNotAnEvent},
		{"system event without a name", with(systemEvent("connect", "{}"), "ce-eventName", ""), 400, messageNotAnEvent},
		{"signature", with(userEvent("message", "x"), "ce-signature", "sha256=00"), 401, messageBadSignature},
		{"no signature", with(userEvent("message", "x"), "ce-signature", ""), 401, messageBadSignature},
		{"origin", with(userEvent("message", "x"), "WebHook-Request-Origin", "other.example"), 401, messageBadSignature},
		{"no origin", with(userEvent("message", "x"), "WebHook-Request-Origin", ""), 401, messageBadSignature},
		{"media type", with(userEvent("message", "x"), "Content-Type", "image/png"), 400, "ContentType is not supported: image/png"},
		{"no media type", with(userEvent("message", "x"), "Content-Type", ""), 400, "ContentType is not supported: "},
		{"connect body", systemEvent("connect", "{"), 400, "The event's body could not be read."},
		{"disconnected body", systemEvent("disconnected", "[]"), 400, "The event's body could not be read."},
		{"too large", tooLarge, 413, "the body is too large\n"},
		{"too large, chunked", chunked, 413, "The body is too large."},
	} {
		t.Run(c.name, func(t *testing.T) {
			log := &logBuffer{}
			app := mustNew(t, []Function{contextFunction(WebPubSubContext{}, func(*Invocation) error {
				t.Error("the function was called")
				return nil
			})}, WithMaxBody(32), logTo(log))
			w := serve(app, toHook(c.request))
			if w.Code != c.status || w.Body.String() != c.body {
				t.Errorf("%d %q, want %d %q", w.Code, w.Body, c.status, c.body)
			}
			if w.Body.Len() > 0 && w.Header().Get("X-Content-Type-Options") != "nosniff" {
				t.Error("a browser may take the text for something else")
			}
			if (w.Header().Get("Connection") == "close") != (c.status == 413) {
				t.Errorf("Connection: %q", w.Header().Get("Connection"))
			}
			if c.name != "too large" && !strings.Contains(log.String(), "request refused") {
				t.Errorf("nothing in the log: %s", log)
			}
		})
	}
}

// TestContextIsLenient: what the webhook refuses and the binding does not.
func TestContextIsLenient(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*http.Request)
		want   string
	}{
		{"no hub", func(r *http.Request) { r.Header.Del("ce-hub") }, "user  message conn-1 ann"},
		{"no name", func(r *http.Request) { r.Header.Del("ce-eventName") }, "user chat  conn-1 ann"},
		{"another method", func(r *http.Request) { r.Method = http.MethodPut }, "user chat message conn-1 ann"},
		{"two lines", func(r *http.Request) {
			for _, name := range []string{"ce-hub", "ce-eventName", "ce-type", "ce-userId", "ce-signature", "ce-connectionId", "WebHook-Request-Origin"} {
				r.Header.Add(name, "second")
			}
		}, "user chat message conn-1 ann"},
		{"a type without a value", func(r *http.Request) { r.Header.Set("ce-type", "") }, "user chat message conn-1 ann"},
		{"a system event's name without a value", func(r *http.Request) {
			r.Header.Set("ce-type", wire.SystemTypePrefix)
			r.Header.Set("ce-eventName", "")
		}, "none"},
		{"subprotocols in two lines", func(r *http.Request) {
			r.Header["Ce-Subprotocol"] = []string{"x", "mqtt"}
			r.Header.Set("ce-physicalConnectionId", "p")
		}, "user chat message conn-1 ann"},
		{"MQTT in the first of two lines", func(r *http.Request) {
			r.Header["Ce-Subprotocol"] = []string{"mqtt", "x"}
			r.Header.Set("ce-physicalConnectionId", "p")
		}, "user chat message conn-1 ann mqtt"},
		{"unknown system event", func(r *http.Request) {
			r.Header.Set("ce-type", wire.SystemTypePrefix+"joinedGroup")
			r.Header.Set("ce-eventName", "joinedGroup")
		}, "none"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := ""
			app := mustNew(t, []Function{contextFunction(WebPubSubContext{}, func(inv *Invocation) error {
				r := inv.RequestContext().Request
				got = requestKind(r)
				if e, ok := r.(*UserEventRequest); ok {
					got += " " + strings.Join([]string{e.Hub, e.EventName, e.ConnectionID, e.UserID}, " ")
					if e.IsMQTT() {
						got += " mqtt"
					}
				}
				return nil
			})})
			r := toHook(userEvent("message", "x"))
			c.change(r)
			if w := serve(app, r); w.Code != 200 || got != c.want {
				t.Errorf("%d, the function got %q, want %q", w.Code, got, c.want)
			}
		})
	}
}

// TestContextBesideOthers: the request can be read again, outputs send, expressions find its query.
func TestContextBesideOthers(t *testing.T) {
	stub := newRESTStub(t)
	app := mustNew(t, []Function{contextFunction(WebPubSubContext{}, func(inv *Invocation) error {
		body, err := io.ReadAll(inv.Request().Body)
		inv.Actions("actions").Add(SendToAll{Data: Text(string(body))})
		return err
	}, WebPubSub{Name: "actions", Hub: "{query.room}"})}, stub.settings(), stub.http())
	r := fromStub(stub, toHook(userEvent("message", "hi")))
	r.URL.RawQuery = "room=kitchen"
	w := serve(app, r)
	want := []string{`POST /api/hubs/kitchen/:send text/plain "hi"`}
	if got := stub.recorded(); w.Code != 200 || !equal(got, want) {
		t.Errorf("%d, calls %q, want %q", w.Code, got, want)
	}
}

// TestContextAuthLevel: the key comes before everything.
func TestContextAuthLevel(t *testing.T) {
	f := Function{Name: "hook", Bindings: []Binding{HTTPTrigger{Name: "req"}, HTTPOutput{Name: "res"}, WebPubSubContext{}}, Handler: handler(nothing)}
	app := mustNew(t, []Function{f}, WithSettings(map[string]string{settingConnection: testConnection, settingFunctionKey: "k"}))
	for key, want := range map[string]int{"": 401, "k": 200} {
		r := httptest.NewRequest(http.MethodOptions, "/api/hook?code="+key, nil)
		r.Header.Set("WebHook-Request-Origin", "svc.example")
		if w := serve(app, r); w.Code != want {
			t.Errorf("key %q: %d, want %d", key, w.Code, want)
		}
	}
}

func TestContextProblems(t *testing.T) {
	hook := func(c WebPubSubContext) Function { return contextFunction(c, nothing) }
	for _, c := range []struct {
		name     string
		function Function
		settings map[string]string
		want     string
	}{
		{"no connection", hook(WebPubSubContext{}), nil, "chat.go:5: function hook: webPubSubContext: connection: setting WebPubSubConnectionString is not set"},
		{"no key", hook(WebPubSubContext{Connection: "A"}), map[string]string{"A": "Endpoint=https://a"}, "webPubSubContext: connection: setting A: the connection string has no AccessKey"},
		{"identity", hook(WebPubSubContext{Connections: []string{"A"}}), map[string]string{"A__serviceUri": "https://a"}, "unsigned"},
		{"no http", Function{Name: "f", Bindings: []Binding{trigger(WebPubSubTrigger{})[0], WebPubSubContext{}}, Handler: handler(nothing)},
			map[string]string{settingConnection: testConnection}, "webPubSubContext: an httpTrigger must bring the requests"},
		{"two", contextFunction(WebPubSubContext{}, nothing, WebPubSubContext{}), map[string]string{settingConnection: testConnection}, "has two of them"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := New([]Function{c.function}, WithSettings(c.settings), silent())
			wantError(t, err, c.want)
		})
	}
	log := &logBuffer{}
	mustNew(t, []Function{hook(WebPubSubContext{Unsigned: true})}, WithSettings(nil), logTo(log))
	if !strings.Contains(log.String(), "events are accepted without a signature") || !strings.Contains(log.String(), "route=hook") {
		t.Errorf("no warning: %s", log)
	}
}
