package emulator

import (
	"time"

	"github.com/coder/websocket"
)

const (
	// defaultRecoveryWindow is how long the service keeps a connection whose client was lost
	// (service-spec 2.6).
	defaultRecoveryWindow = 30 * time.Second
	recoveryExpired       = "The connection recovery timeout expired."
)

// detach keeps a reliable connection whose client was lost, for the recovery window. It reports
// false when the connection ends with its link instead.
func (c *connection) detach(l *link, err error) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.link != l {
		return true // a newer socket has taken over
	}
	window := c.emulator.options.RecoveryWindow
	if c.ended || c.backlog == nil || window < 0 || isFinal(err) {
		return false
	}
	c.link = nil
	c.losses++
	loss := c.losses
	c.expiry = time.AfterFunc(window, func() { c.expire(loss) })
	c.emulator.log.Info("client lost: its connection can be recovered",
		"hub", c.hub.name, "connection", c.id, "window", window, "error", err)
	return true
}

// isFinal reports whether a client that left so does not mean to come back: it closed normally, or
// without a code as scripts do (service-spec 2.6).
func isFinal(err error) bool {
	code := websocket.CloseStatus(err)
	return code == websocket.StatusNormalClosure || code == websocket.StatusNoStatusRcvd
}

// expire ends a connection that was not recovered in time after this loss of its client.
func (c *connection) expire(loss int) {
	c.mu.Lock()
	ended := c.link == nil && c.losses == loss && c.endLocked(recoveryExpired)
	c.mu.Unlock()
	if ended {
		c.retire(false)
	}
}

// resume gives the connection a new socket, in place of one that may still be there: connected with a
// new token comes first, then what was not acknowledged, then what comes up. It reports false when
// the connection has ended.
func (c *connection) resume(s *socket) bool {
	next := newLink(c.ctx)
	next.attach(s)
	c.mu.Lock()
	if c.ended || c.backlog == nil {
		c.mu.Unlock()
		return false
	}
	if c.expiry != nil {
		c.expiry.Stop()
	}
	old, previous := c.link, c.lastRead
	c.link, c.lastRead = next, next.read
	if f, ok := c.connectedFrame(); ok {
		next.out.load(f)
	}
	replayed := c.backlog.replay(time.Now())
	next.out.load(replayed...)
	c.mu.Unlock()

	if old != nil {
		old.abort()
	}
	c.emulator.log.Info("connection recovered", "hub", c.hub.name, "connection", c.id, "replayed", len(replayed))
	c.serve(next, previous)
	return true
}
