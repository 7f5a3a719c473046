package emulator_test

import (
	"encoding/json"
	"net/http"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/wpsgen/wpsgen/emulator"
	"github.com/wpsgen/wpsgen/internal/wire"
)

// TestEventHeaders follows one connection through its life (service-spec 3.3, 3.4).
func TestEventHeaders(t *testing.T) {
	a := newApp(t, nil)
	emu := start(t, emulator.Options{Hubs: a.hubs()})
	ada := dialJSON(t, emu, emulator.ClientOptions{UserID: "ada ü"})
	connect := a.next(t, "connect")
	connected := a.next(t, "connected")
	ada.send(`{"type":"event","event":"Say.it","dataType":"json","data":{"a": 1},"metadata":{"Trace-Id":"7"},"ackId":1}`)
	ada.want(`{"type":"ack","ackId":1,"success":true}`)
	said := a.next(t, "Say.it")
	_ = ada.Close(websocket.StatusNormalClosure, "bye")
	gone := a.next(t, "disconnected")

	signature := wire.NewSigner(emulator.DefaultAccessKey).Sign(ada.id)
	for i, got := range []received{connect, connected, said, gone} {
		name := got.event()
		kind := "azure.webpubsub.sys."
		if name == "Say.it" {
			kind = "azure.webpubsub.user."
		}
		subprotocol := jsonProtocol
		if name == "connect" {
			subprotocol = ""
		}
		for header, want := range map[string]string{
			"ce-specversion": "1.0", "ce-awpsversion": "1.0", "ce-type": kind + name,
			"ce-source": "/hubs/chat/client/" + ada.id, "ce-id": string(rune('0' + i)),
			"ce-signature": signature, "ce-connectionId": ada.id, "ce-hub": "chat",
			"ce-userId": "ada ü", "ce-subprotocol": subprotocol, "WebHook-Request-Origin": "127.0.0.1",
			"Content-Type": "application/json", "Authorization": "",
		} {
			if got.Get(header) != want {
				t.Errorf("%s: %s is %q, want %q", name, header, got.Get(header), want)
			}
		}
		if at, err := time.Parse("2006-01-02T15:04:05Z", got.Get("ce-time")); err != nil || time.Since(at) > time.Minute {
			t.Errorf("%s: ce-time %q", name, got.Get("ce-time"))
		}
		if got.Get("x-ms-client-request-id") == "" || got.path != "/events/"+name+"?code=secret" {
			t.Errorf("%s: request id %q, path %q", name, got.Get("x-ms-client-request-id"), got.path)
		}
	}
	if connected.body != "{}" || said.body != `{"a": 1}` || gone.body != `{"reason":"bye"}` {
		t.Errorf("bodies %q, %q, %q", connected.body, said.body, gone.body)
	}
	if said.Get("x-webpubsub-metadata-trace-id") != "7" {
		t.Errorf("metadata is missing in %v", said.Header)
	}
}

func TestConnectBody(t *testing.T) {
	a := newApp(t, nil)
	emu := start(t, emulator.Options{Hubs: a.hubs()})
	user := "ada"
	token := mint(t, emu, emulator.DefaultAccessKey, "", wire.ClientToken{UserID: &user, Roles: []string{"r1", "r2"}}, time.Now())
	u := emu.Endpoint() + "/client/?hub=chat&access_token=" + token + "&room=1&room=2&group=mine"
	conn, _, err := websocket.Dial(testContext(t), u, &websocket.DialOptions{
		Subprotocols: []string{"custom", jsonProtocol},
		HTTPHeader:   http.Header{"Authorization": {"Bearer " + token}},
	})
	if err != nil {
		t.Fatal(err)
	}
	_ = conn.CloseNow()
	got := a.next(t, "connect")
	var body struct {
		Claims, Query, Headers map[string][]string
		Subprotocols           []string
		ClientCertificates     *[]any
	}
	if err := json.Unmarshal([]byte(got.body), &body); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(got.body, token) {
		t.Error("the token is shown")
	}
	if want := map[string][]string{"room": {"1", "2"}, "group": {"mine"}}; !reflect.DeepEqual(body.Query, want) {
		t.Errorf("query %v", body.Query)
	}
	const subject = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier"
	for claim, want := range map[string][]string{
		"sub": {"ada"}, subject: {"ada"}, "role": {"r1", "r2"}, "aud": {emu.Endpoint() + "/client/hubs/chat"},
	} {
		if !reflect.DeepEqual(body.Claims[claim], want) {
			t.Errorf("claim %s is %v, want %v", claim, body.Claims[claim], want)
		}
	}
	if exp := body.Claims["exp"]; len(exp) != 1 || len(exp[0]) != 10 {
		t.Errorf("claim exp is %v", exp)
	}
	if !reflect.DeepEqual(body.Subprotocols, []string{"custom", jsonProtocol}) || body.ClientCertificates == nil || len(body.Headers["Upgrade"]) != 1 {
		t.Errorf("body %s", got.body)
	}
}

