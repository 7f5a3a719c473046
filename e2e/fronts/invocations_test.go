package fronts_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/e2e/observe"
	"github.com/wpsgen/wpsgen/internal/vectors"
	"github.com/wpsgen/wpsgen/internal/wire"
	wps "github.com/wpsgen/wpsgen/runtime"
)

// invocation is an event, what its function does, and what comes of it.
type invocation struct {
	name        string
	eventType   string // system for ""
	event       string
	contentType string
	body        string
	headers     [][2]string
	call        func(*wps.Invocation) error
	refused     bool // the service refuses actions
	want        effects
	// host is what comes of it in the Functions host's envelope, if it is something else, and hook where it is
	// an HTTP function's.
	host, hook *effects
	// lossy tells that the Functions host cannot carry the payload as text.
	lossy bool
}

// effects are what an invocation comes to.
type effects struct {
	status      int // 0 for no answer
	contentType string
	body        string
	states      map[string]string // nil for no header
	actions     []string
	uncalled    bool // no function sees it
}

// TestInvocations drives the table through every front.
func TestInvocations(t *testing.T) {
	seen := make(map[string]json.RawMessage)
	for _, f := range fronts {
		t.Run(f.name, func(t *testing.T) {
			app := f.start(t)
			for _, i := range slices.Concat(userEvents, systemEvents, mqttEvents, failures) {
				t.Run(i.name, func(t *testing.T) {
					event := app.check(t, i)
					first, ok := seen[i.name]
					if !ok {
						seen[i.name] = event
					}
					if lossy := i.lossy && app.envelope && app.context; first == nil || event == nil || lossy {
						return
					}
					if err := vectors.Same(observe.Common(t, first), observe.Common(t, event)); err != nil {
						t.Errorf("the function saw something else than through the %s: %v", fronts[0].name, err)
					}
				})
			}
		})
	}
}

// check sends the event and compares what comes of it. It returns what the function saw.
func (app *running) check(t *testing.T, i *invocation) json.RawMessage {
	t.Helper()
	app.set(i.call)
	app.service.refuses(i.refused)
	want := i.want
	switch {
	case app.envelope && app.context && i.hook != nil:
		want = *i.hook
	case app.envelope && !app.context && i.host != nil:
		want = *i.host
	}
	got := exchange(t, i.request(t, app, want.status == 0))
	if (got == nil) != (want.status == 0) {
		t.Fatalf("answer %+v, want %+v", got, want)
	}
	if got != nil {
		if app.envelope && app.context && want.contentType == "" && len(got.Body) == 0 {
			got.Header.Del("Content-Type") // the host gives one to answers that have none
		}
		if want.status == http.StatusRequestEntityTooLarge {
			got.Header.Del("Content-Type")
			got.Body = nil // the text says what the status does
		}
		want.checkAnswer(t, got)
	}
	if actions := app.service.taken(); !slices.Equal(actions, want.actions) {
		t.Errorf("actions\n%s\nwant\n%s", strings.Join(actions, "\n"), strings.Join(want.actions, "\n"))
	}
	event := app.last()
	if called := event != nil; called == want.uncalled {
		t.Errorf("the function was called: %t", called)
	}
	return event
}

func (want effects) checkAnswer(t *testing.T, got *observe.Response) {
	t.Helper()
	if got.Status != want.status || string(got.Body) != want.body || got.Header.Get("Content-Type") != want.contentType {
		t.Errorf("%d %q %.200q, want %d %q %.200q", got.Status, got.Header.Get("Content-Type"), got.Body, want.status, want.contentType, want.body)
	}
	lines := got.Header.Values("ce-connectionState")
	if (len(lines) > 0) != (want.states != nil) {
		t.Errorf("states %q, want %v", lines, want.states)
	}
	if len(lines) > 0 {
		states := observe.States(t, lines[0])
		for key, text := range states {
			if text == "null" { // how code without types clears a state
				delete(states, key)
			}
		}
		if !equal(states, want.states) {
			t.Errorf("states %v, want %v", states, want.states)
		}
	}
}

func equal(a, b map[string]string) bool {
	if len(a) != len(b) {
		return false
	}
	for key, value := range a {
		if b[key] != value {
			return false
		}
	}
	return true
}

func (i *invocation) request(t *testing.T, app *running, hangs bool) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, app.url+app.webhook, bytes.NewReader([]byte(i.body)))
	if err != nil {
		t.Fatal(err)
	}
	prefix, contentType := wire.SystemTypePrefix, wire.MediaTypeJSON
	if i.eventType == wps.EventTypeUser {
		prefix, contentType = wire.UserTypePrefix, i.contentType
	}
	observe.SetHeaders(r, [][2]string{
		{"ce-hub", hub}, {"ce-type", prefix + i.event}, {"ce-eventName", i.event}, {"ce-connectionId", "conn 1"}, {"ce-userId", "ann"},
		{"ce-signature", wire.NewSigner("another").Sign("conn 1") + "," + wire.NewSigner(accessKey).Sign("conn 1")},
		{"WebHook-Request-Origin", origin}, {"Content-Type", contentType},
	})
	observe.SetHeaders(r, i.headers)
	if hangs {
		ctx, cancel := contextUntilFailed(t, app)
		t.Cleanup(cancel)
		r = r.WithContext(ctx)
	}
	return r
}

// exchange returns the answer to a request, nil for none.
func exchange(t *testing.T, r *http.Request) *observe.Response {
	t.Helper()
	resp, err := client.Do(r)
	if err != nil {
		if r.Context().Err() == nil {
			t.Fatal(err)
		}
		return nil
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return &observe.Response{Status: resp.StatusCode, Header: resp.Header, Body: body}
}

var errSecret = errors.New("secret")

func respond(r wps.EventResponse) func(*wps.Invocation) error {
	return func(inv *wps.Invocation) error { inv.Respond(r); return nil }
}

func fail(err error) func(*wps.Invocation) error {
	return func(*wps.Invocation) error { return err }
}

func user(data wps.Payload, states map[string]any, clear bool) *wps.UserEventResponse {
	r := &wps.UserEventResponse{Data: data}
	if clear {
		r.ClearStates()
	}
	for key, value := range states {
		r.SetState(key, value)
	}
	return r
}
