package emulator

import (
	"fmt"
	"log/slog"
	"net"
	"time"
)

// DefaultAccessKey is the access key of an emulator that was not given one. It is published, the
// same as that of Microsoft's emulator, and therefore no secret: it protects nothing.
const DefaultAccessKey = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ABCDEFGH"

// minAccessKey is the shortest access key in bytes: HS256 wants a key as long as its hash.
const minAccessKey = 32

// Options of an emulator. The zero value works: a free loopback port, DefaultAccessKey, and hubs
// without event handlers that come into being when they are used.
type Options struct {
	// Addr is the TCP address to listen on; empty means "127.0.0.1:0", a free loopback port.
	Addr string
	// AllowRemote permits an Addr that other machines can reach. The default key is published, so
	// set AccessKey too.
	AllowRemote bool
	// AccessKey signs tokens and upstream events; at least 32 bytes. Empty means DefaultAccessKey.
	AccessKey string
	// Hubs holds the settings of hubs by name; names ignore case. Others can be used all the same.
	Hubs map[string]Hub
	// RecoveryWindow is how long a reliable connection whose client was lost waits for it. 0 means the
	// service's 30 seconds; with a negative one every loss is final.
	RecoveryWindow time.Duration
	// EventTimeout bounds an upstream event, retries included. 0 means the service's 100 seconds.
	EventTimeout time.Duration
	// RetryEvents sends an upstream event again, as the service does, after 1, 3 and 5 seconds when
	// the handler cannot be reached or answers 408 or 5xx. A handler that is broken then holds its
	// client for 9 seconds.
	RetryEvents bool
	// StrictAudience refuses tokens made for another host or port than the one they are used with, as
	// the service does. Without it only the path of their aud claim must be right.
	StrictAudience bool
	// AllowUnvalidatedEntra accepts for REST calls any bearer token that looks like one of Microsoft
	// Entra ID for the service, without a check of its signature: a credential of Azure Identity can
	// then be tried, and everybody can come in.
	AllowUnvalidatedEntra bool
	// Logger hears every refusal at Warn with the rule, claim or header that refused; never a token
	// or a key. Nil discards.
	Logger *slog.Logger
	// OnEvent is told about every upstream event after it was answered or failed, one at a time. It
	// must not call Close.
	OnEvent func(EventRecord)
}

// Hub holds the settings of one hub.
type Hub struct {
	// EventHandlers are tried in order; the first that matches an event gets it, and no other.
	EventHandlers []EventHandler
	// AllowAnonymous lets clients without a token in. A token that is given must still be valid.
	AllowAnonymous bool
	// KeepAliveInterval is the time between the WebSocket pings that every client gets. 0 means the
	// service's 20 seconds, and a negative one no pings. A client that leaves them unanswered for two
	// intervals counts as lost.
	KeepAliveInterval time.Duration
}

// EventHandler says which events go to which URL. The names are those of the hub resource in ARM
// (service-spec 6.1).
type EventHandler struct {
	// URLTemplate is an absolute http or https URL; {hub} and {event} are replaced behind the host.
	URLTemplate string
	// UserEventPattern is "*", one user event name, or several separated by commas, any case. A
	// name may hold the wildcards ?, * and **. Empty takes no user events.
	UserEventPattern string
	// SystemEvents lists connect, connected and disconnected as wanted, any case.
	SystemEvents []string
}

// EventRecord tells how one upstream event went.
type EventRecord struct {
	// Time is when the event arose.
	Time time.Time
	// Hub is the hub's name in lower case.
	Hub string
	// EventType is "system" or "user".
	EventType string
	// EventName is the event's name as the client or the service spelled it.
	EventName string
	// ConnectionID is the connection the event is about.
	ConnectionID string
	// UserID is empty for an anonymous connection.
	UserID string
	// Attempts is how often the event was sent: 0 when it never was, more than 1 after retries.
	Attempts int
	// Status is the HTTP status of the handler's last answer, 0 when there was none.
	Status int
	// Duration is from Time to the end of the answer.
	Duration time.Duration
	// Err says why there was no usable answer, for example that no event handler takes the event.
	// It is nil when the handler answered in a form the service accepts, whatever the status.
	Err error
}

// ClientOptions say who a client is and what it may do.
type ClientOptions struct {
	// UserID is the client's user; empty makes it anonymous.
	UserID string
	// Roles are role claims such as "webpubsub.sendToGroup" or "webpubsub.joinLeaveGroup.news".
	Roles []string
	// Groups are joined when the client connects.
	Groups []string
	// Lifetime of the token; 0 means one hour.
	Lifetime time.Duration
}

// withDefaults fills what was left out and refuses what cannot be served.
func (o Options) withDefaults() (Options, error) {
	if o.Addr == "" {
		o.Addr = "127.0.0.1:0"
	}
	if o.AccessKey == "" {
		o.AccessKey = DefaultAccessKey
	}
	if len(o.AccessKey) < minAccessKey {
		return o, fmt.Errorf("emulator: the access key has %d bytes, give it at least %d", len(o.AccessKey), minAccessKey)
	}
	if o.RecoveryWindow == 0 {
		o.RecoveryWindow = defaultRecoveryWindow
	}
	if o.EventTimeout <= 0 {
		o.EventTimeout = defaultEventTimeout
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	return o, nil
}

// listen opens the address, which must be on loopback unless remote clients are allowed.
func (o Options) listen() (net.Listener, error) {
	addr, err := net.ResolveTCPAddr("tcp", o.Addr)
	if err != nil {
		return nil, fmt.Errorf("emulator: address %q: %w", o.Addr, err)
	}
	if !o.AllowRemote && !addr.IP.IsLoopback() {
		return nil, fmt.Errorf("emulator: address %q is not on loopback: use 127.0.0.1, or allow remote clients", o.Addr)
	}
	l, err := net.ListenTCP("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("emulator: %w", err)
	}
	return l, nil
}
