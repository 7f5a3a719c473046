package emulator

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/wpsgen/wpsgen/internal/wire"
)

const (
	// defaultEventTimeout bounds an event with its retries (service-spec 3.6).
	defaultEventTimeout = 100 * time.Second
	// maxReply bounds the body of a handler's answer in bytes.
	maxReply = 16 << 20
	// maxIdlePerHost keeps a connection for each of many clients that talk to one application.
	maxIdlePerHost = 512
)

// errNoHandler says that no event handler of the hub takes an event.
var errNoHandler = errors.New("no event handler of the hub takes it: check UserEventPattern and SystemEvents")

// errReplyTooLarge says that a handler's answer is over maxReply.
var errReplyTooLarge = fmt.Errorf("the event handler's answer has more than %d bytes", maxReply)

// upstream sends events to event handlers.
type upstream struct {
	emulator *Emulator
	client   *http.Client
	signer   *wire.Signer
	origin   string // host of the endpoint without port

	onEvent   func(EventRecord)
	recording sync.Mutex // serialises onEvent
}

// reply is the answer of an event handler.
type reply struct {
	status int
	header http.Header
	body   []byte
}

func (r *reply) ok() bool { return r.status >= 200 && r.status <= 299 }

func newUpstream(e *Emulator, onEvent func(EventRecord)) *upstream {
	return &upstream{
		emulator: e,
		client: &http.Client{
			Transport: &http.Transport{
				Proxy:               http.ProxyFromEnvironment,
				MaxIdleConnsPerHost: maxIdlePerHost,
				IdleConnTimeout:     90 * time.Second,
				DisableCompression:  true,
			},
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
		signer:  wire.NewSigner(e.key),
		onEvent: onEvent,
	}
}

// send takes an event to its handler and returns the answer, whatever its status. It fails with
// errNoHandler, or when there is no answer the service would accept.
func (u *upstream) send(ctx context.Context, c *connection, ev *event) (*reply, error) {
	settings := c.hub.settings.Load()
	handler := settings.handlerFor(ev)
	if handler == nil && ev.system {
		return nil, errNoHandler
	}
	start := time.Now()
	x := &exchange{upstream: u, connection: c, event: ev, start: start}
	var answer *reply
	err := errNoHandler
	if handler != nil {
		answer, err = x.run(ctx, settings, handler)
	}
	u.record(x, answer, err)
	return answer, err
}

// do performs a request and reads the answer up to the limit. Errors name the URL without its query,
// which often holds a function key.
func (u *upstream) do(req *http.Request) (*reply, error) {
	resp, err := u.client.Do(req)
	if err != nil {
		var inner *url.Error
		if errors.As(err, &inner) {
			err = inner.Err
		}
		return nil, fmt.Errorf("event handler %s: %w", plainURL(req.URL), err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxReply+1))
	if err != nil {
		return nil, fmt.Errorf("event handler %s: answer: %w", plainURL(req.URL), err)
	}
	if len(body) > maxReply {
		return nil, errReplyTooLarge
	}
	return &reply{status: resp.StatusCode, header: resp.Header, body: body}, nil
}

// plainURL is a URL without user info and query.
func plainURL(u *url.URL) string { return u.Scheme + "://" + u.Host + u.EscapedPath() }

// record tells OnEvent how an event went.
func (u *upstream) record(x *exchange, answer *reply, err error) {
	if u.onEvent == nil {
		return
	}
	c, ev := x.connection, x.event
	rec := EventRecord{
		Time:         x.start,
		Hub:          c.hub.name,
		EventType:    ev.category(),
		EventName:    ev.name,
		ConnectionID: c.id,
		UserID:       c.user(),
		Attempts:     x.attempts,
		Duration:     time.Since(x.start),
		Err:          err,
	}
	if answer != nil {
		rec.Status = answer.status
	}
	u.recording.Lock()
	defer u.recording.Unlock()
	u.onEvent(rec)
}
