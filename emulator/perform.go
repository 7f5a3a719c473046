package emulator

import (
	"fmt"

	"github.com/coder/websocket"
)

// perform does what a request asks for.
func (c *connection) perform(req *request) *failure {
	if req.ackID != nil && c.acked.has(*req.ackID) {
		return &failure{
			name:    "Duplicate",
			message: fmt.Sprintf("Message with ack-id: %d has been processed", *req.ackID),
			code:    websocket.StatusPolicyViolation,
		}
	}
	switch req.op {
	case opPing:
		c.send(c.protocol.pong())
	case opJoin:
		if !c.joinLeave.allows(req.name) {
			return c.forbidden("join", req.name)
		}
		c.hub.join(req.name, c)
	case opLeave:
		if !c.joinLeave.allows(req.name) {
			return c.forbidden("leave", req.name)
		}
		c.hub.leave(req.name, c)
	case opAcknowledge:
		c.acknowledge(req.sequence)
	case opPublish:
		return c.publish(req)
	case opEvent:
		return c.raise(req)
	}
	return nil
}

// publish sends to a group. The sender need not be a member; if it is, it gets an echo unless it
// asked for none.
func (c *connection) publish(req *request) *failure {
	if !c.sendToGroup.allows(req.name) {
		return c.forbidden("send to", req.name)
	}
	to := audience{kind: oneGroup, name: req.name}
	if req.noEcho {
		to.sender = c
	}
	c.hub.publish(&message{
		payload:    req.payload,
		group:      req.name,
		fromUserID: c.userID,
		expires:    expiry(req.ttl),
	}, to)
	return nil
}

// forbidden is the failure of an operation the connection has no permission for.
func (c *connection) forbidden(verb, group string) *failure {
	c.emulator.log.Warn("client operation forbidden: neither a role of its token nor a grant allows it",
		"hub", c.hub.name, "connection", c.id, "operation", verb, "group", group)
	return &failure{
		name:    "Forbidden",
		message: fmt.Sprintf("The client does not have permission to %s group '%s'.", verb, group),
		code:    websocket.StatusPolicyViolation,
	}
}

// raise sends a user event upstream and hands the handler's answer, if any, to the client. What went
// wrong in the handler is logged and not told.
func (c *connection) raise(req *request) *failure {
	reply, err := c.emulator.upstream.userEvent(c, req)
	if err != nil {
		c.emulator.log.Warn("user event failed",
			"hub", c.hub.name, "event", req.name, "connection", c.id, "error", err)
		return &failure{
			name:    "InternalServerError",
			message: "Internal server error",
			code:    websocket.StatusInternalError,
		}
	}
	if reply != nil {
		c.deliver(reply)
	}
	return nil
}
