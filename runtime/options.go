package wps

import (
	"log/slog"
	"net"
	"net/http"
	"strings"
)

// Option changes how an App works.
type Option func(*config)

type config struct {
	settings       settings
	logger         *slog.Logger
	maxBody        int64
	routePrefix    string
	trustPrincipal bool
	httpClient     *http.Client
	listener       net.Listener
}

func newConfig(options []Option) *config {
	c := &config{logger: slog.Default(), maxBody: defaultMaxBody, routePrefix: "api"}
	for _, o := range options {
		o(c)
	}
	if c.settings == nil {
		c.settings = environment()
	}
	return c
}

// WithSettings gives the app its settings, in place of the environment. Names ignore case, and ":" is
// another spelling of "__".
func WithSettings(values map[string]string) Option {
	s := newSettings(values)
	return func(c *config) { c.settings = s }
}

// WithLogger makes the app log to l, in place of slog.Default.
func WithLogger(l *slog.Logger) Option { return func(c *config) { c.logger = l } }

// WithMaxBody bounds the bodies of requests to n bytes, in place of 1 MiB. What is longer is answered
// with 413 and not read.
func WithMaxBody(n int64) Option { return func(c *config) { c.maxBody = n } }

// WithRoutePrefix puts the routes of http functions below prefix, in place of "api"; "" puts them at the root.
func WithRoutePrefix(prefix string) Option {
	return func(c *config) { c.routePrefix = strings.Trim(prefix, "/") }
}

// TrustClientPrincipal keeps the x-ms-client-principal headers of requests, by which a proxy in front
// tells who has signed in. Without it they are dropped, since anybody could send them; use it only
// where such a proxy sets or strips them for every request.
func TrustClientPrincipal() Option { return func(c *config) { c.trustPrincipal = true } }

// WithServiceHTTPClient makes everything the app sends to the service go through h.
func WithServiceHTTPClient(h *http.Client) Option { return func(c *config) { c.httpClient = h } }

// WithListener makes Serve and Main accept connections on l, in place of the address in the settings.
// New ignores it.
func WithListener(l net.Listener) Option { return func(c *config) { c.listener = l } }
