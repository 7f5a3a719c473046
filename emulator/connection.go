package emulator

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"sync"
	"time"
)

// closeTimeout is how long a client may take to read what is queued for it and to answer the close.
const closeTimeout = 5 * time.Second

// connection is one logical client of a hub. Its identity is settled by the handshake and does not
// change afterwards; the socket that carries it is another matter.
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
	out    *outbox
	acked  ackSet          // used by the worker alone
	ctx    context.Context // of pending handler calls
	cancel context.CancelFunc

	mu     sync.Mutex
	socket *socket
	ended  bool
	reason string // for the disconnected event
	timer  *time.Timer
}

// newConnection returns a connection nobody knows of yet.
func newConnection(e *Emulator, h *hub) *connection {
	c := &connection{
		emulator: e,
		hub:      h,
		id:       newID(),
		groups:   make(map[string]struct{}),
		in:       newInbox(),
		out:      newOutbox(),
	}
	c.ctx, c.cancel = context.WithCancel(e.ctx)
	return c
}

// newID returns 32 random hex digits.
func newID() string {
	var raw [16]byte
	_, _ = rand.Read(raw[:]) // never fails
	return hex.EncodeToString(raw[:])
}

// user returns the user id, empty for an anonymous connection.
func (c *connection) user() string {
	if c.userID == nil {
		return ""
	}
	return *c.userID
}

// send queues a frame. A client whose queue is full is closed.
func (c *connection) send(f frame) {
	if !c.out.push(f) {
		c.emulator.log.Warn("client closed: it reads too slowly", "hub", c.hub.name, "connection", c.id, "limitBytes", maxOutbound)
		c.shutAfter(closeSlowClient, true)
	}
}

// deliver queues a message for this connection alone.
func (c *connection) deliver(m *message) { c.send(c.protocol.message(m)) }

// shut ends the connection by will of the service: what is queued goes out, then the disconnected
// frame, then the close. Only the first end of a connection counts.
func (c *connection) shut(end closing) { c.shutAfter(end, false) }

func (c *connection) shutAfter(end closing, drop bool) {
	if !c.end(end.reason, true) {
		return
	}
	c.startTimer()
	if f, ok := c.protocol.disconnected(end.reason); ok {
		c.out.finish(end, drop, f)
	} else {
		c.out.finish(end, drop)
	}
}

// end takes the connection out of the hub and lets the worker run dry. It reports false when the
// connection had ended before. With drop, messages not worked on yet are forgotten.
func (c *connection) end(reason string, drop bool) bool {
	c.mu.Lock()
	if c.ended {
		c.mu.Unlock()
		return false
	}
	c.ended = true
	c.reason = reason
	c.mu.Unlock()

	c.hub.remove(c)
	c.in.close(drop)
	if c.protocol.cancelsPending() {
		c.cancel()
	}
	return true
}

// attach gives the connection its socket.
func (c *connection) attach(s *socket) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.socket = s
}

// abort cuts the socket off, without a close frame.
func (c *connection) abort() {
	c.mu.Lock()
	s := c.socket
	c.mu.Unlock()
	c.out.stop()
	if s != nil {
		s.cut()
	}
}

// startTimer gives a client that is being closed a limit to take it.
func (c *connection) startTimer() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.timer = time.AfterFunc(closeTimeout, c.abort)
}

func (c *connection) stopTimer() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.timer != nil {
		c.timer.Stop()
	}
}

func (c *connection) endReason() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.reason
}
