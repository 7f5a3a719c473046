package emulator

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"sync"
	"time"
)

// connection is one logical client of a hub. Its identity is settled by the handshake and does not
// change afterwards; the link that carries it is another matter.
type connection struct {
	emulator    *Emulator
	hub         *hub
	id          string
	userID      *string // nil when anonymous
	subprotocol string  // as the client offered it; empty for none
	protocol    protocol
	joinLeave   *permission
	sendToGroup *permission
	upstream    upstreamState

	groups map[string]struct{} // guarded by hub.mu

	in     *inbox
	acked  ackSet          // used by the worker alone
	ctx    context.Context // of pending handler calls
	cancel context.CancelFunc

	mu       sync.Mutex
	link     *link         // nil while the client is lost
	lastRead chan struct{} // the read of the newest link
	backlog  *backlog      // nil unless the protocol is reliable
	ended    bool
	reason   string      // for the disconnected event
	expiry   *time.Timer // ends a connection whose client was lost
	losses   int
}

// newConnection returns a connection nobody knows of yet.
func newConnection(e *Emulator, h *hub) *connection {
	c := &connection{
		emulator: e,
		hub:      h,
		id:       newID(),
		groups:   make(map[string]struct{}),
		in:       newInbox(),
	}
	c.ctx, c.cancel = context.WithCancel(e.ctx)
	c.link = newLink(c.ctx)
	c.lastRead = c.link.read
	return c
}

// newID returns 32 random hex digits.
func newID() string {
	var raw [16]byte
	_, _ = rand.Read(raw[:]) // never fails
	return hex.EncodeToString(raw[:])
}

// speak settles the protocol, before anybody knows of the connection.
func (c *connection) speak(p protocol) {
	c.protocol = p
	if reliable, ok := p.(reliableProtocol); ok {
		c.backlog = &backlog{protocol: reliable}
	}
}

// user returns the user id, empty for an anonymous connection.
func (c *connection) user() string {
	if c.userID == nil {
		return ""
	}
	return *c.userID
}

// connectedFrame is the first frame on every link, if the protocol has one.
func (c *connection) connectedFrame() (frame, bool) {
	token := ""
	if c.backlog != nil {
		token = c.reconnectionToken()
	}
	return c.protocol.connected(c.userID, c.id, token)
}

// shut ends the connection by will of the service: what is queued goes out, then the disconnected
// frame, then the close. Only the first end of a connection counts.
func (c *connection) shut(end closing) { c.shutAfter(end, false) }

func (c *connection) shutAfter(end closing, drop bool) {
	if !c.end(end.reason, true) {
		return
	}
	c.mu.Lock()
	l := c.link // for good, once the connection has ended
	c.mu.Unlock()
	if l == nil {
		return
	}
	l.limit()
	if f, ok := c.protocol.disconnected(end.reason); ok {
		l.out.finish(end, drop, f)
	} else {
		l.out.finish(end, drop)
	}
}

// end takes the connection out of the hub and lets the worker run dry. It reports false when the
// connection had ended before. With drop, messages not worked on yet are forgotten.
func (c *connection) end(reason string, drop bool) bool {
	c.mu.Lock()
	first := c.endLocked(reason)
	c.mu.Unlock()
	if first {
		c.retire(drop)
	}
	return first
}

func (c *connection) endLocked(reason string) bool {
	if c.ended {
		return false
	}
	c.ended = true
	c.reason = reason
	if c.expiry != nil {
		c.expiry.Stop()
	}
	return true
}

// retire does what follows from the end.
func (c *connection) retire(drop bool) {
	c.hub.remove(c)
	c.in.close(drop)
	if c.protocol.cancelsPending() {
		c.cancel()
	}
}

// abort cuts the socket off, without a close frame.
func (c *connection) abort() {
	c.mu.Lock()
	l := c.link
	c.mu.Unlock()
	if l != nil {
		l.abort()
	}
}

func (c *connection) endReason() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.reason
}
