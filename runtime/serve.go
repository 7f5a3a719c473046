package wps

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"sync/atomic"
	"time"
)

const (
	defaultAddr  = "127.0.0.1:8080"
	defaultDrain = 25 * time.Second
	// cancelGrace is what handlers get to return once their contexts have been cancelled.
	cancelGrace = time.Second
)

// Serve serves functions until ctx ends, and then shuts down: it is no longer ready, goes on serving for
// WPS_SHUTDOWN_DELAY (not at all when not set) so that a load balancer notices, accepts nothing, lets calls
// that are running finish, for at most WPS_DRAIN_TIMEOUT (25 s when not set), cancels what
// is left, and returns nil. Any other error is why it could not start, all problems joined, or why the
// server failed.
//
// Timer functions run only when WPS_TIMERS is 1, true or on, so that of several replicas one can be told
// to; see [App.RunTimers].
//
// Functions with bindings of other extensions, which only the Functions host serves, keep an app from starting
// without it, unless WPS_OTHER_BINDINGS is absent; see [OtherBinding].
//
// When FUNCTIONS_CUSTOMHANDLER_PORT is set, the Functions host has started the process: Serve then listens
// on loopback at that port, answers the host's calls and the requests that it passes through, runs no
// timers, and logs to standard output, since the host takes everything else for an error.
//
// It listens at WPS_ADDR, else at port PORT of every address when that is set, else at
// 127.0.0.1:8080. /healthz answers 200 while the process lives, /readyz 200 while it takes calls and
// 503 afterwards.
func Serve(ctx context.Context, functions []Function, options ...Option) error {
	c := newConfig(options)
	if err := c.readHost(); err != nil {
		return err
	}
	drain, drainErr := c.settings.drainTimeout()
	addr, addrErr := c.address()
	delay, delayErr := c.settings.duration(settingStopDelay, 0)
	timers, timersErr := c.settings.timers()
	app, appErr := c.serveable(functions)
	if err := errors.Join(appErr, addrErr, drainErr, delayErr, timersErr); err != nil {
		return err
	}
	listener := c.listener
	if listener == nil {
		var err error
		if listener, err = net.Listen("tcp", addr); err != nil {
			return fmt.Errorf("listen: %w; choose another address with %s", err, settingAddr)
		}
	}
	s := newServer(app, drain)
	s.delay, s.timers = delay, timers
	if c.host != nil {
		s.serveHost(c.host)
	}
	return s.run(ctx, listener)
}

// address is where Serve listens: on loopback where the Functions host says, since nobody else is to come.
func (c *config) address() (string, error) {
	if c.host != nil {
		return c.host.addr, nil
	}
	return c.settings.address()
}

// address is where Serve listens stand-alone.
func (s settings) address() (string, error) {
	if addr := s.get(settingAddr); addr != "" {
		return addr, nil
	}
	port := s.get(settingPort)
	if port == "" {
		return defaultAddr, nil
	}
	if n, err := strconv.Atoi(port); err != nil || n < 0 || n > 65535 {
		return "", fmt.Errorf("setting %s: %q is not a port number", settingPort, port)
	}
	return ":" + port, nil
}

func (s settings) drainTimeout() (time.Duration, error) {
	return s.duration(settingDrainTimeout, defaultDrain)
}

// duration reads a setting that is a duration.
func (s settings) duration(name string, unset time.Duration) (time.Duration, error) {
	text := s.get(name)
	if text == "" {
		return unset, nil
	}
	d, err := time.ParseDuration(text)
	if err != nil || d < 0 {
		return 0, fmt.Errorf("setting %s: %q is not a duration such as 25s", name, text)
	}
	return d, nil
}

// server is an App with what a process of its own needs around it.
type server struct {
	app    *App
	delay  time.Duration // to go on serving after being not ready
	drain  time.Duration
	timers timersMode
	ready  atomic.Bool
	http   *http.Server
	cancel context.CancelFunc // of every call's context
}

func newServer(app *App, drain time.Duration) *server {
	base, cancel := context.WithCancel(context.Background())
	s := &server{app: app, drain: drain, cancel: cancel}
	s.http = &http.Server{
		Handler: s,
		// Until the body is read; the function may take longer. A time of its own for the header would cost each
		// request another timer.
		ReadTimeout: 30 * time.Second,
		IdleTimeout: 2 * time.Minute,
		BaseContext: func(net.Listener) context.Context { return base },
	}
	return s
}

// ServeHTTP answers the probes and leaves the rest to the app.
func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/healthz":
		w.WriteHeader(http.StatusOK)
	case "/readyz":
		if !s.ready.Load() {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		w.WriteHeader(http.StatusOK)
	default:
		if !s.ready.Load() {
			closeAfter(w) // who comes back opens a connection to a process that stays
		}
		s.app.ServeHTTP(w, r)
	}
}

// run serves until ctx ends and then drains.
func (s *server) run(ctx context.Context, listener net.Listener) error {
	defer s.cancel()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	failed := make(chan error, 1)
	go func() { failed <- s.http.Serve(listener) }()
	s.ready.Store(true)
	s.app.config.logger.Info("serving functions", "address", listener.Addr().String(),
		"hubs", s.app.hubs(), "functions", len(s.app.functions), "timers", s.timers.describe(len(s.app.timers)))
	timers := s.startTimers(ctx)
	select {
	case err := <-failed:
		stop()
		<-timers
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	s.ready.Store(false)
	time.Sleep(s.delay)
	s.shutDown()
	<-failed // http.ErrServerClosed
	<-timers
	return nil
}

// shutDown lets running calls finish within the limit, then cancels them and, when even that does not
// end them, closes their connections.
func (s *server) shutDown() {
	logger := s.app.config.logger
	logger.Info("draining", "limit", s.drain.String())
	if s.shutDownWithin(s.drain) == nil {
		return
	}
	logger.Warn("calls are still running at the drain limit and are cancelled", "limit", s.drain.String())
	s.cancel()
	if s.shutDownWithin(cancelGrace) != nil {
		s.http.Close() // what it returns is about connections that are given up anyway
	}
}

func (s *server) shutDownWithin(limit time.Duration) error {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	return s.http.Shutdown(ctx)
}
