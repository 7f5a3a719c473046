package wps

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// passed makes functions those of an app that the host passes requests through to.
func passed(functions ...Function) []Function {
	for i := range functions {
		functions[i].Upstream = UpstreamHTTP
	}
	return functions
}

func TestUpstreamHTTP(t *testing.T) {
	app := mustNew(t, passed(userFunction("message", nothing), httpFunction("page", anonymous(""), nothing)))
	for _, path := range []string{"/api/webpubsub", "/API/WebPubSub", "/runtime/webhooks/webpubsub"} {
		r := userEvent("message", "x")
		r.URL.Path = path
		if w := serve(app, r); w.Code != 200 {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
	app = mustNew(t, []Function{userFunction("message", nothing)})
	r := userEvent("message", "x")
	r.URL.Path = "/api/webpubsub"
	if w := serve(app, r); w.Code != 404 {
		t.Errorf("not asked for: %d", w.Code)
	}
}

func TestUpstreamProblems(t *testing.T) {
	page := func(name, route string, methods ...string) Function {
		return httpFunction(name, HTTPTrigger{AuthLevel: "anonymous", Route: route, Methods: methods}, nothing)
	}
	for _, c := range []struct {
		name      string
		functions []Function
		want      string
	}{
		{"two upstreams", append(passed(page("a", "")), page("b", "")), "is generated for another upstream than"},
		{"the name", passed(page("WebPubSub", "x")), "events of the service come to a function of that name"},
		{"the route", passed(page("a", "webpubsub")), `route "webpubsub" serves /api/webpubsub`},
		{"a catch-all", passed(page("a", "{*rest}")), "where with upstream: http the events of the service come"},
		{"another method", passed(page("a", "{*rest}", "get")), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := New(c.functions, defaults(), silent())
			if c.want == "" && err != nil {
				t.Error(err)
			} else if c.want != "" {
				wantError(t, err, c.want)
			}
		})
	}
}

// TestReachable: nobody outside may reach the path at which the host calls a function.
func TestReachable(t *testing.T) {
	route := func(text string, methods ...string) HTTPTrigger { return HTTPTrigger{Route: text, Methods: methods} }
	for _, c := range []struct {
		name, hostJSON string
		trigger        HTTPTrigger
		want           string
	}{
		{"no prefix", `{"extensions":{"http":{"routePrefix":""}},"customHandler":{"enableForwardingHttpRequest":true}}`, route("message"), "serves /message"},
		{"no prefix, its own name", `{"extensions":{"http":{"routePrefix":""}},"customHandler":{"enableForwardingHttpRequest":true}}`, route(""), ""},
		{"no prefix, catch-all", `{"extensions":{"http":{"routePrefix":""}},"customHandler":{"enableProxyingHttpRequest":true}}`, route("{*all}"), "serves /message"},
		{"no prefix, get", `{"extensions":{"http":{"routePrefix":""}},"customHandler":{"enableProxyingHttpRequest":"true"}}`, route("{*all}", "get"), ""},
		{"a prefix", `{"customHandler":{"enableProxyingHttpRequest":true}}`, route("{*all}"), ""},
		{"nothing passed through", `{"extensions":{"http":{"routePrefix":""}}}`, route("{*all}"), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, "host.json"), []byte(c.hostJSON), 0o600); err != nil {
				t.Fatal(err)
			}
			functions := []Function{httpFunction("page", c.trigger, nothing), userFunction("message", nothing)}
			cfg := newConfig([]Option{WithSettings(map[string]string{settingHostPort: "7071", settingAppRoot: dir}), silent()})
			if err := cfg.readHost(); err != nil {
				t.Fatal(err)
			}
			_, err := cfg.serveable(functions)
			if c.want == "" && err != nil {
				t.Error(err)
			} else if c.want != "" {
				wantError(t, err, c.want, "routePrefix")
			}
		})
	}
}

// TestNotPassed: an app that the host is to pass requests through to does not start where it passes none.
func TestNotPassed(t *testing.T) {
	for hostJSON, want := range map[string]string{`{}`: "enableProxyingHttpRequest", `{"customHandler":{"enableProxyingHttpRequest":true}}`: ""} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "host.json"), []byte(hostJSON), 0o600); err != nil {
			t.Fatal(err)
		}
		cfg := newConfig([]Option{WithSettings(map[string]string{settingHostPort: "7071", settingAppRoot: dir, settingConnection: testConnection}), silent()})
		if err := cfg.readHost(); err != nil {
			t.Fatal(err)
		}
		_, err := cfg.serveable(passed(userFunction("message", nothing)))
		if want != "" {
			wantError(t, err, want)
		} else if err != nil {
			t.Error(err)
		}
	}
}

// TestServeHost: started by the Functions host, the program answers its probe and its calls, needs no keys,
// and logs to standard output.
func TestServeHost(t *testing.T) {
	page := httpFunction("page", HTTPTrigger{Name: "req", AuthLevel: "function"}, nothing)
	s := start(t, []Function{page, userFunction("message", nothing)}, map[string]string{settingHostPort: "0", settingConnection: "", settingAppRoot: t.TempDir()})
	for _, c := range []struct {
		method, path, body string
		want               int
	}{
		{"GET", "/", "", 200}, {"POST", "/api/page", "", 200}, {"POST", "/page", `{"Data":{"req":{"Url":"/","Method":"GET"}}}`, 200}, {"GET", "/healthz", "", 404},
	} {
		r, err := http.NewRequestWithContext(t.Context(), c.method, s.url+c.path, strings.NewReader(c.body))
		if err != nil {
			t.Fatal(err)
		}
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != c.want {
			t.Errorf("%s %s: %d, want %d", c.method, c.path, res.StatusCode, c.want)
		}
	}
	s.cancel()
	if err := <-s.done; err != nil {
		t.Error(err)
	}
	wantError(t, Serve(t.Context(), nil, WithSettings(map[string]string{settingHostPort: "0", settingAppRoot: t.TempDir()}), WithRoutePrefix("x"), silent()), `below "api", WithRoutePrefix below "x"`)
}

func TestWebhookKey(t *testing.T) {
	app := mustNew(t, []Function{userFunction("message", nothing)}, WithSettings(map[string]string{
		settingConnection: "Endpoint=https://svc.example", settingWebhookKey: "a+b&c",
	}))
	for query, want := range map[string]int{"": 401, "code=x": 401, "code=": 401, "code=a%2Bb%26c": 200, "x=1&code=a%2Bb%26c&y": 200, "xcode=a%2Bb%26c": 401} {
		r := userEvent("message", "x")
		r.URL.RawQuery = query
		if w := serve(app, r); w.Code != want {
			t.Errorf("%q: %d, want %d", query, w.Code, want)
		}
		r = httptest.NewRequest("OPTIONS", "/runtime/webhooks/webpubsub?"+query, nil)
		r.Header.Set("WebHook-Request-Origin", "svc.example")
		if w := serve(app, r); w.Code != want {
			t.Errorf("preflight %q: %d, want %d", query, w.Code, want)
		}
	}
	r := userEvent("message", "x")
	r.URL.RawQuery = "code=a%2Bb%26c"
	r.Header.Set("WebHook-Request-Origin", "other.example")
	if w := serve(app, r); w.Code != 401 {
		t.Errorf("from another host: %d", w.Code)
	}
}
