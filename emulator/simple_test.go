package emulator_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/wpsgen/wpsgen/emulator"
)

func TestSimpleEvents(t *testing.T) {
	a := newApp(t, func(w http.ResponseWriter, r received) {
		switch {
		case r.event() != "message":
		case r.body == "json":
			reply(w, "application/json", `"quoted"`)
		case r.body == "quiet":
		default:
			reply(w, r.Get("Content-Type"), r.body)
		}
	})
	hubs := a.hubs()
	hubs["chat"].EventHandlers[0].SystemEvents = nil
	emu := start(t, emulator.Options{Hubs: hubs})
	c := dial(t, emu, emulator.ClientOptions{UserID: "ada"})

	c.send("hi")
	if kind, data, err := c.Read(testContext(t)); err != nil || kind != websocket.MessageText || string(data) != "hi" {
		t.Errorf("text: got %v %q, %v", kind, data, err)
	}
	if got := a.next(t, "message"); got.Get("Content-Type") != "text/plain; charset=utf-8" || got.Get("ce-type") != "azure.webpubsub.user.message" {
		t.Errorf("text: headers %v", got.Header)
	}
	c.send("json")
	c.want(`"quoted"`)
	c.send("quiet")
	if err := c.Write(testContext(t), websocket.MessageBinary, []byte{1, 0}); err != nil {
		t.Fatal(err)
	}
	if kind, data, err := c.Read(testContext(t)); err != nil || kind != websocket.MessageBinary || string(data) != "\x01\x00" {
		t.Errorf("binary: got %v %q, %v", kind, data, err)
	}
}

func TestSimpleFailures(t *testing.T) {
	a := newApp(t, func(w http.ResponseWriter, r received) { http.Error(w, "secret detail", 500) })
	tests := []struct {
		name  string
		hub   emulator.Hub
		query string
		kind  websocket.MessageType
		data  string
		code  websocket.StatusCode
		text  string
	}{
		{"no handler", emulator.Hub{}, "", websocket.MessageText, "x", 1011, "Internal server error"},
		{"handler fails", emulator.Hub{EventHandlers: []emulator.EventHandler{{URLTemplate: a.URL, UserEventPattern: "message"}}},
			"", websocket.MessageText, "x", 1011, "Internal server error"},
		{"not UTF-8", emulator.Hub{}, "", websocket.MessageText, "\xff", 1007, "The client message is not valid UTF-8."},
		{"no permission", emulator.Hub{}, "&webpubsub_mode=sendToGroup&group=g", websocket.MessageText, "x", 1008,
			"The client does not have permission to send to group 'g'."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			emu := start(t, emulator.Options{Hubs: map[string]emulator.Hub{"chat": tt.hub}})
			url, err := emu.ClientURL("chat", emulator.ClientOptions{})
			if err != nil {
				t.Fatal(err)
			}
			c, _, err := dialURL(t, url+tt.query)
			if err != nil {
				t.Fatal(err)
			}
			if err := c.Write(testContext(t), tt.kind, []byte(tt.data)); err != nil {
				t.Fatal(err)
			}
			c.wantClose(tt.code, tt.text)
		})
	}
}

func TestSimpleSendToGroup(t *testing.T) {
	for _, noEcho := range []bool{false, true} {
		emu := start(t, emulator.Options{})
		url, err := emu.ClientURL("chat", emulator.ClientOptions{UserID: "ada", Roles: []string{"webpubsub.sendToGroup.g"}, Groups: []string{"g"}})
		if err != nil {
			t.Fatal(err)
		}
		query := "&webpubsub_mode=SENDTOGROUP&group=g"
		if noEcho {
			query += "&noEcho=true"
		}
		sender, _, err := dialURL(t, url+query)
		if err != nil {
			t.Fatal(err)
		}
		other := dialJSON(t, emu, emulator.ClientOptions{Groups: []string{"g"}})
		sender.send("hi")
		other.want(`{"type":"message","from":"group","group":"g","fromUserId":"ada","dataType":"text","data":"hi"}`)
		if !noEcho {
			sender.want("hi")
		}
		call(t, emu, "POST", "/api/hubs/chat/groups/g/:send", "application/json", `{"a": 1}`)
		sender.want(`{"a": 1}`)
	}
}

// TestSimpleLeavingCancels: the handler is told when a simple client leaves while it works.
func TestSimpleLeavingCancels(t *testing.T) {
	entered, cancelled := make(chan struct{}), make(chan struct{})
	blocked := blockingApp(t, entered, cancelled)
	emu := start(t, emulator.Options{Hubs: map[string]emulator.Hub{
		"chat": {EventHandlers: []emulator.EventHandler{{URLTemplate: blocked.URL, UserEventPattern: "*"}}},
	}})
	c := dial(t, emu, emulator.ClientOptions{})
	c.send("x")
	<-entered
	_ = c.CloseNow()
	select {
	case <-cancelled:
	case <-time.After(time.Minute):
		t.Fatal("the handler's request was not cancelled")
	}
}

func TestMessageTooLarge(t *testing.T) {
	emu := start(t, emulator.Options{})
	t.Run("simple", func(t *testing.T) {
		c := dial(t, emu, emulator.ClientOptions{})
		if err := c.Write(testContext(t), websocket.MessageBinary, make([]byte, 1<<20+1)); err != nil {
			t.Fatal(err)
		}
		c.wantClose(websocket.StatusMessageTooBig, "The client message is too large.")
	})
	t.Run("as large as may be", func(t *testing.T) {
		c := dialJSON(t, emu, emulator.ClientOptions{})
		const ping = `{"type":"ping"}`
		c.send(ping + strings.Repeat(" ", 1<<20-len(ping)))
		c.want(`{"type":"pong"}`)
	})
}
