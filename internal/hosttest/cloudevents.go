package hosttest

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/internal/wire"
)

// parseCloudEvents reads the headers of an event to the trigger's endpoint (extension-spec 1.4). Any
// error is a 400.
func parseCloudEvents(h http.Header) (*connectionContext, error) {
	single := make(map[string]string)
	for _, name := range []string{wire.HeaderConnectionID, wire.HeaderHub, wire.HeaderType, wire.HeaderEventName} {
		lines := headerLines(h, name)
		if len(lines) != 1 {
			return nil, fmt.Errorf("%d lines of %s", len(lines), name)
		}
		single[name] = lines[0]
	}
	c := contextOf(h, single[wire.HeaderType])
	c.connectionID, c.hub, c.eventName = single[wire.HeaderConnectionID], single[wire.HeaderHub], single[wire.HeaderEventName]
	if c.origin == nil {
		return nil, errors.New("no WebHook-Request-Origin")
	}
	for _, name := range []string{wire.HeaderUserID, wire.HeaderConnectionState} {
		if len(headerLines(h, name)) > 1 {
			return nil, fmt.Errorf("several lines of %s", name)
		}
	}
	// Content headers are not among an HttpRequestMessage's own (extension-spec 4.2).
	c.headers = without(h, "Content-Type", "Content-Length")
	return c, nil
}

// contextOf reads what both surfaces read alike: of several lines of the rest the first counts.
func contextOf(h http.Header, ceType string) *connectionContext {
	c := &connectionContext{
		eventType:            typeUser,
		userID:               firstLine(h, wire.HeaderUserID),
		signature:            joinedLines(h, wire.HeaderSignature),
		origin:               joinedLines(h, wire.HeaderRequestOrigin),
		states:               decodeStates(headerValue(h, wire.HeaderConnectionState)),
		headers:              h,
		physicalConnectionID: firstLine(h, wire.HeaderPhysicalConnectionID),
		sessionID:            firstLine(h, wire.HeaderSessionID),
	}
	if len(ceType) >= len(wire.SystemTypePrefix) && strings.EqualFold(ceType[:len(wire.SystemTypePrefix)], wire.SystemTypePrefix) {
		c.eventType = typeSystem
	}
	c.mqtt = c.physicalConnectionID != nil && slices.Contains(headerLines(h, wire.HeaderSubprotocol), "mqtt")
	return c
}

func firstLine(h http.Header, name string) *string {
	lines := headerLines(h, name)
	if len(lines) == 0 {
		return nil
	}
	return &lines[0]
}

func joinedLines(h http.Header, name string) *string {
	lines := headerLines(h, name)
	if len(lines) == 0 {
		return nil
	}
	text := strings.Join(lines, ",")
	return &text
}

func without(h http.Header, names ...string) http.Header {
	rest := make(http.Header, len(h))
	for key, lines := range h {
		if !slices.ContainsFunc(names, func(name string) bool { return strings.EqualFold(name, key) }) {
			rest[key] = lines
		}
	}
	return rest
}

// spelled gives the protocol's headers the spelling the service sends them in, which Go's server has
// lost, and leaves all others as they are.
func spelled(h http.Header) http.Header {
	names := make(http.Header, len(h))
	for key, lines := range h {
		if name, ok := spelling[key]; ok {
			key = name
		}
		names[key] = lines
	}
	return names
}

var spelling = map[string]string{
	wire.HeaderRequestOrigin:        "WebHook-Request-Origin",
	wire.HeaderConnectionID:         "ce-connectionId",
	wire.HeaderConnectionState:      "ce-connectionState",
	wire.HeaderEventName:            "ce-eventName",
	wire.HeaderHub:                  "ce-hub",
	wire.HeaderID:                   "ce-id",
	wire.HeaderPhysicalConnectionID: "ce-physicalConnectionId",
	wire.HeaderProtocolVersion:      "ce-awpsversion",
	wire.HeaderSessionID:            "ce-sessionId",
	wire.HeaderSignature:            "ce-signature",
	wire.HeaderSource:               "ce-source",
	wire.HeaderSpecVersion:          "ce-specversion",
	wire.HeaderSubprotocol:          "ce-subprotocol",
	wire.HeaderTime:                 "ce-time",
	wire.HeaderType:                 "ce-type",
	wire.HeaderUserID:               "ce-userId",
}
