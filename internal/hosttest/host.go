package hosttest

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"testing"
	"time"
)

// Host is a running stand-in of the Functions host. It is safe for concurrent use.
type Host struct {
	options Options
	app     *app
	handler handler
	service *service
	log     *hostLog

	transport *http.Transport // to the handler
	client    *http.Client

	server      *http.Server
	url         string
	invocations journal[*Invocation]
	timers      sync.Map // function name -> time.Time of its last run

	ctx    context.Context // ends with the host
	cancel context.CancelFunc
	mu     sync.Mutex // guards closing against new work
	work   sync.WaitGroup
}

// Start loads an app folder, checks it as the host does, starts its custom handler and listens on
// loopback. It returns when the handler is ready; errors have the host's texts. Close ends it.
func Start(ctx context.Context, o Options) (*Host, error) {
	a, err := loadApp(o)
	if err != nil {
		return nil, err
	}
	if o.Version == "" {
		o.Version = defaultVersion
	}
	h := &Host{options: o, app: a, log: &hostLog{out: o.Stdout}}
	h.transport = &http.Transport{DisableCompression: true, MaxIdleConnsPerHost: 64}
	h.client = &http.Client{Transport: h.transport}
	h.service = &service{client: o.HTTPClient, identityToken: o.IdentityToken}
	if o.HTTPClient == nil {
		h.service.client = h.client
	}
	if h.handler, err = newHandler(o, a, h.log); err != nil {
		return nil, err
	}
	h.ctx, h.cancel = context.WithCancel(context.Background())
	if err := h.listen(); err != nil {
		h.Close()
		return nil, err
	}
	if _, err := h.handler.address(ctx); err != nil {
		h.Close()
		return nil, fmt.Errorf("the custom handler did not start: %w", err)
	}
	return h, nil
}

// New is Start for a test: it fails the test on errors, and closes the host at its end.
func New(t testing.TB, o Options) *Host {
	t.Helper()
	h, err := Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.Close)
	return h
}

// newHandler starts the process, unless there are no functions or a handler listens already.
func newHandler(o Options, a *app, log *hostLog) (handler, error) {
	if o.HandlerURL != "" {
		return fixedHandler(o.HandlerURL), nil
	}
	if len(a.functions) == 0 {
		return fixedHandler(""), nil
	}
	args, dir := o.Command, o.Dir
	if len(args) == 0 {
		w, err := a.host.worker(a.settings)
		if err != nil {
			return nil, err
		}
		args, dir = w.command(o.Dir)
	}
	p := &process{
		args: args, dir: dir, root: o.Dir, initialization: a.host.initialization,
		stderr: stderrLevel(a.host.stderrAsError), log: log,
	}
	for name, value := range o.Settings {
		p.environment = append(p.environment, name+"="+value)
	}
	p.start()
	return p, nil
}

func (h *Host) listen() error {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	h.url = "http://" + l.Addr().String()
	h.server = &http.Server{Handler: h, ReadHeaderTimeout: time.Minute}
	h.work.Go(func() {
		if err := h.server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			h.log.addf(LevelError, "the host's listener: %v", err)
		}
	})
	return nil
}

// URL is the base URL of the host's front, without a slash at its end.
func (h *Host) URL() string { return h.url }

// Close ends the host as the platform does: the process is killed, callers are cut off. It returns when
// nothing of it runs any more.
func (h *Host) Close() {
	h.mu.Lock()
	h.cancel()
	h.mu.Unlock()
	if h.server != nil {
		_ = h.server.Close() // the listener's own error helps nobody
	}
	h.handler.close()
	h.work.Wait()
	h.transport.CloseIdleConnections()
}

var errClosed = errors.New("the host is closed")

// enter counts work that Close waits for, until work.Done. It reports whether the host still takes any.
func (h *Host) enter() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.ctx.Err() != nil {
		return false
	}
	h.work.Add(1)
	return true
}

// spawn runs work that Close waits for.
func (h *Host) spawn(work func()) error {
	if !h.enter() {
		return errClosed
	}
	go func() {
		defer h.work.Done()
		work()
	}()
	return nil
}

// Kill ends the process as a crash does: the host sees an error and starts it again, until the third.
func (h *Host) Kill() { h.handler.kill() }

// Restart kills the process and returns when the next one is ready. It fails with ctx.
func (h *Host) Restart(ctx context.Context) error {
	h.handler.restart()
	_, err := h.handler.address(ctx)
	return err
}

// Ready returns when the process is ready, after a crash the next one. It fails with ctx, and when the
// host has given up on the process.
func (h *Host) Ready(ctx context.Context) error {
	_, err := h.handler.address(ctx)
	return err
}

// Invocations are all that were completed or left hanging, in that order.
func (h *Host) Invocations() []*Invocation { return h.invocations.all() }

// WaitInvocation returns the first invocation that matches, past or to come. It fails with ctx.
func (h *Host) WaitInvocation(ctx context.Context, match func(*Invocation) bool) (*Invocation, error) {
	return h.invocations.wait(ctx, match)
}

// Outputs are the values that arrived at a function's output bindings, by binding name, an element for
// each of its invocations that had any.
func (h *Host) Outputs(function string) []map[string]Value {
	var all []map[string]Value
	for _, inv := range h.Invocations() {
		if inv.Function == function && len(inv.Outputs) > 0 {
			all = append(all, inv.Outputs)
		}
	}
	return all
}

// Log is the host's log so far.
func (h *Host) Log() []LogLine { return h.log.lines.all() }

// WaitLog returns the first line of the log that matches, past or to come. It fails with ctx.
func (h *Host) WaitLog(ctx context.Context, match func(LogLine) bool) (LogLine, error) {
	return h.log.lines.wait(ctx, match)
}
