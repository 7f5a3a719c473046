package emulator

import "time"

// send queues a frame that is not a data message. Without a client it is dropped; a client whose
// queue is full is closed.
func (c *connection) send(f frame) {
	c.mu.Lock()
	ok := c.sendLocked(f)
	c.mu.Unlock()
	if !ok {
		c.tooSlow()
	}
}

func (c *connection) sendLocked(f frame) bool { return c.link == nil || c.link.out.push(f) }

// pass queues a data message. A reliable connection numbers it and keeps it, until it expires, for a
// client that was lost.
func (c *connection) pass(f frame, expires time.Time) {
	c.mu.Lock()
	kept := true
	if c.backlog != nil && !c.ended {
		f, kept = c.backlog.add(f, expires)
	}
	ok := kept && c.sendLocked(f)
	c.mu.Unlock()
	switch {
	case !kept:
		c.emulator.log.Warn("client closed: it has not acknowledged too many messages",
			"hub", c.hub.name, "connection", c.id, "limit", maxBacklog, "limitBytes", maxBacklogBytes)
		c.shutAfter(closeBacklogFull, true)
	case !ok:
		c.tooSlow()
	}
}

func (c *connection) tooSlow() {
	c.emulator.log.Warn("client closed: it reads too slowly", "hub", c.hub.name, "connection", c.id, "limitBytes", maxOutbound)
	c.shutAfter(closeSlowClient, true)
}

// deliver queues a message for this connection alone.
func (c *connection) deliver(m *message) { c.pass(c.protocol.message(m), m.expires) }

// acknowledge notes up to which message the client has got everything.
func (c *connection) acknowledge(id uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.backlog != nil {
		c.backlog.acknowledge(id)
	}
}
