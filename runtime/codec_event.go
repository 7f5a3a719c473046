package wps

import (
	"net/http"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/internal/wire"
)

// eventKind is what an event is about, which decides how its body is read and whether its reply counts.
type eventKind uint8

const (
	kindUser eventKind = iota
	kindConnect
	kindConnected
	kindDisconnected
	kindJoined
	kindLeft
	kindOther // an event this version has no type for
)

// event is one upstream event, whatever brought it.
type event struct {
	kind     eventKind
	context  ConnectionContext
	body     []byte
	dataType DataType

	connect      *ConnectEventRequest      // of kindConnect, once the body is read
	disconnected *DisconnectedEventRequest // of kindDisconnected, once the body is read
	group        string                    // of kindJoined and kindLeft, once the body is read
}

// blocking reports whether the service waits for the reply and reads it.
func (e *event) blocking() bool { return e.kind == kindUser || e.kind == kindConnect }

// hasBody reports whether the event's body means something (extension-spec 3).
func (e *event) hasBody() bool { return e.kind != kindConnected && e.kind != kindOther }

// badEvent is what makes an event unreadable. It is answered with 400.
type badEvent struct {
	reason string
	answer string // the text sent; empty sends none
}

func (e *badEvent) Error() string { return e.reason }

// decodeEvent reads the CloudEvents headers of an event into e (extension-spec 1.4). Everything but the
// body is known after it. The error is a *badEvent.
func decodeEvent(h http.Header, e *event) error {
	c := &e.context
	c.Headers = h
	connection, hub, name, eventType := h[wire.HeaderConnectionID], h[wire.HeaderHub], h[wire.HeaderEventName], h[wire.HeaderType]
	if len(connection) != 1 || len(hub) != 1 || len(name) != 1 || len(eventType) != 1 {
		return &badEvent{reason: "ce-connectionId, ce-hub, ce-eventName and ce-type must be there once each"}
	}
	c.ConnectionID, c.Hub, c.EventName = connection[0], hub[0], name[0]
	origin := h[wire.HeaderRequestOrigin]
	if len(origin) == 0 {
		return &badEvent{reason: "WebHook-Request-Origin is missing"}
	}
	c.Origin = joined(origin)
	c.Signature = joined(h[wire.HeaderSignature])
	user, state := h[wire.HeaderUserID], h[wire.HeaderConnectionState]
	if len(user) > 1 || len(state) > 1 {
		return &badEvent{reason: "ce-userId and ce-connectionState may be there once at most"}
	}
	c.UserID, c.rawState = joined(user), joined(state)
	c.readSubprotocol(h, h[wire.HeaderSubprotocol])
	e.classify(eventType[0])
	return nil
}

// readSubprotocol sets the subprotocol from those lines of its header that count and, for a client that speaks
// MQTT, what it has beside (extension-spec 1.4).
func (c *ConnectionContext) readSubprotocol(h http.Header, lines []string) {
	if len(lines) == 0 {
		return
	}
	c.Subprotocol = lines[0]
	physical := h[wire.HeaderPhysicalConnectionID]
	if c.mqtt = len(physical) > 0 && slices.Contains(lines, wire.SubprotocolMQTT); c.mqtt {
		c.PhysicalConnectionID, c.SessionID = physical[0], firstLine(h[wire.HeaderSessionID])
	}
}

// classify sets the kind. The name comes from ce-eventName; ce-type only tells the types apart, ignoring case.
// Most events are users', and spelled as ever.
func (e *event) classify(ceType string) {
	e.dataType = DataTypeText
	switch {
	case strings.HasPrefix(ceType, wire.UserTypePrefix):
		e.setKind(EventTypeUser)
	case hasPrefixFold(ceType, wire.SystemTypePrefix):
		e.setKind(EventTypeSystem)
	case hasPrefixFold(ceType, wire.GroupPresenceTypePrefix):
		e.setKind(EventTypeGroupPresence)
	default:
		e.setKind(EventTypeUser)
	}
}

// kinds are the events this version has types for, beside user events.
var kinds = []struct {
	eventType, name string
	kind            eventKind
}{
	{EventTypeSystem, "connect", kindConnect},
	{EventTypeSystem, "connected", kindConnected},
	{EventTypeSystem, "disconnected", kindDisconnected},
	{EventTypeGroupPresence, "joined", kindJoined},
	{EventTypeGroupPresence, "left", kindLeft},
}

// setKind sets the type of an event, and the kind by its name.
func (e *event) setKind(eventType string) {
	e.context.EventType = eventType
	if eventType == EventTypeUser {
		e.kind = kindUser
		return
	}
	e.kind = kindOther
	for _, k := range kinds {
		if k.eventType == eventType && strings.EqualFold(k.name, e.context.EventName) {
			e.kind = k.kind
			return
		}
	}
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// firstLine is the value of a header of which only the first line counts.
func firstLine(lines []string) string {
	if len(lines) == 0 {
		return ""
	}
	return lines[0]
}

// joined is the value of a header whatever the number of its lines.
func joined(lines []string) string {
	switch len(lines) {
	case 0:
		return ""
	case 1:
		return lines[0]
	}
	return strings.Join(lines, ",")
}

// decodeContentType sets the data type of a user event (extension-spec 3.4). The error is a *badEvent.
func (e *event) decodeContentType(h http.Header) error {
	mediaType, _, _ := strings.Cut(joined(h["Content-Type"]), ";")
	mediaType = strings.TrimSpace(mediaType)
	switch {
	case strings.EqualFold(mediaType, wire.MediaTypeText):
		e.dataType = DataTypeText
	case strings.EqualFold(mediaType, wire.MediaTypeJSON):
		e.dataType = DataTypeJSON
	case strings.EqualFold(mediaType, wire.MediaTypeBinary):
		e.dataType = DataTypeBinary
	case mediaType == "":
		return &badEvent{reason: "header Content-Type is missing", answer: "Content-Type is missing"}
	default:
		text := "Message data only supports text, binary, json. Current value is: " + mediaType
		return &badEvent{reason: text, answer: text}
	}
	return nil
}
