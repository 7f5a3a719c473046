package emulator

import (
	"errors"

	"github.com/coder/websocket"
)

// run serves an activated connection: its first link, and the worker, which owns its lifecycle
// events. They end by themselves once the connection has ended.
func (c *connection) run(s *socket) {
	first := c.link
	first.attach(s)
	c.emulator.spawn(c.work)
	c.serve(first, nil)
}

// serve runs reader and writer of a link. The reader begins when the link before has nothing more to
// say, so that messages stay in order.
func (c *connection) serve(l *link, previous <-chan struct{}) {
	c.emulator.spawn(func() {
		defer close(l.read)
		if previous != nil {
			<-previous
		}
		c.readFrom(l)
	})
	c.emulator.spawn(func() { c.writeTo(l) })
	c.keepAlive(l)
}

// readFrom moves messages from the socket to the inbox until the client leaves or is told to.
func (c *connection) readFrom(l *link) {
	for {
		kind, data, err := l.socket.read()
		switch {
		case errors.Is(err, errTooLarge):
			c.refuse(err, closeTooLarge)
			return
		case err != nil:
			c.left(l, err)
			return
		}
		l.paused.Store(true)
		open := c.in.put(kind, data)
		l.paused.Store(false)
		if !open {
			return // the writer is closing the socket and reads what still comes
		}
	}
}

// left notes that the client has gone: for a while if it may come back, else for good, with the text
// of its close frame as the reason.
func (c *connection) left(l *link, err error) {
	if !c.detach(l, err) {
		var closed websocket.CloseError
		errors.As(err, &closed)
		c.end(closed.Reason, c.protocol.cancelsPending())
	}
	l.abort()
}

// refuse closes the connection for what the client sent.
func (c *connection) refuse(why error, end closing) {
	c.emulator.log.Warn("client closed: message refused",
		"hub", c.hub.name, "connection", c.id, "code", int(end.code), "error", why)
	c.shut(end)
}

// writeTo moves frames from the outbox to the socket, and closes it behind the last.
func (c *connection) writeTo(l *link) {
	defer l.release()
	for {
		frames, end, ok := l.out.take()
		err := l.socket.write(frames, l.out.written)
		switch {
		case !ok || err != nil:
			l.abort()
			return
		case end != nil:
			l.socket.close(*end)
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
