package emulator

import (
	"errors"

	"github.com/coder/websocket"
)

// run serves an activated connection: reader and writer on the socket, and the worker, which owns
// its lifecycle events. They end by themselves once the connection has ended.
func (c *connection) run(s *socket) {
	c.attach(s)
	c.emulator.spawn(func() { c.readFrom(s) })
	c.emulator.spawn(func() { c.writeTo(s) })
	c.emulator.spawn(c.work)
}

// readFrom moves messages from the socket to the inbox until the client leaves or is told to.
func (c *connection) readFrom(s *socket) {
	for {
		kind, data, err := s.read()
		switch {
		case errors.Is(err, errTooLarge):
			c.refuse(err, closeTooLarge)
			return
		case err != nil:
			c.left(err)
			s.cut()
			return
		}
		if !c.in.put(kind, data) {
			return // the writer is closing the socket and reads what still comes
		}
	}
}

// left notes that the client has gone, with the text of its close frame as the reason.
func (c *connection) left(err error) {
	var closed websocket.CloseError
	errors.As(err, &closed)
	c.end(closed.Reason, c.protocol.cancelsPending())
	c.out.stop()
}

// refuse closes the connection for what the client sent.
func (c *connection) refuse(why error, end closing) {
	c.emulator.log.Warn("client closed: message refused",
		"hub", c.hub.name, "connection", c.id, "code", int(end.code), "error", why)
	c.shut(end)
}

// writeTo moves frames from the outbox to the socket, and closes it behind the last.
func (c *connection) writeTo(s *socket) {
	defer c.stopTimer()
	for {
		frames, end, ok := c.out.take()
		err := s.write(frames, c.out.written)
		switch {
		case !ok || err != nil:
			c.out.stop()
			s.cut()
			return
		case end != nil:
			s.close(*end)
			return
		}
	}
}

// work raises connected, answers one message after the other, and raises disconnected at the end,
// once, whatever the end was. connected does not hold up messages, but comes before disconnected.
func (c *connection) work() {
	defer c.emulator.forget(c)
	defer c.cancel()
	connected := make(chan struct{})
	c.emulator.spawn(func() {
		defer close(connected)
		c.notify(eventConnected, connectedBody)
	})
	for {
		f, ok := c.in.next()
		if !ok {
			break
		}
		c.handle(f)
	}
	<-connected
	c.notify(eventDisconnected, disconnectedBody(c.endReason()))
}

// handle works on one client message: decode, do, answer.
func (c *connection) handle(f frame) {
	req, err := c.protocol.decode(f.kind, f.data)
	if err != nil {
		c.refuse(err, c.protocol.invalid())
		return
	}
	failed := c.perform(req)
	if failed == nil && req.ackID != nil {
		c.acked.add(*req.ackID)
	}
	answer, ok, end := c.protocol.answer(req, failed)
	switch {
	case end != nil:
		c.shut(*end)
	case ok:
		c.send(answer)
	}
}
