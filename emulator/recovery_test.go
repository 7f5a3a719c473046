package emulator_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/wpsgen/wpsgen/emulator"
)

const reliableProtocol = "json.reliable.webpubsub.azure.v1"

const unrecoverable = "The connection could not be recovered."

// reliable is a client that can come back.
type reliable struct {
	*client
	url   string
	token string // for the recovery
}

// dialReliable connects a reliable client of hub chat and reads its connected frame.
func dialReliable(t testing.TB, emu *emulator.Emulator, options emulator.ClientOptions) *reliable {
	t.Helper()
	url, err := emu.ClientURL("chat", options)
	if err != nil {
		t.Fatal(err)
	}
	return openReliable(t, url, url)
}

func openReliable(t testing.TB, url, original string) *reliable {
	t.Helper()
	c, _, err := dialURL(t, url, reliableProtocol)
	if err != nil {
		t.Fatal(err)
	}
	if c.Subprotocol() != reliableProtocol {
		t.Fatalf("subprotocol %q", c.Subprotocol())
	}
	var connected struct{ Event, UserID, ConnectionID, ReconnectionToken string }
	if err := json.Unmarshal([]byte(c.read()), &connected); err != nil || connected.Event != "connected" || connected.ReconnectionToken == "" {
		t.Fatalf("first frame is %+v, %v", connected, err)
	}
	c.id = connected.ConnectionID
	return &reliable{client: c, url: original, token: connected.ReconnectionToken}
}

// recoveryURL is what the client of the service connects to: its first URL with two parameters more.
func (r *reliable) recoveryURL() string {
	return r.url + "&awps_connection_id=" + r.id + "&awps_reconnection_token=" + r.token
}

// recover comes back and reads the connected frame.
func (r *reliable) recover() *reliable {
	r.t.Helper()
	return openReliable(r.t, r.recoveryURL(), r.url)
}

// wantRefused checks that there is no way back.
func wantRefused(t testing.TB, url string) {
	t.Helper()
	c, _, err := dialURL(t, url, reliableProtocol)
	if err != nil {
		t.Fatal(err)
	}
	c.wantClose(websocket.StatusPolicyViolation, unrecoverable)
}

// numbered is a frame with its sequence id.
func numbered(frame string, id int) string {
	return strings.TrimSuffix(frame, "}") + `,"sequenceId":` + strconv.Itoa(id) + `}`
}

func TestRecoveryLosesAndDoublesNothing(t *testing.T) {
	emu := start(t, emulator.Options{})
	r := dialReliable(t, emu, emulator.ClientOptions{UserID: "ada", Groups: []string{"g"}, Roles: []string{"webpubsub.sendToGroup"}})
	publish := func(text string) {
		call(t, emu, "POST", "/api/hubs/chat/groups/g/:send", "text/plain", text)
	}
	publish("one")
	publish("two")
	r.want(numbered(fromGroup("g", "one"), 1), numbered(fromGroup("g", "two"), 2))
	r.send(`{"type":"sequenceAck","sequenceId":1}`)
	r.send(`{"type":"sendToGroup","group":"g","dataType":"text","data":"echo","ackId":1}`)
	echo := numbered(`{"type":"message","from":"group","group":"g","fromUserId":"ada","dataType":"text","data":"echo"}`, 3)
	r.want(echo, `{"type":"ack","ackId":1,"success":true}`)
	r.send(`{"type":"ping"}`)
	r.want(`{"type":"pong"}`)

	_ = r.CloseNow()
	publish("missed")
	back := r.recover()
	if back.id != r.id || back.token == r.token {
		t.Errorf("connection %s, a new token: %v", back.id, back.token != r.token)
	}
	publish("live")
	back.want(numbered(fromGroup("g", "two"), 2), echo, numbered(fromGroup("g", "missed"), 4), numbered(fromGroup("g", "live"), 5))
	back.send(`{"type":"sendToGroup","group":"g","dataType":"text","data":"echo","ackId":1}`)
	back.want(`{"type":"ack","ackId":1,"success":false,"error":{"name":"Duplicate","message":"Message with ack-id: 1 has been processed"}}`)

	_ = back.CloseNow()
	again := r.recover() // with the token it had first
	again.want(numbered(fromGroup("g", "two"), 2), echo)
}

