package hosttest

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/internal/vectors"
)

// forwardVector is a condition or an example of forwarding. Original and forwarded are a URL, a query or
// a whole request.
type forwardVector struct {
	ID, Type, Function, Path, Mode, Note string
	Forward                              *bool `json:"enableForwardingHttpRequest"`
	Proxy                                bool  `json:"enableProxyingHttpRequest"`
	Bindings                             []string
	Original, Forwarded                  json.RawMessage
	Response                             struct{ Status int } // the handler's; a redirect where none is given
}

type forwardedRequest struct {
	Method, Query, Body string
	Headers             map[string]string
	Added               []string
}

func (v *forwardVector) original(t *testing.T) forwardedRequest {
	r := forwardedRequest{Method: http.MethodGet}
	text, ok := stringIn(v.Original)
	switch {
	case v.Original == nil:
	case ok && strings.HasPrefix(text, "?"):
		r.Query = text
	case ok: // a URL: checkPath looks at it
	default:
		decodeInto(t, v.Original, &r)
	}
	return r
}

// seen is what a custom handler got.
type seen struct {
	request *http.Request
	body    string
}

// host runs a function of the bindings, each given as its type and direction.
func (v *forwardVector) host(t *testing.T, name, hostSection string, flags map[string]bool, bindings ...string) (*Host, *seen) {
	got := new(seen)
	section := object{}
	for _, flag := range []string{"enableForwardingHttpRequest", "enableProxyingHttpRequest"} {
		section = append(section, member{flag, marshal(flags[flag])})
	}
	doc := object{{"version", marshal("2.0")}, {hostSection, marshal(section)}, {"extensionBundle", marshal(object{{"id", marshal(bundleID)}})}}
	h := New(t, Options{
		Dir:      writeApp(t, map[string]string{"host.json": string(marshal(doc)), name + "/function.json": functionJSON(bindings...)}),
		Settings: testSettings(),
		HandlerURL: serveHandler(t, func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			got.request, got.body = r, string(body)
			w.Header().Set("Content-Type", "application/json")
			w.Header().Set("Location", "/elsewhere")
			if r.Method != http.MethodPost || !strings.HasPrefix(got.body, `{"Data":`) {
				w.WriteHeader(v.status())
			}
			_, _ = io.WriteString(w, `{"Outputs": {}}`)
		}),
	})
	return h, got
}

// status is the handler's: any passes, and redirects are not followed.
func (v *forwardVector) status() int {
	if v.Response.Status != 0 {
		return v.Response.Status
	}
	return http.StatusFound
}

func (v *forwardVector) flags() map[string]bool {
	forward := v.Forward == nil || *v.Forward
	return map[string]bool{"enableForwardingHttpRequest": forward, "enableProxyingHttpRequest": v.Proxy}
}

const anyRoute = `{"type": "httpTrigger", "direction": "in", "name": "req", "authLevel": "anonymous", "route": "{*rest}"}`

func TestForwardingVectors(t *testing.T) {
	for _, v := range vectors.Load[*forwardVector](t, "host/forwarding.json") {
		t.Run(v.ID, func(t *testing.T) {
			switch {
			case v.Path != "":
				v.checkPath(t)
			case v.Bindings != nil:
				v.checkBindings(t)
			case v.Forwarded != nil:
				v.checkForwarded(t)
			case strings.Contains(v.Note, "Content-Length") || strings.Contains(v.Note, "chunked"):
				v.checkChunked(t)
			case v.Response.Status != 0, strings.Contains(v.Note, "redirect"), strings.Contains(v.Note, "status"):
				v.checkStatus(t)
			default:
				t.Fatal("the vector is not understood")
			}
		})
	}
}

// checkPath compares where the handler is called.
func (v *forwardVector) checkPath(t *testing.T) {
	text, ok := stringIn(v.Original)
	if !ok {
		t.Fatalf("original %s is not understood", v.Original)
	}
	u, err := url.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	if v.Forward != nil && *v.Forward || v.Proxy {
		if got := forwardedPath(u.EscapedPath(), v.Function, v.Type == "httpWorker"); got != v.Path {
			t.Errorf("path %s, want %s", got, v.Path)
		}
		return
	}
	h, got := v.host(t, v.Function, v.Type, v.flags(), anyRoute, httpOut)
	get(t, h.URL()+"/api"+u.Path)
	v.checkMode(t, got)
	if got.request.URL.Path != v.Path {
		t.Errorf("path %s, want %s", got.request.URL.Path, v.Path)
	}
}

// checkMode compares how the handler was called.
func (v *forwardVector) checkMode(t *testing.T, got *seen) {
	envelope := strings.HasPrefix(got.body, `{"Data":`)
	switch {
	case v.Mode == "":
	case strings.Contains(v.Mode, "envelope"):
		if !envelope || got.request.Method != http.MethodPost {
			t.Errorf("got %s %q, want an envelope", got.request.Method, got.body)
		}
	case strings.Contains(v.Mode, "original") || strings.Contains(v.Mode, "forward"):
		if envelope || got.request.URL.Path != "/api/f" {
			t.Errorf("got %s %q, want the request", got.request.URL, got.body)
		}
	default:
		t.Fatalf("mode %q is not understood", v.Mode)
	}
}

