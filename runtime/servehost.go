package wps

import (
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
