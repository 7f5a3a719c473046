package wps

import (
	"net/http"
	"net/url"
)

// Claims are the claims of a client's access token by type, each with its values in order.
type Claims map[string][]string

// Get returns the first value of a claim, or "".
func (c Claims) Get(name string) string {
	if v := c[name]; len(v) > 0 {
		return v[0]
	}
	return ""
}

// ClientCertificate is a certificate a client presented.
type ClientCertificate struct {
	// Thumbprint identifies the certificate.
	Thumbprint string `json:"thumbprint"`
	// Content is the certificate in PEM; not every service sends it.
	Content string `json:"content,omitempty"`
}

// ConnectEventRequest asks whether a client may connect. The service waits for the answer.
type ConnectEventRequest struct {
	ConnectionContext
	// Claims are the claims of the client's access token.
	Claims Claims
	// Query is the query of the client's URL, without its token.
	Query url.Values
	// Headers are the client's own headers; ConnectionContext.Headers are those of the event.
	Headers http.Header
	// Subprotocols are the WebSocket subprotocols the client offers, in its order.
	Subprotocols []string
	// ClientCertificates are the certificates the client presented.
	ClientCertificates []ClientCertificate
	// MQTT is the client's CONNECT packet; nil for a client that does not speak MQTT.
	MQTT *MQTTConnectProperties
}

// ConnectedEventRequest tells that a client has connected. The service does not wait.
type ConnectedEventRequest struct {
	ConnectionContext
}

// DisconnectedEventRequest tells that a client has gone. The service does not wait.
type DisconnectedEventRequest struct {
	ConnectionContext
	// Reason is why, as the service words it; empty for an ordinary close.
	Reason string
	// MQTT says how the session ended; nil for a client that does not speak MQTT.
	MQTT *MQTTDisconnectedProperties
}

// JoinedGroupEventRequest tells that a connection has joined a group. The service does not wait, and sends
// such events only where its event handler asks for group presence (service-spec 3.8, preview).
type JoinedGroupEventRequest struct {
	ConnectionContext
	// Group is the group's name.
	Group string
}

// LeftGroupEventRequest tells that a connection has left a group. The service does not wait, and sends
// such events only where its event handler asks for group presence (service-spec 3.8, preview).
type LeftGroupEventRequest struct {
	ConnectionContext
	// Group is the group's name.
	Group string
}

// UserEventRequest is an event a client sent. The service waits for the answer before it takes the
// client's next message.
type UserEventRequest struct {
	ConnectionContext
	// Data is the payload as sent.
	Data []byte
	// DataType says what the payload is.
	DataType DataType
}
