// Package fronts_test drives one table of invocations through all ways in which calls reach a function, and
// wants the same effects of each, but for what the Functions host decides (DESIGN 4).
package fronts_test

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"
	"time"

	"github.com/wpsgen/wpsgen/internal/hosttest"
	"github.com/wpsgen/wpsgen/internal/wire"
	wps "github.com/wpsgen/wpsgen/runtime"
)

// front is a way in.
type front struct {
	name     string
	upstream wps.Upstream
	context  bool           // events come to a function of a webPubSubContext
	host     map[string]any // what host.json says of the custom handler; nil for no Functions host
	webhook  string         // the path of events
	envelope bool           // they reach the app in the host's envelope
}

var fronts = []front{
	{name: "webhook", webhook: wire.WebhookPath},
	{name: "context", context: true, webhook: "/api/hook"},
	{name: "envelope", host: map[string]any{}, webhook: wire.WebhookPath, envelope: true},
	{name: "context envelope", context: true, host: map[string]any{}, webhook: "/api/hook", envelope: true},
	{name: "proxied", upstream: wps.UpstreamHTTP, host: map[string]any{"enableProxyingHttpRequest": true}, webhook: "/api/webpubsub"},
	{name: "forwarded", upstream: wps.UpstreamHTTP, host: map[string]any{"enableForwardingHttpRequest": true}, webhook: "/api/webpubsub"},
}

// running is a front with an app behind it.
type running struct {
	front
	behaviour
	service service
	url     string
	app     *wps.App       // where there is no host
	host    *hosttest.Host // where there is one
}

// start runs the app behind the front until the test ends.
func (f front) start(t *testing.T) *running {
	t.Helper()
	r := &running{front: f}
	r.service.called = make(chan struct{}, 1)
	functions := r.triggered(f.upstream)
	if f.context {
		functions = r.hooked()
	}
	r.serve(t, functions, settings(), wps.WithServiceHTTPClient(r.service.client()))
	return r
}

// serve runs functions behind the front.
func (r *running) serve(t *testing.T, functions []wps.Function, settings map[string]string, options ...wps.Option) {
	t.Helper()
	options = append(options, silent())
	if r.front.host == nil {
		app, err := wps.New(functions, append(options, wps.WithSettings(settings))...)
		if err != nil {
			t.Fatal(err)
		}
		s := httptest.NewServer(app)
		t.Cleanup(s.Close)
		r.app, r.url = app, s.URL
		return
	}
	dir := folder(t, functions, r.front.host)
	r.host = hosttest.New(t, hosttest.Options{
		Dir: dir, Settings: settings, HTTPClient: r.service.client(),
		HandlerURL: handler(t, dir, functions, settings, options...),
	})
	r.url = r.host.URL()
}

// handler runs an app as the Functions host starts it, and returns its URL.
func handler(t *testing.T, dir string, functions []wps.Function, settings map[string]string, options ...wps.Option) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	environment := map[string]string{
		"FUNCTIONS_CUSTOMHANDLER_PORT": strconv.Itoa(l.Addr().(*net.TCPAddr).Port),
		"FUNCTIONS_APP_ROOT_PATH":      dir,
		"WPS_DRAIN_TIMEOUT":            "1s",
	}
	for name, value := range settings {
		environment[name] = value
	}
	ctx, stop := context.WithCancel(context.Background())
	served := make(chan error, 1)
	go func() {
		served <- wps.Serve(ctx, functions, append(options, wps.WithListener(l), wps.WithSettings(environment))...)
	}()
	t.Cleanup(func() {
		stop()
		if err := <-served; err != nil {
			t.Error(err)
		}
	})
	return "http://" + l.Addr().String()
}

// client gives up in the end: the Functions host never answers for a function that fails.
var client = &http.Client{Timeout: time.Minute, Transport: &http.Transport{DisableCompression: true}}
