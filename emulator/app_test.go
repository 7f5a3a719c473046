package emulator_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/wpsgen/wpsgen/emulator"
)

// received is one event as an application got it.
type received struct {
	http.Header
	body string
	path string
}

func (r received) event() string { return r.Get("ce-eventName") }

// app is an application that takes events; every event is put on events after it was answered.
type app struct {
	*httptest.Server
	events chan received
}

// newApp starts an application. It agrees to be validated and answers events with handle; nil
// answers 200 with nothing.
func newApp(t *testing.T, handle func(http.ResponseWriter, received)) *app {
	t.Helper()
	a := &app{events: make(chan received, 10000)}
	a.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodOptions {
			w.Header().Set("WebHook-Allowed-Origin", "*")
			return
		}
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		got := received{Header: r.Header, body: string(body), path: r.URL.RequestURI()}
		if handle != nil {
			handle(w, got)
		}
		a.events <- got
	}))
	t.Cleanup(a.Close)
	return a
}

// next returns the next event of that name; others before it fail the test.
func (a *app) next(t *testing.T, name string) received {
	t.Helper()
	select {
	case got := <-a.events:
		if got.event() != name {
			t.Fatalf("event %q, want %q", got.event(), name)
		}
		return got
	case <-time.After(time.Minute):
		t.Fatalf("no event %q", name)
	}
	return received{}
}

// handler is an event handler for everything.
func (a *app) handler() emulator.EventHandler {
	return emulator.EventHandler{
		URLTemplate:      a.URL + "/events/{event}?code=secret",
		UserEventPattern: "*",
		SystemEvents:     []string{"connect", "connected", "disconnected"},
	}
}

// hubs are settings in which hub chat sends everything to the application.
func (a *app) hubs() map[string]emulator.Hub {
	return map[string]emulator.Hub{"chat": {EventHandlers: []emulator.EventHandler{a.handler()}}}
}

// blockingApp validates, and answers an event only when its request is cancelled.
func blockingApp(t *testing.T, entered, cancelled chan<- struct{}) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("WebHook-Allowed-Origin", "*")
		if r.Method != http.MethodPost {
			return
		}
		_, _ = io.Copy(io.Discard, r.Body)
		close(entered)
		<-r.Context().Done()
		close(cancelled)
	}))
	t.Cleanup(server.Close)
	return server
}
