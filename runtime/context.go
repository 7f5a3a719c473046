package wps

import (
	"encoding/json"
	"net/http"
)

// ConnectionContext says which client connection an event is about.
type ConnectionContext struct {
	// EventType is EventTypeSystem, EventTypeUser or EventTypeGroupPresence.
	EventType string
	// EventName is the event's name (ce-eventName).
	EventName string
	// Hub is the hub (ce-hub).
	Hub string
	// ConnectionID identifies the connection (ce-connectionId).
	ConnectionID string
	// UserID is the user of the connection (ce-userId); empty for an anonymous client.
	UserID string
	// Subprotocol is the WebSocket subprotocol of the connection (ce-subprotocol); absent on connect events.
	Subprotocol string
	// Signature is the event's signature (ce-signature) as sent.
	Signature string
	// Origin is the service's host (WebHook-Request-Origin).
	Origin string
	// Headers are the headers of the event's request. Treat them as read-only.
	Headers http.Header

	// PhysicalConnectionID identifies the network connection of an MQTT client, which may have several
	// after each other (ce-physicalConnectionId); empty for other clients.
	PhysicalConnectionID string
	// SessionID identifies the session of an MQTT client (ce-sessionId); absent on connect events.
	SessionID string

	mqtt     bool // the client speaks MQTT
	rawState string
	states   map[string]json.RawMessage
}

// State decodes the connection state kept under key into v, a pointer, and reports whether there is
// one. The error is that of json.Unmarshal. A state header that cannot be read holds no states, as in
// the .NET extension.
func (c *ConnectionContext) State(key string, v any) (bool, error) {
	raw, ok := c.stateMap()[key]
	if !ok || isNull(raw) {
		return false, nil
	}
	return true, json.Unmarshal(unpackState(raw), v)
}

// States returns every connection state by key as JSON. A state that is null is as one that is not there.
func (c *ConnectionContext) States() map[string]json.RawMessage {
	states := make(map[string]json.RawMessage, len(c.stateMap()))
	for key, raw := range c.stateMap() {
		if !isNull(raw) {
			states[key] = unpackState(raw)
		}
	}
	return states
}

func isNull(raw json.RawMessage) bool { return string(raw) == "null" }

// IsMQTT reports whether the client speaks MQTT.
func (c *ConnectionContext) IsMQTT() bool { return c.mqtt }

// stateless reports whether the connection has no states.
func (c *ConnectionContext) stateless() bool { return c.rawState == "" && len(c.states) == 0 }

// stateMap returns the states as they came, decoded once.
func (c *ConnectionContext) stateMap() map[string]json.RawMessage {
	if c.states == nil {
		c.states = decodeStates(c.rawState)
	}
	return c.states
}
