package emulator

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/wpsgen/wpsgen/internal/wire"
)

const (
	// closingGrace is how long Close waits for clients to take the close frame. Most answer at once,
	// and those that do not read would only delay every test.
	closingGrace = 250 * time.Millisecond
	// shutdownGrace is how long Close waits, after that, for handlers to take the disconnected events.
	shutdownGrace = 2 * time.Second
	// headerTimeout bounds how long a request may take to send its headers.
	headerTimeout = time.Minute

	defaultTokenLifetime = time.Hour
)

// Emulator is a running Web PubSub service. Its methods may be called from any goroutine.
type Emulator struct {
	log      *slog.Logger
	key      string
	options  Options
	listener net.Listener
	server   *http.Server
	endpoint string
	upstream *upstream

	recoveryKey [32]byte // signs reconnection tokens, which end with the emulator

	ctx    context.Context
	cancel context.CancelFunc

	mu          sync.Mutex
	closing     bool
	hubs        map[string]*hub
	connections map[*connection]struct{}
	tasks       sync.WaitGroup
	closed      chan struct{}
	otherHost   sync.Once // warns about tokens for other hosts
}

// New listens and serves at once. It fails for an address that is not on loopback unless that is
// allowed, a key that is too short, and hub settings that SetHub would refuse.
func New(options Options) (*Emulator, error) {
	opts, err := options.withDefaults()
	if err != nil {
		return nil, err
	}
	e := &Emulator{
		log:         opts.Logger,
		key:         opts.AccessKey,
		options:     opts,
		hubs:        make(map[string]*hub),
		connections: make(map[*connection]struct{}),
		closed:      make(chan struct{}),
	}
	_, _ = rand.Read(e.recoveryKey[:]) // never fails
	e.ctx, e.cancel = context.WithCancel(context.Background())
	e.upstream = newUpstream(e, opts.OnEvent)
	for name, settings := range opts.Hubs {
		if err := e.SetHub(name, settings); err != nil {
			e.cancel()
			return nil, err
		}
	}
	if e.listener, err = opts.listen(); err != nil {
		e.cancel()
		return nil, err
	}
	e.endpoint = endpointOf(opts.Addr, e.listener.Addr())
	e.upstream.origin = originOf(e.endpoint)
	e.server = &http.Server{
		Handler:           http.HandlerFunc(e.serve),
		BaseContext:       func(net.Listener) context.Context { return e.ctx },
		ReadHeaderTimeout: headerTimeout,
		ErrorLog:          slog.NewLogLogger(e.log.Handler(), slog.LevelDebug),
	}
	e.spawn(func() { _ = e.server.Serve(e.listener) })
	return e, nil
}

// endpointOf builds the endpoint URL. A host name that was asked for is kept, since event handlers
// compare WebHook-Request-Origin with the host of their own connection string.
func endpointOf(asked string, actual net.Addr) string {
	host, _, _ := net.SplitHostPort(asked)
	_, port, _ := net.SplitHostPort(actual.String())
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return "http://" + net.JoinHostPort(strings.ToLower(host), port)
}