// TestConnectDecides: what the handler answers replaces what the token says.
func TestConnectDecides(t *testing.T) {
	a := newApp(t, func(w http.ResponseWriter, r received) {
		if r.event() == "connect" {
			reply(w, "application/json", `{"userId":"bob","groups":["g2"],"roles":["webpubsub.sendToGroup"],"more":1}`)
		}
	})
	emu := start(t, emulator.Options{Hubs: a.hubs()})
	c := dialJSON(t, emu, emulator.ClientOptions{UserID: "ada", Groups: []string{"g1"}, Roles: []string{"webpubsub.joinLeaveGroup"}})
	call(t, emu, "POST", "/api/hubs/chat/groups/g1/:send", "text/plain", "no")
	call(t, emu, "POST", "/api/hubs/chat/users/ada/:send", "text/plain", "no")
	call(t, emu, "POST", "/api/hubs/chat/groups/g2/:send", "text/plain", "yes")
	call(t, emu, "POST", "/api/hubs/chat/users/bob/:send", "text/plain", "yes")
	c.want(`{"type":"message","from":"group","group":"g2","fromUserId":null,"dataType":"text","data":"yes"}`,
		`{"type":"message","from":"server","dataType":"text","data":"yes"}`)
	c.send(`{"type":"joinGroup","group":"g1","ackId":1}`)
	if got := c.read(); !strings.Contains(got, "Forbidden") {
		t.Errorf("the token's role still counts: %s", got)
	}
	a.next(t, "connect")
	if got := a.next(t, "connected").Get("ce-userId"); got != "bob" {
		t.Errorf("ce-userId %q", got)
	}
}

// TestConnectKeepsAndRemoves: no groups keep the token's, no roles remove them.
func TestConnectKeepsAndRemoves(t *testing.T) {
	a := newApp(t, func(w http.ResponseWriter, r received) {
		if r.event() == "connect" {
			reply(w, "application/json", `{"userId":null,"groups":[],"roles":[]}`)
		}
	})
	emu := start(t, emulator.Options{Hubs: a.hubs()})
	c := dialJSON(t, emu, emulator.ClientOptions{UserID: "ada", Groups: []string{"g"}, Roles: anything})
	c.send(`{"type":"leaveGroup","group":"g","ackId":1}`)
	if got := c.read(); !strings.Contains(got, "Forbidden") {
		t.Errorf("the token's roles still count: %s", got)
	}
	call(t, emu, "POST", "/api/hubs/chat/groups/g/:send", "text/plain", "hi")
	call(t, emu, "POST", "/api/hubs/chat/users/ada/:send", "text/plain", "hi")
	c.want(fromGroup("g", "hi"), fromServer("hi"))
}

// TestConnectedComesFirst: disconnected waits for a connected that is still being answered.
func TestConnectedComesFirst(t *testing.T) {
	entered, release := make(chan struct{}), make(chan struct{})
	a := newApp(t, func(w http.ResponseWriter, r received) {
		if r.event() == "connected" {
			close(entered)
			<-release
		}
	})
	gone := make(chan struct{})
	emu := start(t, emulator.Options{Hubs: a.hubs()})
	c := dialJSON(t, emu, emulator.ClientOptions{})
	a.next(t, "connect")
	<-entered
	c.send(`{"type":"event","event":"say","data":1}`)
	a.next(t, "say") // is not held up
	go func() {
		defer close(gone)
		_ = c.Close(websocket.StatusNormalClosure, "")
	}()
	<-gone
	close(release)
	a.next(t, "connected")
	a.next(t, "disconnected")
}

