package hosttest

import (
	"encoding/json"
	"net/http"
	"strings"
)

// connectionContext is the connection an event comes from (extension-spec 4.2).
type connectionContext struct {
	eventType, eventName, hub, connectionID string
	userID, signature, origin               *string
	states                                  states
	headers                                 http.Header
	mqtt                                    bool
	physicalConnectionID, sessionID         *string
	// lenient tells that hub, event name and connection id may be missing: null then.
	lenient bool
}

func (c *connectionContext) kind() eventKind {
	if c.eventType == typeUser {
		return kindUser
	}
	switch kind := eventKind(strings.ToLower(c.eventName)); kind {
	case kindConnect, kindConnected, kindDisconnected:
		return kind
	}
	return kindOther
}

// json is the context as workers get it: keys in this order, null where there is nothing.
func (c *connectionContext) json() object {
	o := object{}
	if c.mqtt {
		o = append(o, member{"physicalConnectionId", marshal(c.physicalConnectionID)}, member{"sessionId", marshal(c.sessionID)})
	}
	return append(o,
		member{"eventType", marshal(c.eventType)},
		member{"eventName", c.name(c.eventName)},
		member{"hub", c.name(c.hub)},
		member{"connectionId", c.name(c.connectionID)},
		member{"userId", marshal(c.userID)},
		member{"signature", marshal(c.signature)},
		member{"origin", marshal(c.origin)},
		member{"states", c.states.json()},
		member{"headers", marshal(headerLists(c.headers))},
	)
}

func (c *connectionContext) name(s string) json.RawMessage {
	if c.lenient && s == "" {
		return json.RawMessage("null")
	}
	return marshal(s)
}
