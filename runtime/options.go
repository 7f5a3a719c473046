package wps

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"

	"github.com/wpsgen/wpsgen/internal/wire"
)

// Option changes how an App works.
type Option func(*config)

type config struct {
	settings       settings
	logger         *slog.Logger
	loggerGiven    bool
	maxBody        int64
	routePrefix    string
	prefixGiven    bool        // by an option
	host           *hostConfig // of the Functions host that started this process; nil for none
	trustPrincipal bool
	httpClient     *http.Client
	clientOptions  []ServiceClientOption
	credentials    func(Identity) (TokenCredential, error)
	eventChecks    []func(*http.Request) error
	problems       []error // of the options themselves
	middleware     []Middleware
	onRefusal      []func(context.Context, Refusal)
	listener       net.Listener
	keySigners     map[string]*wire.Signer // by key
}

func newConfig(options []Option) *config {
	c := &config{logger: slog.Default(), maxBody: defaultMaxBody, routePrefix: "api", keySigners: make(map[string]*wire.Signer)}
	for _, o := range options {
		o(c)
	}
	if c.settings == nil {
		c.settings = environment()
	}
	if prefix, ok := c.settings.lookup(settingRoutePrefix); ok && !c.prefixGiven {
		c.routePrefix = strings.Trim(prefix, "/")
	}
	if c.settings.get(settingPrincipal) == "1" {
		c.trustPrincipal = true
	}
	return c
}

// WithSettings gives the app its settings, in place of the environment. Names ignore case, and ":" is
// another spelling of "__".
func WithSettings(values map[string]string) Option {
	s := newSettings(values)
	return func(c *config) { c.settings = s }
}

// WithLogger makes the app log to l, in place of slog.Default or, behind the Functions host, of text on
// standard output.
func WithLogger(l *slog.Logger) Option {
	return func(c *config) { c.logger, c.loggerGiven = l, true }
}

// WithMaxBody bounds the bodies of requests to n bytes, in place of 1 MiB. What is longer is answered
// with 413 and not read. With an n below 1, which nothing could be below, New fails.
func WithMaxBody(n int64) Option {
	return func(c *config) {
		if n < 1 {
			c.problems = append(c.problems, fmt.Errorf("WithMaxBody: %d bytes is no limit that a body can keep; give a positive number", n))
			return
		}
		c.maxBody = min(n, maxMaxBody)
	}
}

// WithRoutePrefix puts the routes of http functions below prefix; "" puts them at the root. Without it they
// are below what the setting AzureFunctionsJobHost__extensions__http__routePrefix says, else below "api".
func WithRoutePrefix(prefix string) Option {
	return func(c *config) { c.routePrefix, c.prefixGiven = strings.Trim(prefix, "/"), true }
}

// TrustClientPrincipal keeps the x-ms-client-principal headers of requests, by which a proxy in front
// tells who has signed in. Without it they are dropped, since anybody could send them; use it only
// where such a proxy sets or strips them for every request. The setting WPS_TRUST_CLIENT_PRINCIPAL=1 is
// the same: wpsgen dev has it, where a developer sends the headers that the proxy would.
func TrustClientPrincipal() Option { return func(c *config) { c.trustPrincipal = true } }

// WithServiceHTTPClient makes everything the app sends to the service go through h.
func WithServiceHTTPClient(h *http.Client) Option { return func(c *config) { c.httpClient = h } }

// WithServiceClientOptions changes how the app's ServiceClients work, such as with WithRetry.
func WithServiceClientOptions(options ...ServiceClientOption) Option {
	return func(c *config) { c.clientOptions = append(c.clientOptions, options...) }
}

// WithCredentials makes the credentials of connections by identity, those whose settings have
// NAME__serviceUri in place of a connection string. It is called once for each binding that uses one.
// Package entra has one for Microsoft Entra ID.
func WithCredentials(credential func(Identity) (TokenCredential, error)) Option {
	return func(c *config) { c.credentials = credential }
}

// WithEventCheck holds every event of the service against check, beside its signature and before its body
// is read: an error, whose text is logged, answers it with 401. Preflights are not checked. With it, a
// connection that has no access key may bring events. Of several checks, all must pass. Package entra has a check for the access tokens
// that the service sends when its event handlers use managed identity.
func WithEventCheck(check func(*http.Request) error) Option {
	return func(c *config) { c.eventChecks = append(c.eventChecks, check) }
}

// WithMiddleware wraps every call of a function; the first one given is the outermost. What a middleware
// is given ends with the function's actions sent; its error is what the call fails with.
func WithMiddleware(middleware ...Middleware) Option {
	return func(c *config) { c.middleware = append(c.middleware, middleware...) }
}

// WithOnRefusal calls f for every request that is refused before a function runs, such as a forged event,
// so that they can be counted: the log shows one a second at most. f must not wait.
func WithOnRefusal(f func(context.Context, Refusal)) Option {
	return func(c *config) { c.onRefusal = append(c.onRefusal, f) }
}

// InvalidOption makes New fail with err, and Serve and Main not start. It is for packages that make options
// of settings that may be wrong.
func InvalidOption(err error) Option {
	return func(c *config) { c.problems = append(c.problems, err) }
}

// WithListener makes Serve and Main accept connections on l, in place of the address in the settings.
// New ignores it.
func WithListener(l net.Listener) Option { return func(c *config) { c.listener = l } }
