package wps

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
)

// readHost finds out whether the Functions host has started this process, and follows what host.json says.
func (c *config) readHost() error {
	host, err := c.settings.host()
	if err != nil || host == nil {
		return err
	}
	if c.prefixGiven && c.routePrefix != host.routePrefix {
		return fmt.Errorf("host.json puts http functions below %q, WithRoutePrefix below %q: take the option out, or give both the same", host.routePrefix, c.routePrefix)
	}
	c.host, c.routePrefix = host, host.routePrefix
	if !c.loggerGiven {
		c.logger = slog.New(slog.NewTextHandler(os.Stdout, nil))
	}
	return nil
}

// serveHost makes the server one of the Functions host's: no probes but the host's own, and no timers,
// whose runs the host starts.
func (s *server) serveHost(host *hostConfig) {
	s.http.Handler = newHostFront(s.app, host)
	s.timers = timersOff
}

var errNotPassed = errors.New("the app is generated for upstream: http, and the Functions host passes no requests through; set customHandler.enableProxyingHttpRequest in host.json to true, as wpsgen generate writes it")

// serveable makes the app of functions. Where the Functions host passes requests through, none of them
// may look like a call of the host's own; where it does not, none of the service's events would arrive.
func (c *config) serveable(functions []Function) (*App, error) {
	app, err := newApp(c, functions)
	switch {
	case err != nil || c.host == nil:
	case c.host.forwards:
		err = app.checkReachable()
	case len(functions) > 0 && functions[0].Upstream == UpstreamHTTP:
		err = errNotPassed
	}
	return app, err
}