// TestRecoveryKeepsTheConnection: what the application gave it, and what it is upstream.
func TestRecoveryKeepsTheConnection(t *testing.T) {
	a := newApp(t, func(w http.ResponseWriter, r received) {
		if r.event() == "connect" {
			w.Header().Set("ce-connectionState", "kept")
			w.Header().Set("Set-Cookie", "session=7")
		}
	})
	emu := start(t, emulator.Options{Hubs: a.hubs()})
	r := dialReliable(t, emu, emulator.ClientOptions{UserID: "ada"})
	a.next(t, "connect")
	a.next(t, "connected")
	call(t, emu, "PUT", "/api/hubs/chat/permissions/joinLeaveGroup/connections/"+r.id+"?targetName=g", "", "")

	_ = r.CloseNow()
	back := r.recover()
	back.send(`{"type":"joinGroup","group":"g","ackId":1}`)
	back.want(`{"type":"ack","ackId":1,"success":true}`)
	back.send(`{"type":"event","event":"e","dataType":"text","data":"x","ackId":2}`)
	back.want(`{"type":"ack","ackId":2,"success":true}`)
	got := a.next(t, "e") // and no connect or connected before it
	if got.Get("ce-connectionState") != "kept" || got.Get("Cookie") != "session=7" || got.Get("ce-userId") != "ada" || got.Get("ce-id") != "2" {
		t.Errorf("event with %v", got.Header)
	}
	_ = back.Close(websocket.StatusNormalClosure, "done")
	if got := a.next(t, "disconnected"); got.body != `{"reason":"done"}` || got.Get("ce-connectionId") != r.id {
		t.Errorf("disconnected with %s", got.body)
	}
}

// TestRecoveryTakesOver: a client may come back before the emulator has noticed that it was gone.
func TestRecoveryTakesOver(t *testing.T) {
	emu := start(t, emulator.Options{})
	r := dialReliable(t, emu, emulator.ClientOptions{})
	back := r.recover()
	if _, data, err := r.Read(r.ctx); err == nil {
		t.Errorf("the older socket still gets %s", data)
	}
	call(t, emu, "POST", "/api/hubs/chat/:send", "text/plain", "x")
	back.want(numbered(fromServer("x"), 1))
}

// TestRecoveryKeepsMessagesInOrder: what the client sent before it was lost is worked on first, also
// when a handler holds it up.
func TestRecoveryKeepsMessagesInOrder(t *testing.T) {
	proceed := make(chan struct{})
	a := newApp(t, func(_ http.ResponseWriter, r received) {
		if r.event() == "first" {
			<-proceed
		}
	})
	emu := start(t, emulator.Options{Hubs: a.hubs()})
	r := dialReliable(t, emu, emulator.ClientOptions{})
	a.next(t, "connect")
	a.next(t, "connected")
	r.send(`{"type":"event","event":"first","data":1}`)
	r.send(`{"type":"event","event":"second","data":1}`)
	r.send(`{"type":"ping"}`)
	_ = r.Close(websocket.StatusGoingAway, "") // everything was read when this is answered
	back := r.recover()
	back.send(`{"type":"event","event":"third","data":1,"ackId":1}`)
	close(proceed)
	a.next(t, "first")
	a.next(t, "second")
	a.next(t, "third")
	back.want(`{"type":"pong"}`, `{"type":"ack","ackId":1,"success":true}`)
}

func TestRecoveryIsRefused(t *testing.T) {
	var log lockedBuffer
	emu := start(t, emulator.Options{Logger: slog.New(slog.NewTextHandler(&log, nil))})
	r := dialReliable(t, emu, emulator.ClientOptions{})
	other := dialReliable(t, emu, emulator.ClientOptions{})
	plain := dialJSON(t, emu, emulator.ClientOptions{})
	base := emu.Endpoint() + "/client/hubs/chat?awps_connection_id="
	urls := map[string]string{
		"no token":              base + r.id,
		"no connection":         emu.Endpoint() + "/client/hubs/chat?awps_reconnection_token=" + r.token,
		"unknown connection":    base + "conn&awps_reconnection_token=" + r.token,
		"token of another":      base + other.id + "&awps_reconnection_token=" + r.token,
		"an access token":       base + r.id + "&awps_reconnection_token=" + strings.SplitAfter(r.url, "access_token=")[1],
		"other hub":             emu.Endpoint() + "/client/hubs/other?awps_connection_id=" + r.id + "&awps_reconnection_token=" + r.token,
		"not reliable":          base + plain.id + "&awps_reconnection_token=" + r.token,
		"good access, no other": r.url + "&awps_connection_id=" + r.id,
	}
	for name, url := range urls {
		t.Run(name, func(t *testing.T) {
			wantRefused(t, url)
			lines := strings.Split(strings.TrimSpace(log.String()), "\n")
			if last := lines[len(lines)-1]; !strings.Contains(last, "recovery refused") || !strings.Contains(last, "query awps_") {
				t.Errorf("the log says %s", last)
			}
		})
	}
	for _, c := range []*client{r.client, other.client, plain} {
		c.send(`{"type":"ping"}`)
		c.want(`{"type":"pong"}`) // nobody was harmed
	}
	if strings.Contains(log.String(), r.token) {
		t.Error("the log shows a token")
	}
}

