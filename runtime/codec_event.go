package wps

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
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
	kindOther // a system event this version has no type for
)

// event is one upstream event, whatever brought it.
type event struct {
	kind     eventKind
	mqtt     bool
	context  ConnectionContext
	body     []byte
	dataType DataType

	connect      *ConnectEventRequest
	disconnected *DisconnectedEventRequest
}

// blocking reports whether the service waits for the reply and reads it.
func (e *event) blocking() bool { return e.kind == kindUser || e.kind == kindConnect }

// hasBody reports whether the event's body means something (extension-spec 3).
func (e *event) hasBody() bool { return e.blocking() || e.kind == kindDisconnected }

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
	e.readSubprotocol(h)
	e.classify(eventType[0])
	return nil
}

// readSubprotocol sets the subprotocol, and whether the client speaks MQTT.
func (e *event) readSubprotocol(h http.Header) {
	lines := h[wire.HeaderSubprotocol]
	e.context.Subprotocol = firstLine(lines)
	e.mqtt = len(h[wire.HeaderPhysicalConnectionID]) > 0 && slices.Contains(lines, "mqtt")
}

// classify sets the kind. The name comes from ce-eventName; ce-type only tells system from user.
func (e *event) classify(eventType string) {
	e.dataType = DataTypeText
	n := len(wire.SystemTypePrefix)
	if len(eventType) < n || !strings.EqualFold(eventType[:n], wire.SystemTypePrefix) {
		e.context.EventType = EventTypeUser
		return
	}
	e.context.EventType = EventTypeSystem
	switch name := e.context.EventName; {
	case strings.EqualFold(name, "connect"):
		e.kind = kindConnect
	case strings.EqualFold(name, "connected"):
		e.kind = kindConnected
	case strings.EqualFold(name, "disconnected"):
		e.kind = kindDisconnected
	default:
		e.kind = kindOther
	}
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

// connectBody is the body of a connect event (extension-spec 3.1).
type connectBody struct {
	Claims             Claims              `json:"claims"`
	Query              url.Values          `json:"query"`
	Headers            map[string][]string `json:"headers"`
	Subprotocols       []string            `json:"subprotocols"`
	ClientCertificates []ClientCertificate `json:"clientCertificates"`
}

// connectRequest decodes the body of a connect event, once. Members that are missing stay nil; what is
// no JSON object at all is a *badEvent.
func (e *event) connectRequest() (*ConnectEventRequest, error) {
	if e.connect != nil {
		return e.connect, nil
	}
	var b connectBody
	if err := e.decodeBody(&b); err != nil {
		return nil, err
	}
	e.connect = &ConnectEventRequest{
		ConnectionContext: e.context, Claims: b.Claims, Query: b.Query, Headers: canonical(b.Headers),
		Subprotocols: b.Subprotocols, ClientCertificates: b.ClientCertificates,
	}
	return e.connect, nil
}

// disconnectedRequest decodes the body of a disconnected event, once, like connectRequest.
func (e *event) disconnectedRequest() (*DisconnectedEventRequest, error) {
	if e.disconnected != nil {
		return e.disconnected, nil
	}
	var b struct {
		Reason string `json:"reason"`
	}
	if err := e.decodeBody(&b); err != nil {
		return nil, err
	}
	e.disconnected = &DisconnectedEventRequest{ConnectionContext: e.context, Reason: b.Reason}
	return e.disconnected, nil
}

func (e *event) decodeBody(v any) error {
	if err := json.Unmarshal(e.body, v); err != nil {
		return &badEvent{reason: fmt.Sprintf("body of the %s event: %v", e.context.EventName, err), answer: "The event's body could not be read."}
	}
	return nil
}

// canonical spells header names as http.Header wants them. Names that become equal keep all values, in
// the order of their spelling, so that the result is the same each time.
func canonical(headers map[string][]string) http.Header {
	if headers == nil {
		return nil
	}
	h := make(http.Header, len(headers))
	for _, name := range sortedKeys(headers) {
		key := http.CanonicalHeaderKey(name)
		h[key] = append(h[key], headers[name]...)
	}
	return h
}
