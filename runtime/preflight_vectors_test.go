package wps_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/e2e/observe"
	"github.com/wpsgen/wpsgen/internal/vectors"
	"github.com/wpsgen/wpsgen/internal/wire"
	wps "github.com/wpsgen/wpsgen/runtime"
)

// access is a connection as vectors have it.
type access struct {
	Endpoint   string
	AccessKey  *string
	Credential string
}

// connections puts accesses into settings and returns the settings' names.
func connections(settings map[string]string, accesses []access) []string {
	var names []string
	for _, a := range accesses {
		name := fmt.Sprintf("Connection%d", len(settings))
		names = append(names, name)
		switch {
		case a.Credential == "identity":
			settings[name+"__serviceUri"] = a.Endpoint
		case a.AccessKey == nil:
			settings[name] = "Endpoint=" + a.Endpoint
		default:
			settings[name] = "Endpoint=" + a.Endpoint + ";AccessKey=" + *a.AccessKey
		}
	}
	return names
}

type preflightVector struct {
	Surface           string
	Method            *string
	OriginHeaderLines []string
	Listeners         [][]access
}

func TestPreflightVectors(t *testing.T) {
	for _, c := range vectors.Cases(t, vectors.FilePreflight) {
		v := &preflightVector{}
		c.Decode(t, v)
		t.Run(c.ID, func(t *testing.T) {
			switch {
			case v.Surface == "trigger":
				c.Check(t, exchange(v.webhook(t), v.request(t, wire.WebhookPath)).Checks())
			case strings.HasPrefix(v.Surface, "context"):
				v.checkContext(t, c)
			default:
				t.Fatalf("surface %q is not understood", v.Surface)
			}
		})
	}
}

func (v *preflightVector) request(t *testing.T, path string) *http.Request {
	t.Helper()
	method := ""
	if v.Method != nil {
		method = *v.Method
	}
	r, err := http.NewRequestWithContext(t.Context(), method, "http://app.example"+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range v.OriginHeaderLines {
		r.Header.Add("WebHook-Request-Origin", line)
	}
	return r
}

// webhook is an app with a function for each listener.
func (v *preflightVector) webhook(t *testing.T) http.Handler {
	settings := make(map[string]string)
	var functions []wps.Function
	for i, accesses := range v.Listeners {
		name := fmt.Sprintf("f%d", i)
		trigger := wps.WebPubSubTrigger{Name: "data", Hub: "chat", EventType: wps.EventTypeUser, EventName: name,
			Connections: connections(settings, accesses), Unsigned: len(accesses) == 0}
		functions = append(functions, function(name, nothing, trigger))
	}
	return appOf(t, functions, wps.WithSettings(settings), observe.Vouch())
}

func function(name string, call func(*wps.Invocation) error, bindings ...wps.Binding) wps.Function {
	return wps.Function{Name: name, Bindings: bindings, Handler: wps.Handler{Call: call}}
}

func nothing(*wps.Invocation) error { return nil }

// hook is an app with an event handler at /api/hook, of a webPubSubContext binding.
func hook(t *testing.T, accesses []access, call func(*wps.Invocation) error) http.Handler {
	settings := make(map[string]string)
	c := wps.WebPubSubContext{Name: "wps", Connections: connections(settings, accesses), Unsigned: len(accesses) == 0}
	f := function("hook", call, wps.HTTPTrigger{Name: "req", AuthLevel: "anonymous"}, wps.HTTPOutput{Name: "res"}, c)
	return appOf(t, []wps.Function{f}, wps.WithSettings(settings), observe.Vouch())
}

// checkContext asks the context binding. What is a preflight gets an answer without a text, anything else
// that is no event an error with one.
func (v *preflightVector) checkContext(t *testing.T, c *vectors.Case) {
	var accesses []access
	for _, more := range v.Listeners {
		accesses = append(accesses, more...)
	}
	ask := func(accesses []access) *observe.Response {
		return exchange(hook(t, accesses, nothing), v.request(t, "/api/hook"))
	}
	got := ask(accesses)
	allowed := func(t testing.TB, want json.RawMessage) {
		if ok := got.Header.Get("WebHook-Allowed-Origin") == "*"; ok != vectors.Decode[bool](t, want) {
			t.Errorf("allowed %t, want %s", ok, want)
		}
	}
	checks := got.Checks()
	for _, name := range []string{"isValid", "isValidHost", "allowed", "valid"} {
		checks[name] = allowed
	}
	checks["isPreflight"] = func(t testing.TB, want json.RawMessage) {
		if is := len(got.Body) == 0; is != vectors.Decode[bool](t, want) {
			t.Errorf("preflight %t, want %s; body %s", is, want, got.Body)
		}
	}
	checks["requestHosts"] = func(t testing.TB, want json.RawMessage) {
		for _, host := range vectors.Decode[[]string](t, want) {
			if r := ask([]access{{Endpoint: "https://" + host}}); r.Status != http.StatusOK {
				t.Errorf("a connection to %s does not accept the preflight: %d", host, r.Status)
			}
		}
		if r := ask([]access{{Endpoint: "https://no.such.host"}}); r.Status != http.StatusBadRequest {
			t.Errorf("any host is accepted: %d", r.Status)
		}
	}
	c.Check(t, checks)
}
