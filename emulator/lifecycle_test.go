package emulator_test

import (
	"bytes"
	"context"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/wpsgen/wpsgen/emulator"
)

func TestNewRefuses(t *testing.T) {
	handler := func(h emulator.EventHandler) emulator.Options {
		return emulator.Options{Hubs: map[string]emulator.Hub{"chat": {EventHandlers: []emulator.EventHandler{h}}}}
	}
	tests := []struct {
		name    string
		options emulator.Options
		want    string
	}{
		{"remote address", emulator.Options{Addr: "0.0.0.0:0"}, "not on loopback"},
		{"every address", emulator.Options{Addr: ":0"}, "not on loopback"},
		{"bad address", emulator.Options{Addr: "127.0.0.1"}, "missing port"},
		{"short key", emulator.Options{AccessKey: "hush"}, "4 bytes"},
		{"hub name", emulator.Options{Hubs: map[string]emulator.Hub{"1st": {}}}, `"1st"`},
		{"no URL", handler(emulator.EventHandler{}), "absolute"},
		{"tunnel", handler(emulator.EventHandler{URLTemplate: "tunnel:///x"}), "absolute"},
		{"parameter in host", handler(emulator.EventHandler{URLTemplate: "http://{hub}.test/"}), "host"},
		{"unknown parameter", handler(emulator.EventHandler{URLTemplate: "http://h/{name}"}), "{hub} and {event}"},
		{"no host", handler(emulator.EventHandler{URLTemplate: "http:///x"}), "host"},
		{"system event", handler(emulator.EventHandler{URLTemplate: "http://h", SystemEvents: []string{"conect"}}), `"conect"`},
		{"user event", handler(emulator.EventHandler{URLTemplate: "http://h", UserEventPattern: "a,,b"}), "event name"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			emu, err := emulator.New(tt.options)
			if err == nil {
				_ = emu.Close()
				t.Fatal("accepted")
			}
			if !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %q does not say %q", err, tt.want)
			}
		})
	}
}

func TestEndpoint(t *testing.T) {
	tests := []struct {
		options      emulator.Options
		host, origin string
	}{
		{emulator.Options{}, "127.0.0.1", "127.0.0.1"},
		{emulator.Options{Addr: "LOCALHOST:0"}, "localhost", "localhost"},
		{emulator.Options{Addr: "0.0.0.0:0", AllowRemote: true}, "127.0.0.1", "127.0.0.1"},
	}
	for _, tt := range tests {
		a := newApp(t, nil)
		tt.options.Hubs = a.hubs()
		emu := start(t, tt.options)
		_, port, err := net.SplitHostPort(emu.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		want := "http://" + tt.host + ":" + port
		if emu.Endpoint() != want || emu.ConnectionString() != "Endpoint="+want+";AccessKey="+emulator.DefaultAccessKey+";Version=1.0;" {
			t.Errorf("endpoint %s, want %s", emu.Endpoint(), want)
		}
		dial(t, emu, emulator.ClientOptions{})
		if got := a.next(t, "connect").Get("WebHook-Request-Origin"); got != tt.origin {
			t.Errorf("origin %q, want %q", got, tt.origin)
		}
	}
}

// TestSetHub: new settings count at once, bad ones change nothing, connections stay.
func TestSetHub(t *testing.T) {
	a := newApp(t, nil)
	emu := start(t, emulator.Options{})
	c := dialJSON(t, emu, emulator.ClientOptions{})
	ackID := 0
	raise := func() string {
		ackID++
		c.send(`{"type":"event","event":"e","data":1,"ackId":` + strconv.Itoa(ackID) + `}`)
		return c.read()
	}
	if ack := raise(); !strings.Contains(ack, `"success":false`) {
		t.Errorf("without a handler: %s", ack)
	}
	if err := emu.SetHub("Chat", a.hubs()["chat"]); err != nil {
		t.Fatal(err)
	}
	if ack := raise(); !strings.Contains(ack, `"success":true`) {
		t.Errorf("with a handler: %s", ack)
	}
	if err := emu.SetHub("chat", emulator.Hub{EventHandlers: []emulator.EventHandler{{URLTemplate: "x"}}}); err == nil {
		t.Error("a bad URL was taken")
	}
	if ack := raise(); !strings.Contains(ack, `"success":true`) {
		t.Errorf("after bad settings: %s", ack)
	}
}

// TestSlowClient: a client that does not read is closed, and holds up nobody.
func TestSlowClient(t *testing.T) {
	a := newApp(t, nil)
	hubs := a.hubs()
	hubs["chat"].EventHandlers[0].SystemEvents = []string{"disconnected"}
	emu := start(t, emulator.Options{Hubs: hubs})
	slow := dial(t, emu, emulator.ClientOptions{UserID: "slow"})
	fast := dial(t, emu, emulator.ClientOptions{UserID: "fast"})
	const messages = 40
	var wg sync.WaitGroup
	wg.Go(func() {
		for range messages {
			if got := fast.read(); len(got) != 1<<20 {
				t.Errorf("got %d bytes", len(got))
			}
		}
	})
	body := strings.Repeat("x", 1<<20)
	for range messages {
		call(t, emu, "POST", "/api/hubs/chat/:send", "text/plain", body)
	}
	wg.Wait()
	if got := a.next(t, "disconnected"); got.Get("ce-userId") != "slow" || !strings.Contains(got.body, "too slow") {
		t.Errorf("disconnected is %v %s", got.Header, got.body)
	}
	for {
		_, _, err := slow.Read(slow.ctx)
		if err == nil {
			continue
		}
		if websocket.CloseStatus(err) != websocket.StatusPolicyViolation {
			t.Errorf("ended with %v", err)
		}
		return
	}
}

// TestClose: clients get 1001, a handler that hangs is cut off, and a second call is harmless.
func TestClose(t *testing.T) {
	entered, cancelled := make(chan struct{}), make(chan struct{})
	blocked := blockingApp(t, entered, cancelled)
	emu := start(t, emulator.Options{Hubs: map[string]emulator.Hub{
		"chat": {EventHandlers: []emulator.EventHandler{{URLTemplate: blocked.URL, UserEventPattern: "*"}}},
	}})
	idle := dialJSON(t, emu, emulator.ClientOptions{})
	busy := dialJSON(t, emu, emulator.ClientOptions{})
	busy.send(`{"type":"event","event":"e","data":1}`)
	<-entered
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			if err := emu.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	idle.want(`{"type":"system","event":"disconnected","message":"The service is shutting down."}`)
	idle.wantClose(websocket.StatusGoingAway, "The service is shutting down.")
	wg.Wait()
	<-cancelled
	if _, err := net.DialTimeout("tcp", emu.Addr().String(), time.Second); err == nil {
		t.Error("still listening")
	}
}

// TestCloseDuringConnect: a handshake under way ends, without a disconnected event.
func TestCloseDuringConnect(t *testing.T) {
	entered, cancelled := make(chan struct{}), make(chan struct{})
	blocked := blockingApp(t, entered, cancelled)
	emu := start(t, emulator.Options{Hubs: map[string]emulator.Hub{
		"chat": {EventHandlers: []emulator.EventHandler{{URLTemplate: blocked.URL, SystemEvents: []string{"connect", "disconnected"}}}},
	}})
	url, err := emu.ClientURL("chat", emulator.ClientOptions{})
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error)
	go func() {
		_, _, err := dialURL(t, url)
		done <- err
	}()
	<-entered
	_ = emu.Close()
	if err := <-done; err == nil {
		t.Error("connected")
	}
	<-cancelled
}

