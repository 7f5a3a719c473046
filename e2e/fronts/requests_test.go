package fronts_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"sync"
	"testing"

	"github.com/wpsgen/wpsgen/e2e/observe"
	"github.com/wpsgen/wpsgen/internal/vectors"
	"github.com/wpsgen/wpsgen/internal/wire"
)

// TestRequests drives the requests of the vectors through every front of triggers.
func TestRequests(t *testing.T) {
	extension := extensionStatus(t)
	for _, v := range observe.Requests(t) {
		t.Run(v.ID, func(t *testing.T) {
			for _, f := range fronts {
				if f.context {
					continue // a hub's events come to one function there
				}
				t.Run(f.name, func(t *testing.T) {
					drive(t, f, v, expected(f, v, extension[v.ID]))
				})
			}
		})
	}
}

// expected is what is expected of a vector where the Functions host has a say: the extension's own status of
// what does not get to the envelope, and where it passes requests on, no other methods than the function's.
func expected(f front, v *observe.Request, status json.RawMessage) *vectors.Case {
	c := *v.Case
	c.Expected = maps.Clone(c.Expected)
	method := v.Request.Method
	switch {
	case f.envelope && string(c.Expected["dispatched"]) != "true":
		c.Expected["status"] = status
	case f.host != nil && method != http.MethodPost && method != http.MethodOptions:
		c.Expected = map[string]json.RawMessage{"status": json.RawMessage("404"), "dispatched": json.RawMessage("false")}
	}
	return &c
}

// extensionStatus are the statuses of the vectors as the extension answers.
func extensionStatus(t *testing.T) map[string]json.RawMessage {
	t.Helper()
	statuses := make(map[string]json.RawMessage)
	for _, v := range vectors.Load[struct {
		ID       string
		Expected struct{ Status json.RawMessage }
	}](t, vectors.FileRequests) {
		statuses[v.ID] = v.Expected.Status
	}
	return statuses
}

// dispatched is what reached the functions of a vector.
type dispatched struct {
	mu        sync.Mutex
	listeners []int
	seen      json.RawMessage
}

func (d *dispatched) add(listener int, event json.RawMessage) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.listeners, d.seen = append(d.listeners, listener), event
}

func drive(t *testing.T, f front, v *observe.Request, want *vectors.Case) {
	d := &dispatched{}
	functions := v.Functions(d.add)
	for i := range functions {
		functions[i].Upstream = f.upstream
	}
	settings := map[string]string{"AzureWebJobsStorage": "UseDevelopmentStorage=true"}
	for name, value := range v.Settings {
		settings[name] = value
	}
	app := &running{front: f}
	app.serve(t, functions, settings, v.Options()...)
	r := v.HTTP(t, app.url)
	if r.URL.Path == wire.WebhookPath {
		r.URL.Path = f.webhook
	}
	got := exchange(t, r)
	checks := got.Checks()
	checks["dispatched"] = func(t testing.TB, want json.RawMessage) {
		if n := len(d.called()); (n == 1) != vectors.Decode[bool](t, want) || n > 1 {
			t.Errorf("%d functions were called, dispatched %s", n, want)
		}
	}
	checks["dispatchedListenerIndex"] = func(t testing.TB, want json.RawMessage) {
		if called := d.called(); len(called) != 1 || called[0] != vectors.Decode[int](t, want) {
			t.Errorf("listeners %v were called, want %s", called, want)
		}
	}
	checks["decoded"] = func(t testing.TB, want json.RawMessage) { observe.CheckEvent(t, d.seen, want) }
	want.Check(t, checks)
}

func (d *dispatched) called() []int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.listeners
}