// TestStateAndCookies: what a good answer sets comes with the following events, of this connection.
func TestStateAndCookies(t *testing.T) {
	a := newApp(t, func(w http.ResponseWriter, r received) {
		switch r.event() {
		case "connect":
			w.Header().Set("ce-connectionState", "one")
			http.SetCookie(w, &http.Cookie{Name: "c", Value: "1"})
		case "change":
			w.Header()["Ce-Connectionstate"] = []string{"x", "two"}
		case "fail":
			w.Header().Set("ce-connectionState", "bad")
			http.SetCookie(w, &http.Cookie{Name: "bad", Value: "1"})
			w.WriteHeader(500)
		case "empty":
			w.Header()["Ce-Connectionstate"] = []string{""}
		}
	})
	emu := start(t, emulator.Options{Hubs: a.hubs()})
	c := dialJSON(t, emu, emulator.ClientOptions{})
	if got := a.next(t, "connect"); got.Values("ce-connectionState") != nil || got.Get("Cookie") != "" {
		t.Errorf("connect has state or cookie: %v", got.Header)
	}
	a.next(t, "connected")
	steps := []struct{ event, state string }{{"change", "one"}, {"fail", "two"}, {"empty", "two"}, {"last", ""}}
	for _, step := range steps {
		c.send(`{"type":"event","event":"` + step.event + `","data":1}`)
		got := a.next(t, step.event)
		if state := got.Values("ce-connectionState"); len(state) != 1 || state[0] != step.state {
			t.Errorf("%s: state %q, want %q", step.event, state, step.state)
		}
		if got.Get("Cookie") != "c=1" {
			t.Errorf("%s: cookies %q", step.event, got.Get("Cookie"))
		}
	}
}

// TestDisconnectedOnce holds the reason for every way to end.
func TestDisconnectedOnce(t *testing.T) {
	tests := []struct {
		name, reason string
		end          func(*emulator.Emulator, *client)
	}{
		{"client closes", "bye", func(_ *emulator.Emulator, c *client) { _ = c.Close(websocket.StatusNormalClosure, "bye") }},
		{"client closes without a code", "", func(_ *emulator.Emulator, c *client) { _ = c.Close(websocket.StatusNoStatusRcvd, "") }},
		{"client is lost", "", func(_ *emulator.Emulator, c *client) { _ = c.CloseNow() }},
		{"REST", "Application server closed the connection. Reason: enough", func(emu *emulator.Emulator, c *client) {
			call(c.t, emu, "DELETE", "/api/hubs/chat/connections/"+c.id+"?reason=enough", "", "")
			call(c.t, emu, "DELETE", "/api/hubs/chat/connections/"+c.id+"?reason=again", "", "")
			c.want(`{"type":"system","event":"disconnected","message":"Application server closed the connection. Reason: enough"}`)
			c.wantClose(websocket.StatusNormalClosure, "enough")
		}},
		{"REST without a reason", "Application server closed the connection.", func(emu *emulator.Emulator, c *client) {
			call(c.t, emu, "DELETE", "/api/hubs/chat/connections/"+c.id, "", "")
			c.want(`{"type":"system","event":"disconnected","message":"Application server closed the connection."}`)
			c.wantClose(websocket.StatusNormalClosure, "")
		}},
		{"protocol error", "The client message is not a valid JSON protocol message.", func(_ *emulator.Emulator, c *client) { c.send("?") }},
		{"service ends", "The service is shutting down.", func(emu *emulator.Emulator, c *client) { go func() { _ = emu.Close() }() }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := newApp(t, nil)
			emu := start(t, emulator.Options{Hubs: a.hubs()})
			c := dialJSON(t, emu, emulator.ClientOptions{})
			a.next(t, "connect")
			a.next(t, "connected")
			tt.end(emu, c)
			var body struct{ Reason string }
			if err := json.Unmarshal([]byte(a.next(t, "disconnected").body), &body); err != nil || body.Reason != tt.reason {
				t.Errorf("reason %q, %v, want %q", body.Reason, err, tt.reason)
			}
			_ = c.CloseNow()
			if tt.name != "service ends" {
				if got := rest(t, emu, "PUT", "/api/hubs/chat/groups/g/connections/"+c.id, "", ""); got.status != 404 {
					t.Errorf("the connection still exists: status %d", got.status)
				}
			}
			_ = emu.Close()
			if len(a.events) != 0 {
				t.Errorf("another event %q", (<-a.events).event())
			}
		})
	}
}

