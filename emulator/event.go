package emulator

import (
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"sync"
	"time"

	"github.com/wpsgen/wpsgen/internal/wire"
)

// Names of the system events.
const (
	eventConnect      = "connect"
	eventConnected    = "connected"
	eventDisconnected = "disconnected"
)

// Media types of upstream bodies. Text carries its charset, JSON does not (service-spec 3.3).
const (
	contentTypeText     = wire.MediaTypeText + "; charset=utf-8"
	contentTypeProtobuf = "application/x-protobuf"
)

// Event ids every connection keeps for connect and connected, whether anybody takes them or not.
const (
	eventIDConnect   = 0
	eventIDConnected = 1
)

// event is one upstream event of a connection.
type event struct {
	system bool
	name   string
	id     uint64
	payload
	// accept reads the handler's answer; what it refuses makes the event fail.
	accept func(*reply) error
}

func (ev *event) typeName() string {
	if ev.system {
		return wire.SystemTypePrefix + ev.name
	}
	return wire.UserTypePrefix + ev.name
}

func (ev *event) category() string {
	if ev.system {
		return "system"
	}
	return "user"
}

func (ev *event) contentType() string {
	switch ev.kind {
	case jsonData:
		return wire.MediaTypeJSON
	case binaryData:
		return wire.MediaTypeBinary
	case protobufData:
		return contentTypeProtobuf
	default:
		return contentTypeText
	}
}

// upstreamState is what the service keeps per connection between its events.
type upstreamState struct {
	mu      sync.Mutex
	nextID  uint64
	state   *string // ce-connectionState; nil until a handler sets it
	cookies http.CookieJar
}

// takeID returns the id of the next event after connected.
func (s *upstreamState) takeID() uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.nextID++
	return eventIDConnected + s.nextID
}

// addTo puts state and cookies on a request.
func (s *upstreamState) addTo(r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.state != nil {
		r.Header.Set(wire.HeaderConnectionState, *s.state)
	}
	if s.cookies == nil {
		return
	}
	for _, cookie := range s.cookies.Cookies(r.URL) {
		r.AddCookie(cookie)
	}
}

// keepCookies stores the cookies of a successful answer.
func (s *upstreamState) keepCookies(u *url.URL, cookies []*http.Cookie) {
	if len(cookies) == 0 {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cookies == nil {
		s.cookies, _ = cookiejar.New(nil) // fails with options only
	}
	s.cookies.SetCookies(u, cookies)
}

// keepState replaces the connection state when the answer carries one, also by the empty string;
// of several the last counts.
func (s *upstreamState) keepState(h http.Header) {
	values := h.Values(wire.HeaderConnectionState)
	if len(values) == 0 {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.state = &values[len(values)-1]
}

// headers returns the CloudEvents headers of an event (service-spec 3.3).
func (u *upstream) headers(c *connection, ev *event, at time.Time) http.Header {
	h := http.Header{
		wire.HeaderSpecVersion:     {"1.0"},
		wire.HeaderProtocolVersion: {"1.0"},
		wire.HeaderType:            {ev.typeName()},
		wire.HeaderSource:          {"/hubs/" + c.hub.name + "/client/" + c.id},
		wire.HeaderID:              {fmt.Sprint(ev.id)},
		wire.HeaderTime:            {at.UTC().Format("2006-01-02T15:04:05Z")},
		wire.HeaderSignature:       {u.signer.Sign(c.id)},
		wire.HeaderConnectionID:    {c.id},
		wire.HeaderHub:             {c.hub.name},
		wire.HeaderEventName:       {ev.name},
		wire.HeaderRequestOrigin:   {u.origin},
		"Content-Type":             {ev.contentType()},
		"X-Ms-Client-Request-Id":   {newID()},
	}
	if c.user() != "" {
		h[wire.HeaderUserID] = []string{c.user()}
	}
	if c.subprotocol != "" {
		h[wire.HeaderSubprotocol] = []string{c.subprotocol}
	}
	for _, m := range ev.metadata {
		h.Set(metadataHeader+m.key, m.value)
	}
	return h
}