// TestRefusalsAreExplained: the log says what was wrong, and shows neither token nor key.
func TestRefusalsAreExplained(t *testing.T) {
	var log lockedBuffer
	failing := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(403) }))
	defer failing.Close()
	emu := start(t, emulator.Options{
		Logger: slog.New(slog.NewTextHandler(&log, nil)),
		Hubs: map[string]emulator.Hub{"chat": {EventHandlers: []emulator.EventHandler{
			{URLTemplate: failing.URL + "/e?code=hush", UserEventPattern: "*"},
		}}},
	})
	good, err := emu.ClientURL("chat", emulator.ClientOptions{})
	if err != nil {
		t.Fatal(err)
	}
	_, token, _ := strings.Cut(good, "access_token=")
	_, _, _ = dialURL(t, emu.Endpoint()+"/client/hubs/other?access_token="+token)
	restWith(t, "POST", emu.Endpoint()+"/api/hubs/chat/:send", token, "text/plain", "x")
	c := dialJSON(t, emu, emulator.ClientOptions{})
	c.send(`{"type":"joinGroup","group":"news"}`)
	c.send(`{"type":"event","event":"e","data":1}`)
	c.send(`{"type":"joinGroup"}`)
	for !strings.Contains(c.read(), "disconnected") {
	}
	text := log.String()
	for _, want := range []string{"claim aud", "/client/hubs/other", "/api/hubs/chat/:send", "news", "answered 403", "group is missing"} {
		if !strings.Contains(text, want) {
			t.Errorf("the log does not say %q:\n%s", want, text)
		}
	}
	for _, secret := range []string{token, emulator.DefaultAccessKey, "hush"} {
		if strings.Contains(text, secret) {
			t.Errorf("the log shows %q", secret)
		}
	}
}

type lockedBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

// TestClientGoneDuringConnect: the handler is told, and nothing else happens.
func TestClientGoneDuringConnect(t *testing.T) {
	entered, cancelled := make(chan struct{}), make(chan struct{})
	blocked := blockingApp(t, entered, cancelled)
	emu := start(t, emulator.Options{Hubs: map[string]emulator.Hub{
		"chat": {EventHandlers: []emulator.EventHandler{{URLTemplate: blocked.URL, SystemEvents: []string{"connect", "disconnected"}}}},
	}})
	url, err := emu.ClientURL("chat", emulator.ClientOptions{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		_, _, _ = websocket.Dial(ctx, url, nil)
	}()
	<-entered
	cancel()
	<-done
	<-cancelled
}