func originOf(endpoint string) string {
	u, err := url.Parse(endpoint)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

// Endpoint returns the service endpoint, for example http://127.0.0.1:41843, without a trailing slash.
func (e *Emulator) Endpoint() string { return e.endpoint }

// Addr returns the address the emulator listens on.
func (e *Emulator) Addr() net.Addr { return e.listener.Addr() }

// ConnectionString returns what an application takes as WebPubSubConnectionString.
func (e *Emulator) ConnectionString() string {
	return "Endpoint=" + e.endpoint + ";AccessKey=" + e.key + ";Version=1.0;"
}

// ClientURL returns a WebSocket URL with a fresh access token for the hub. It fails when the hub
// name is none.
func (e *Emulator) ClientURL(hub string, options ClientOptions) (string, error) {
	if err := checkHubName(hub); err != nil {
		return "", err
	}
	lifetime := options.Lifetime
	if lifetime == 0 {
		lifetime = defaultTokenLifetime
	}
	claims := wire.ClientToken{Roles: options.Roles, Groups: options.Groups}
	if options.UserID != "" {
		claims.UserID = &options.UserID
	}
	escaped := url.PathEscape(hub)
	audience := e.endpoint + "/" + wire.ProtocolDefault.ClientPath(escaped)
	token, err := wire.MintClientToken(e.key, audience, claims, time.Now(), lifetime)
	if err != nil {
		return "", fmt.Errorf("emulator: client token: %w", err)
	}
	u, err := wire.ClientURL(e.endpoint, wire.ProtocolDefault, escaped)
	if err != nil {
		return "", fmt.Errorf("emulator: client URL: %w", err)
	}
	return u + "?access_token=" + token, nil
}

// SetHub replaces the settings of a hub while the emulator runs; connections stay. It fails, and
// changes nothing, when the hub name, a URL template or an event name is not one the service takes.
func (e *Emulator) SetHub(name string, settings Hub) error {
	if err := checkHubName(name); err != nil {
		return err
	}
	compiled, err := compileSettings(settings)
	if err != nil {
		return fmt.Errorf("emulator: hub %q: %w", name, err)
	}
	e.hub(name).settings.Store(compiled)
	return nil
}

// hub returns the hub of that name, which comes into being on first use.
func (e *Emulator) hub(name string) *hub {
	name = strings.ToLower(name)
	e.mu.Lock()
	defer e.mu.Unlock()
	h, ok := e.hubs[name]
	if !ok {
		h = newHub(name)
		e.hubs[name] = h
	}
	return h
}

// spawn runs f in a goroutine that Close waits for. Only New and what Close already waits for may
// call it.
func (e *Emulator) spawn(f func()) {
	e.tasks.Go(f)
}

// begin counts the caller among the tasks Close waits for, unless Close has begun.
func (e *Emulator) begin() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closing {
		return false
	}
	e.tasks.Add(1)
	return true
}

// remember lists a connection among those Close ends, unless Close has begun.
func (e *Emulator) remember(c *connection) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closing {
		return false
	}
	e.connections[c] = struct{}{}
	return true
}

// forget takes a connection whose work is done off that list.
func (e *Emulator) forget(c *connection) {
	e.mu.Lock()
	defer e.mu.Unlock()
	delete(e.connections, c)
}

// Close ends every client with 1001, sends the disconnected events, stops listening and waits until
// nothing of the emulator runs any more. Clients that do not take the close frame at once, and
// handlers that need more than two seconds for the event, are cut off. Further calls wait for the
// first and return nil.
func (e *Emulator) Close() error {
	e.mu.Lock()
	first := !e.closing
	e.closing = true
	open := make([]*connection, 0, len(e.connections))
	for c := range e.connections {
		open = append(open, c)
	}
	e.mu.Unlock()
	if !first {
		<-e.closed
		return nil
	}
	defer close(e.closed)
	err := e.server.Close()
	for _, c := range open {
		c.shut(closeGoingAway)
	}
	e.drain(open)
	e.upstream.client.CloseIdleConnections()
	if err != nil && !errors.Is(err, net.ErrClosed) {
		return fmt.Errorf("emulator: close: %w", err)
	}
	return nil
}

// drain waits for the tasks: first with patience for clients, then for handlers, then without.
func (e *Emulator) drain(open []*connection) {
	done := make(chan struct{})
	go func() {
		e.tasks.Wait()
		close(done)
	}()
	if !within(done, closingGrace) {
		for _, c := range open {
			c.abort()
		}
		within(done, shutdownGrace)
	}
	e.cancel()
	<-done
}

// within reports whether the channel is closed before the time is over.
func within(done <-chan struct{}, limit time.Duration) bool {
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case <-done:
		return true
	case <-timer.C:
		return false
	}
}
