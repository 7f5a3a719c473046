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

	mqtt     bool   // the client speaks MQTT
	rawState string // ce-connectionState
	states   stateSet
}

// State decodes the connection state kept under key into v, a pointer, and reports whether there is
// one. The error is that of json.Unmarshal. A state header that cannot be read holds no states, as in
// the .NET extension.
func (c *ConnectionContext) State(key string, v any) (bool, error) {
	raw, ok := c.states.values[key]
	if !ok || isNull(raw) {
		return false, nil
	}
	return true, json.Unmarshal(unpackState(raw), v)
}

// States returns every connection state by key as JSON. A state that is null is as one that is not there.
func (c *ConnectionContext) States() map[string]json.RawMessage {
	states := make(map[string]json.RawMessage, len(c.states.keys))
	for key, raw := range c.states.values {
		if !isNull(raw) {
			states[key] = unpackState(raw)
		}
	}
	return states
}

func isNull(raw json.RawMessage) bool { return string(raw) == "null" }

// IsMQTT reports whether the client speaks MQTT.
func (c *ConnectionContext) IsMQTT() bool { return c.mqtt }

// readStates decodes the states that came in the event's header. That is not for an event that may still be
// refused, nor for the first reader to do, of which there may be several at once.
func (c *ConnectionContext) readStates() {
	if c.rawState != "" {
		c.states = decodeStates(c.rawState)
	}
}
