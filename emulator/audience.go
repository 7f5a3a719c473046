package emulator

import (
	"slices"

	"github.com/wpsgen/wpsgen/emulator/internal/odata"
)

// audience says which connections of a hub are meant.
type audience struct {
	kind     audienceKind
	name     string      // of the connection, user or group
	excluded []string    // connection ids left out
	sender   *connection // left out when not nil
	filter   *odata.Filter
}

type audienceKind uint8

const (
	everybody audienceKind = iota
	oneConnection
	oneUser
	oneGroup
)

// audience returns the connections that are meant at this moment. The caller acts on them without
// holding the hub, so a slow one holds up nobody.
func (h *hub) audience(a audience) []*connection {
	h.mu.RLock()
	defer h.mu.RUnlock()
	if a.kind == everybody {
		out := make([]*connection, 0, len(h.connections))
		for _, c := range h.connections {
			out = a.appendTo(out, c)
		}
		return out
	}
	var set connectionSet
	switch a.kind {
	case oneUser:
		set = h.users[a.name]
	case oneGroup:
		set = h.groups[a.name]
	case oneConnection:
		if c, ok := h.connections[a.name]; ok {
			return a.appendTo(nil, c)
		}
	}
	out := make([]*connection, 0, len(set))
	for c := range set {
		out = a.appendTo(out, c)
	}
	return out
}

func (a audience) appendTo(out []*connection, c *connection) []*connection {
	if c == a.sender || slices.Contains(a.excluded, c.id) {
		return out
	}
	if a.filter != nil && !a.filter.Match(c.subject()) {
		return out
	}
	return append(out, c)
}

// subject is what a filter sees of a connection; the hub must be held.
func (c *connection) subject() *odata.Subject {
	return &odata.Subject{UserID: c.userID, ConnectionID: c.id, Protocol: c.subprotocol, Groups: c.groups}
}

// publish queues the message for everybody meant. It is encoded once per wire form, not once per
// connection, and never waits for a client.
func (h *hub) publish(m *message, a audience) {
	var frames [encodings]*frame
	for _, c := range h.audience(a) {
		form := c.protocol.encoding()
		if frames[form] == nil {
			f := c.protocol.message(m)
			frames[form] = &f
		}
		c.pass(*frames[form], m.expires)
	}
}