// checkBindings calls a function of the bindings and looks at the mode.
func (v *forwardVector) checkBindings(t *testing.T) {
	var bindings []string
	trigger := ""
	for i, text := range v.Bindings {
		typ, direction, _ := strings.Cut(text, " ")
		if strings.HasSuffix(lower(typ), "trigger") {
			trigger = typ
		}
		name := string(rune('a' + i))
		bindings = append(bindings, string(marshal(object{
			{"type", marshal(typ)}, {"direction", marshal(direction)}, {"name", marshal(name)}, {"authLevel", marshal("anonymous")},
			{"hub", marshal("chat")}, {"eventType", marshal("user")}, {"eventName", marshal("message")}, {"methods", marshal([]string{"get", "post"})},
			{"schedule", marshal("0 0 * * * *")},
		})))
	}
	h, got := v.host(t, "f", "customHandler", v.flags(), bindings...)
	v.call(t, h, trigger)
	if got.request == nil {
		t.Fatal("the handler was not called")
	}
	v.checkMode(t, got)
	if passed := !strings.Contains(v.Mode, "envelope"); v.Proxy && passed && got.request.URL.RawQuery != "a=1&a=2" {
		t.Errorf("query %s", got.request.URL.RawQuery)
	}
	if got.request.Header.Get("X-Azure-Functions-InvocationId") == "" || got.request.Header.Get("X-Azure-Functions-HostVersion") != defaultVersion {
		t.Errorf("headers %v", got.request.Header)
	}
}

// call runs the function f by its trigger.
func (v *forwardVector) call(t *testing.T, h *Host, trigger string) {
	t.Helper()
	var err error
	switch trigger {
	case typeTrigger:
		fetch(t, userEvent(t, h, "ping"))
	case typeHTTPTrigger:
		var resp *http.Response
		client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
		if resp, err = client.Get(h.URL() + "/api/f?a=1&a=2"); err == nil {
			resp.Body.Close()
		}
	case typeTimerTrigger:
		_, err = h.RunTimer(t.Context(), "f")
	default:
		_, err = h.Invoke(t.Context(), "f", "value")
	}
	if err != nil {
		t.Fatal(err)
	}
}

// checkForwarded sends the original request and compares what arrives.
func (v *forwardVector) checkForwarded(t *testing.T) {
	original := v.original(t)
	h, got := v.host(t, "f", "customHandler", v.flags(), httpTrigger, httpOut)
	v.send(t, h, original, strings.NewReader(original.Body))
	if got.request == nil {
		t.Fatal("the handler was not called")
	}
	var want forwardedRequest
	if text, ok := stringIn(v.Forwarded); ok {
		want.Query = text
	} else {
		decodeInto(t, v.Forwarded, &want)
		if got.body != want.Body {
			t.Errorf("body %q, want %q", got.body, want.Body)
		}
	}
	if got.request.URL.RawQuery != strings.TrimPrefix(want.Query, "?") {
		t.Errorf("query %s, want %s", got.request.URL.RawQuery, want.Query)
	}
	for name, value := range want.Headers {
		if have := got.request.Header.Get(name); have != value {
			t.Errorf("%s: %q, want %q", name, have, value)
		}
	}
	for _, added := range want.Added {
		name, rest, _ := strings.Cut(added, " ")
		have := got.request.Header.Get(name)
		if have == "" || strings.Contains(rest, "appended") && have != "tester Azure-Functions-Host/"+defaultVersion {
			t.Errorf("%s: %q, want %s", name, have, added)
		}
	}
}

func (v *forwardVector) send(t *testing.T, h *Host, original forwardedRequest, body io.Reader) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), original.Method, h.URL()+"/api/f"+original.Query, body)
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range original.Headers {
		r.Header.Set(name, value)
	}
	r.Header.Set("User-Agent", "tester")
	resp, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	return resp
}

// checkChunked sends a body without a length: forwarding loses it, proxying keeps it.
func (v *forwardVector) checkChunked(t *testing.T) {
	for _, proxying := range []bool{false, true} {
		h, got := v.host(t, "f", "customHandler", map[string]bool{"enableForwardingHttpRequest": true, "enableProxyingHttpRequest": proxying}, httpTrigger, httpOut)
		v.send(t, h, forwardedRequest{Method: http.MethodPost}, io.MultiReader(strings.NewReader("ping")))
		if kept := got.body == "ping"; kept != proxying {
			t.Errorf("proxying %t: body %q", proxying, got.body)
		}
	}
}

// checkStatus wants the handler's status as it is, a redirect too, and the invocation to be a success.
func (v *forwardVector) checkStatus(t *testing.T) {
	h, _ := v.host(t, "f", "customHandler", v.flags(), httpTrigger, httpOut)
	resp := v.send(t, h, forwardedRequest{Method: http.MethodGet}, nil)
	if resp.StatusCode != v.status() || !slices.ContainsFunc(h.Invocations(), (*Invocation).Success) {
		t.Errorf("status %s", resp.Status)
	}
}

func TestRedirectPasses(t *testing.T) { new(forwardVector).checkStatus(t) }
