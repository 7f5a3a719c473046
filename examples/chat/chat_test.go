package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/wpsgen/wpsgen/emulator"
	"github.com/wpsgen/wpsgen/runtime"
)

// start serves the chat beside an emulator, with a clock that stands still.
func start(t *testing.T) *emulator.Emulator {
	t.Helper()
	em, err := emulator.New(emulator.Options{})
	if err != nil {
		t.Fatal(err)
	}
	settings := map[string]string{"WebPubSubConnectionString": em.ConnectionString()}
	noon := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)
	app, err := wps.New(Functions(&Server{now: func() time.Time { return noon }}), wps.WithSettings(settings))
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(app)
	t.Cleanup(func() { em.Close(); server.Close() })
	err = em.SetHub("chat", emulator.Hub{EventHandlers: []emulator.EventHandler{{
		URLTemplate:      server.URL + "/runtime/webhooks/webpubsub",
		SystemEvents:     []string{"connect", "connected", "disconnected"},
		UserEventPattern: "message",
	}}})
	if err != nil {
		t.Fatal(err)
	}
	return em
}

func connect(t *testing.T, em *emulator.Emulator, user string) (*websocket.Conn, *http.Response, error) {
	t.Helper()
	url, err := em.ClientURL("chat", emulator.ClientOptions{UserID: user})
	if err != nil {
		t.Fatal(err)
	}
	conn, resp, err := websocket.Dial(t.Context(), url, nil)
	if err == nil {
		t.Cleanup(func() { conn.CloseNow() })
	}
	return conn, resp, err
}

// expect reads one line. A simple client gets payloads as they are.
func expect(t *testing.T, conn *websocket.Conn, want Line) {
	t.Helper()
	_, src, err := conn.Read(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var got Line
	if err := json.Unmarshal(src, &got); err != nil || got != want {
		t.Fatalf("got %s, %v; want %+v", src, err, want)
	}
}

func say(t *testing.T, conn *websocket.Conn, text string) {
	t.Helper()
	if err := conn.Write(t.Context(), websocket.MessageText, []byte(`{"text":"`+text+`"}`)); err != nil {
		t.Fatal(err)
	}
}

func TestChat(t *testing.T) {
	em := start(t)
	ann, _, err := connect(t, em, "ann")
	if err != nil {
		t.Fatal(err)
	}
	expect(t, ann, Line{Kind: "joined", From: "ann"})
	bob, _, err := connect(t, em, "bob")
	if err != nil {
		t.Fatal(err)
	}
	expect(t, ann, Line{Kind: "joined", From: "bob"})
	expect(t, bob, Line{Kind: "joined", From: "bob"})

	for _, receipt := range []string{"message 1, after 0s of silence", "message 2, after 0s of silence"} {
		say(t, bob, "hello")
		expect(t, ann, Line{Kind: "said", From: "bob", Text: "hello"})
		expect(t, bob, Line{Kind: "said", From: "bob", Text: "hello"})
		expect(t, bob, Line{Kind: "receipt", Text: receipt})
	}

	bob.Close(websocket.StatusNormalClosure, "")
	expect(t, ann, Line{Kind: "left", From: "bob"})
}

func TestRefused(t *testing.T) {
	em := start(t)
	for _, user := range []string{refusedName, ""} {
		if _, resp, err := connect(t, em, user); err == nil || resp.StatusCode != http.StatusUnauthorized {
			t.Errorf("user %q: %v, want 401", user, err)
		}
	}
}

// TestSaySomething: a simple client whose message is refused is closed, as the service does.
func TestSaySomething(t *testing.T) {
	ann, _, err := connect(t, start(t), "ann")
	if err != nil {
		t.Fatal(err)
	}
	expect(t, ann, Line{Kind: "joined", From: "ann"})
	say(t, ann, "")
	if _, _, err := ann.Read(t.Context()); websocket.CloseStatus(err) != websocket.StatusInternalError {
		t.Errorf("got %v, want close code 1011", err)
	}
}
