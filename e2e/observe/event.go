package observe

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"strings"

	wps "github.com/wpsgen/wpsgen/runtime"
)

// Event returns what a function was called with: the members of the event's request as the extension
// writes them (extension-spec 4.2), the request as a whole, null for an event without a type, its context,
// and dataBytes, the payload's exact bytes. A large payload is told by its digest. A Go string that is empty stands for null.
func Event(inv *wps.Invocation) json.RawMessage {
	request := requestOf(inv)
	doc := map[string]any{"request": request, "dataType": capitalised(string(inv.DataType()))}
	for name, value := range request {
		doc[name] = value
	}
	doc["connectionContext"] = connection(inv.ConnectionContext())
	if inv.ConnectionContext().EventType == wps.EventTypeUser {
		doc["dataBytes"] = []byte(shown(inv.Data()))
	}
	return encode(doc)
}

// shown is a payload, or what tells a large one from all others.
func shown(data []byte) string {
	if len(data) > 64<<10 {
		return fmt.Sprintf("%d bytes, SHA-256 %x", len(data), sha256.Sum256(data))
	}
	return string(data)
}

func encode(v any) json.RawMessage {
	raw, err := json.Marshal(v)
	if err != nil {
		raw, _ = json.Marshal("not JSON: " + err.Error()) // a text has JSON
	}
	return raw
}

func capitalised(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// orNull is a string as JSON has it.
func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// requestOf returns the members of the event's request, nil for an event without a type.
func requestOf(inv *wps.Invocation) map[string]any {
	var request map[string]any
	switch r := typed(inv).(type) {
	case *wps.ConnectEventRequest:
		request = connect(r)
	case *wps.ConnectedEventRequest:
		request = map[string]any{}
	case *wps.DisconnectedEventRequest:
		request = map[string]any{"reason": orNull(r.Reason)}
		if r.IsMQTT() {
			request["mqtt"] = r.MQTT
		}
	case *wps.UserEventRequest:
		request = map[string]any{"data": shown(r.Data), "dataType": capitalised(string(r.DataType))}
	case *wps.JoinedGroupEventRequest:
		request = map[string]any{"group": r.Group}
	case *wps.LeftGroupEventRequest:
		request = map[string]any{"group": r.Group}
	default:
		return nil
	}
	request["connectionContext"] = connection(inv.ConnectionContext())
	return request
}

// typed is the event as a function's parameter has it.
func typed(inv *wps.Invocation) wps.EventRequest {
	if rc := inv.RequestContext(); rc != nil {
		return rc.Request
	}
	c := inv.ConnectionContext()
	if c.EventType == wps.EventTypeUser {
		return inv.UserEventRequest()
	}
	switch strings.ToLower(c.EventType + " " + c.EventName) {
	case "system connect":
		return inv.ConnectEventRequest()
	case "system connected":
		return inv.ConnectedEventRequest()
	case "system disconnected":
		return inv.DisconnectedEventRequest()
	case "grouppresence joined":
		return inv.JoinedGroupEventRequest()
	case "grouppresence left":
		return inv.LeftGroupEventRequest()
	}
	return nil
}

func connect(r *wps.ConnectEventRequest) map[string]any {
	var certificates []map[string]any
	for _, c := range r.ClientCertificates {
		certificates = append(certificates, map[string]any{"thumbprint": c.Thumbprint, "content": orNull(c.Content)})
	}
	request := map[string]any{
		"claims": r.Claims, "query": r.Query, "headers": r.Headers,
		"subprotocols": r.Subprotocols, "clientCertificates": certificates,
	}
	if r.IsMQTT() {
		request["mqtt"] = r.MQTT
	}
	return request
}

func connection(c *wps.ConnectionContext) map[string]any {
	doc := map[string]any{
		"eventType": capitalised(c.EventType), "eventName": orNull(c.EventName), "hub": orNull(c.Hub),
		"connectionId": orNull(c.ConnectionID), "userId": orNull(c.UserID), "signature": orNull(c.Signature),
		"origin": orNull(c.Origin), "subprotocol": orNull(c.Subprotocol), "states": states(c), "headers": c.Headers,
	}
	if c.IsMQTT() {
		doc["physicalConnectionId"], doc["sessionId"] = c.PhysicalConnectionID, orNull(c.SessionID)
	}
	return doc
}

// states are the connection's as they are read. One that is no JSON stays as text.
func states(c *wps.ConnectionContext) map[string]any {
	all := make(map[string]any)
	for key, value := range c.States() {
		all[key] = value
		if !json.Valid(value) {
			all[key] = string(value)
		}
	}
	return all
}