// TestJSONMessagesSurviveTheirSender: what a JSON client sent before it left is worked on.
func TestJSONMessagesSurviveTheirSender(t *testing.T) {
	first, release := make(chan struct{}), make(chan struct{})
	var once sync.Once
	a := newApp(t, func(w http.ResponseWriter, r received) {
		if r.event() == "say" {
			once.Do(func() { close(first); <-release })
		}
	})
	hubs := a.hubs()
	hubs["chat"].EventHandlers[0].SystemEvents = []string{"disconnected"}
	emu := start(t, emulator.Options{Hubs: hubs})
	c := dialJSON(t, emu, emulator.ClientOptions{})
	for range 5 {
		c.send(`{"type":"event","event":"say","data":1}`)
	}
	<-first
	_ = c.Close(websocket.StatusNormalClosure, "")
	close(release)
	for range 5 {
		a.next(t, "say")
	}
	a.next(t, "disconnected")
}

func TestOnEvent(t *testing.T) {
	a := newApp(t, func(w http.ResponseWriter, r received) {
		if r.event() == "bad" {
			w.WriteHeader(418)
		}
	})
	hubs := a.hubs()
	hubs["chat"].EventHandlers[0].UserEventPattern = "good, bad"
	records := make(chan emulator.EventRecord, 100)
	emu := start(t, emulator.Options{Hubs: hubs, OnEvent: func(r emulator.EventRecord) { records <- r }})
	c := dialJSON(t, emu, emulator.ClientOptions{UserID: "ada"})
	wants := []struct {
		kind, name string
		status     int
		failed     bool
	}{{"system", "connect", 200, false}, {"system", "connected", 200, false}, {"user", "Good", 200, false}, {"user", "bad", 418, false}, {"user", "other", 0, true}}
	for _, want := range wants {
		if want.kind == "user" {
			c.send(`{"type":"event","event":"` + want.name + `","data":1}`)
		}
		got := <-records
		if got.EventType != want.kind || got.EventName != want.name || got.Status != want.status || (got.Err != nil) != want.failed {
			t.Errorf("got %+v, want %+v", got, want)
		}
		if got.Hub != "chat" || got.UserID != "ada" || got.ConnectionID != c.id || got.Time.IsZero() || got.Duration < 0 {
			t.Errorf("got %+v", got)
		}
	}
}

// TestFailedValidationSendsNothing: an application that does not agree gets no events.
func TestFailedValidationSendsNothing(t *testing.T) {
	deaf := http.NotFoundHandler()
	a := newApp(t, nil)
	a.Config.Handler = deaf
	hubs := a.hubs()
	hubs["chat"].EventHandlers[0].SystemEvents = nil
	var got emulator.EventRecord
	emu := start(t, emulator.Options{Hubs: hubs, OnEvent: func(r emulator.EventRecord) { got = r }})
	c := dialJSON(t, emu, emulator.ClientOptions{})
	c.send(`{"type":"event","event":"say","data":1,"ackId":1}`)
	if ack := c.read(); !strings.Contains(ack, "InternalServerError") {
		t.Errorf("ack %s", ack)
	}
	_ = emu.Close()
	if got.Err == nil || strings.Contains(got.Err.Error(), "secret") || !strings.Contains(got.Err.Error(), "404") {
		t.Errorf("error %v", got.Err)
	}
	if len(a.events) != 0 {
		t.Errorf("%d events", len(a.events))
	}
}
