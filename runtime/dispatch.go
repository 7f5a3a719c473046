package wps

import (
	"strings"
)

// dispatchTable finds the function for an event by hub, event type and event name, all ignoring case
// (extension-spec 1.5).
type dispatchTable map[string]*listeners

// listeners are the functions for one key: one for every client, or one for each protocol.
type listeners struct {
	all, webPubSub, mqtt *boundFunction
}

// slot returns where a trigger's function goes, or nil for an unknown value of clientProtocols.
func (l *listeners) slot(clientProtocols string) **boundFunction {
	switch {
	case clientProtocols == "", strings.EqualFold(clientProtocols, "all"):
		return &l.all
	case strings.EqualFold(clientProtocols, "webPubSub"):
		return &l.webPubSub
	case strings.EqualFold(clientProtocols, "mqtt"):
		return &l.mqtt
	}
	return nil
}

// find returns the function for an event, or nil. A group presence event that no function waits for is
// a user event, as it is to the extension (extension-spec 1.6).
func (t dispatchTable) find(e *event) *boundFunction {
	f := t.lookup(e)
	if f == nil && e.context.EventType == EventTypeGroupPresence {
		e.setKind(EventTypeUser)
		f = t.lookup(e)
	}
	return f
}

// lookup finds the function for the event's key: one for the client's protocol wins over one for all. It
// allocates nothing for names of ordinary length in ASCII.
func (t dispatchTable) lookup(e *event) *boundFunction {
	var buf [192]byte
	l := t[string(appendKey(buf[:0], e.context.Hub, e.context.EventType, e.context.EventName))]
	if l == nil {
		return nil
	}
	specific := l.webPubSub
	if e.context.mqtt {
		specific = l.mqtt
	}
	if specific != nil {
		return specific
	}
	return l.all
}

// appendKey appends a key; its parts are kept apart by a byte that no header value may hold.
func appendKey(b []byte, hub, eventType, eventName string) []byte {
	b = appendLower(b, hub)
	b = append(b, 0)
	b = append(b, eventType...)
	b = append(b, 0)
	return appendLower(b, eventName)
}

func appendLower(b []byte, s string) []byte {
	for i := range len(s) {
		c := s[i]
		if c >= 0x80 {
			return append(b[:len(b)-i], strings.ToLower(s)...)
		}
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		b = append(b, c)
	}
	return b
}