// TestNoWayBack: an end that is meant is one, whoever means it.
func TestNoWayBack(t *testing.T) {
	tests := []struct {
		name   string
		end    func(*emulator.Emulator, *reliable)
		reason string
	}{
		{"normal close", func(_ *emulator.Emulator, r *reliable) { _ = r.Close(websocket.StatusNormalClosure, "bye") }, "bye"},
		{"close without a code", func(_ *emulator.Emulator, r *reliable) { _ = r.Close(websocket.StatusNoStatusRcvd, "") }, ""},
		{"REST", func(emu *emulator.Emulator, r *reliable) {
			call(r.t, emu, "DELETE", "/api/hubs/chat/connections/"+r.id+"?reason=R", "", "")
			r.want(`{"type":"system","event":"disconnected","message":"Application server closed the connection. Reason: R"}`)
			r.wantClose(websocket.StatusNormalClosure, "R")
		}, "Application server closed the connection. Reason: R"},
		{"REST while away", func(emu *emulator.Emulator, r *reliable) {
			_ = r.CloseNow()
			call(r.t, emu, "POST", "/api/hubs/chat/:closeConnections", "", "")
		}, "Application server closed the connection."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := newApp(t, nil)
			hubs := a.hubs()
			hubs["chat"].EventHandlers[0].SystemEvents = []string{"disconnected"}
			emu := start(t, emulator.Options{Hubs: hubs})
			r := dialReliable(t, emu, emulator.ClientOptions{})
			tt.end(emu, r)
			if got := a.next(t, "disconnected"); got.body != `{"reason":"`+tt.reason+`"}` {
				t.Errorf("disconnected with %s", got.body)
			}
			wantRefused(t, r.recoveryURL())
		})
	}
}

// TestRecoveryExpires: disconnected is told when the window is over, not before.
func TestRecoveryExpires(t *testing.T) {
	a := newApp(t, nil)
	emu := start(t, emulator.Options{Hubs: a.hubs(), RecoveryWindow: time.Millisecond})
	r := dialReliable(t, emu, emulator.ClientOptions{})
	a.next(t, "connect")
	a.next(t, "connected")
	_ = r.CloseNow()
	if got := a.next(t, "disconnected"); got.body != `{"reason":"The connection recovery timeout expired."}` {
		t.Errorf("disconnected with %s", got.body)
	}
	wantRefused(t, r.recoveryURL())
}

// TestBacklogFull: a client that acknowledges nothing is closed and has no way back; one that is away
// just ends.
func TestBacklogFull(t *testing.T) {
	for _, away := range []bool{false, true} {
		t.Run(fmt.Sprintf("away %v", away), func(t *testing.T) {
			a := newApp(t, nil)
			hubs := a.hubs()
			hubs["chat"].EventHandlers[0].SystemEvents = []string{"disconnected"}
			emu := start(t, emulator.Options{Hubs: hubs})
			r := dialReliable(t, emu, emulator.ClientOptions{})
			if away {
				_ = r.CloseNow()
			}
			for range 1001 {
				call(t, emu, "POST", "/api/hubs/chat/:send", "text/plain", "x")
			}
			const text = "The client has not acknowledged too many messages."
			if got := a.next(t, "disconnected"); got.body != `{"reason":"`+text+`"}` {
				t.Errorf("disconnected with %s", got.body)
			}
			for !away && !strings.Contains(r.read(), text) {
			}
			if !away {
				r.wantClose(websocket.StatusPolicyViolation, text)
			}
			wantRefused(t, r.recoveryURL())
		})
	}
}

// TestCloseWithDetached: nothing waits for a client that is away.
func TestCloseWithDetached(t *testing.T) {
	a := newApp(t, nil)
	emu := start(t, emulator.Options{Hubs: a.hubs(), RecoveryWindow: time.Hour})
	r := dialReliable(t, emu, emulator.ClientOptions{})
	a.next(t, "connect")
	a.next(t, "connected")
	_ = r.Close(websocket.StatusGoingAway, "")
	if err := emu.Close(); err != nil {
		t.Error(err)
	}
	if got := a.next(t, "disconnected"); got.body != `{"reason":"The service is shutting down."}` {
		t.Errorf("disconnected with %s", got.body)
	}
}
