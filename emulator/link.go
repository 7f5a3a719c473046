package emulator

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// closeTimeout is how long a client may take to read what is queued for it and to answer the close.
const closeTimeout = 5 * time.Second

// link is one socket at work for a connection, with the frames that wait for it. Most connections
// have one for life; a reliable one gets another when its client comes back.
type link struct {
	out    *outbox
	read   chan struct{} // closed when nothing of the socket will be read any more
	ctx    context.Context
	cancel context.CancelFunc
	paused atomic.Bool // the reader waits for room, and sees no pong

	mu      sync.Mutex
	socket  *socket // nil until the upgrade
	closing *time.Timer
	ping    *time.Timer
	done    bool // no timer may be started any more
}

func newLink(ctx context.Context) *link {
	l := &link{out: newOutbox(), read: make(chan struct{})}
	l.ctx, l.cancel = context.WithCancel(ctx)
	return l
}

// attach gives the link its socket.
func (l *link) attach(s *socket) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.socket = s
}

// abort cuts the socket off, without a close frame.
func (l *link) abort() {
	l.mu.Lock()
	s := l.socket
	l.mu.Unlock()
	l.out.stop()
	if s != nil {
		s.cut()
	}
}

// limit gives a client that is being closed a limit to take it.
func (l *link) limit() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.done {
		l.closing = time.AfterFunc(closeTimeout, l.abort)
	}
}

// pingAfter calls ping once after the interval, unless the link is done.
func (l *link) pingAfter(interval time.Duration, ping func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.done {
		l.ping = time.AfterFunc(interval, ping)
	}
}

// release ends the link's timers, and a ping under way.
func (l *link) release() {
	l.cancel()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.done = true
	for _, timer := range []*time.Timer{l.closing, l.ping} {
		if timer != nil {
			timer.Stop()
		}
	}
}
