package wps

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/wpsgen/wpsgen/internal/wire"
)

const (
	testKey        = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ABCDEFGH"
	testConnection = "Endpoint=https://svc.example;AccessKey=" + testKey + ";Version=1.0;"
)

// logBuffer collects log lines of several goroutines.
type logBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func logTo(l *logBuffer) Option { return WithLogger(slog.New(slog.NewTextHandler(l, nil))) }

func silent() Option { return WithLogger(slog.New(slog.DiscardHandler)) }

// defaults are settings for tests that do not care about them.
func defaults() Option {
	return WithSettings(map[string]string{settingConnection: testConnection, settingHub: "chat"})
}

func mustNew(t testing.TB, functions []Function, options ...Option) *App {
	t.Helper()
	app, err := New(functions, append([]Option{defaults(), silent()}, options...)...)
	if err != nil {
		t.Fatal(err)
	}
	return app
}

func handler(call func(*Invocation) error) Handler { return Handler{Call: call} }

func nothing(*Invocation) error { return nil }

func systemFunction(event string, call func(*Invocation) error, more ...Binding) Function {
	trigger := WebPubSubTrigger{Name: "request", Hub: "chat", EventType: EventTypeSystem, EventName: event}
	return Function{Name: event, Source: "chat.go:7", Bindings: append([]Binding{trigger}, more...), Handler: handler(call)}
}

func userFunction(event string, call func(*Invocation) error, more ...Binding) Function {
	trigger := WebPubSubTrigger{Name: "data", Hub: "chat", EventType: EventTypeUser, EventName: event}
	return Function{Name: event, Source: "chat.go:9", Bindings: append([]Binding{trigger}, more...), Handler: handler(call)}
}

func httpFunction(name string, trigger HTTPTrigger, call func(*Invocation) error, more ...Binding) Function {
	return Function{Name: name, Source: "chat.go:5", Bindings: append([]Binding{trigger, HTTPOutput{Name: "res"}}, more...), Handler: handler(call)}
}

// newEvent is a signed event of hub chat.
func newEvent(eventType, name string, body io.Reader) *http.Request {
	r := httptest.NewRequest(http.MethodPost, wire.WebhookPath, body)
	prefix := wire.UserTypePrefix
	if eventType == EventTypeSystem {
		prefix = wire.SystemTypePrefix
	}
	const connection = "conn-1"
	for header, value := range map[string]string{
		"ce-hub": "chat", "ce-type": prefix + name, "ce-eventName": name, "ce-connectionId": connection,
		"ce-signature": wire.NewSigner(testKey).Sign(connection), "ce-userId": "ann",
		"WebHook-Request-Origin": "svc.example", "Content-Type": "text/plain; charset=utf-8",
	} {
		r.Header.Set(header, value)
	}
	if eventType == EventTypeSystem {
		r.Header.Set("Content-Type", "application/json")
	}
	return r
}

func serve(h http.Handler, r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func userEvent(name, body string) *http.Request {
	return newEvent(EventTypeUser, name, strings.NewReader(body))
}

// soundBody is the body that the service sends with a system event.
func soundBody(event string) string {
	switch event {
	case "connect":
		return noClaims
	case "disconnected":
		return `{"reason":null}`
	}
	return "{}"
}

func systemEvent(name, body string) *http.Request {
	return newEvent(EventTypeSystem, name, strings.NewReader(body))
}

// untouchable is a body that fails the test when it is read.
type untouchable struct{ t *testing.T }

func (b untouchable) Read([]byte) (int, error) {
	b.t.Error("the body was read")
	return 0, io.EOF
}

func (b untouchable) Close() error { return nil }

// newFront makes the front for the Functions host, with routes below api.
func newFront(t testing.TB, functions []Function, options ...Option) *hostFront {
	t.Helper()
	c := newConfig(append([]Option{defaults(), silent()}, options...))
	c.host = &hostConfig{routePrefix: "api", timeout: time.Minute}
	a, err := newApp(c, functions)
	if err != nil {
		t.Fatal(err)
	}
	return newHostFront(a, c.host)
}
