package wps

// MQTTProtocolVersion is the MQTT version a client speaks, as the protocol level in its CONNECT packet.
type MQTTProtocolVersion int

// MQTT versions (extension-spec 3.5).
const (
	MQTTVersion311 MQTTProtocolVersion = 4 // MQTT 3.1.1
	MQTTVersion5   MQTTProtocolVersion = 5 // MQTT 5.0
)

// MQTTUserProperty is a name and a value that an MQTT 5.0 packet carries. A name may occur several times.
type MQTTUserProperty struct {
	// Name is the property's name.
	Name string `json:"name"`
	// Value is its value.
	Value string `json:"value"`
}

// MQTTConnectProperties are the parts of a CONNECT packet that a connect event carries (extension-spec 3.5).
type MQTTConnectProperties struct {
	// ProtocolVersion is the version the client speaks.
	ProtocolVersion MQTTProtocolVersion `json:"protocolVersion"`
	// Username is the packet's user name; empty when it has none.
	Username string `json:"username"`
	// Password is the packet's password, base64-encoded by the service; empty when it has none.
	Password string `json:"password"`
	// UserProperties are the packet's user properties, in its order; MQTT 3.1.1 has none.
	UserProperties []MQTTUserProperty `json:"userProperties"`
}

// MQTTDisconnectedProperties say how an MQTT session ended (extension-spec 3.5).
type MQTTDisconnectedProperties struct {
	// InitiatedByClient tells that the client sent a DISCONNECT packet; otherwise the service ended the session.
	InitiatedByClient bool `json:"initiatedByClient"`
	// DisconnectPacket is the packet that ended the session; nil when the connection was just lost.
	DisconnectPacket *MQTTDisconnectPacket `json:"disconnectPacket"`
}

// MQTTDisconnectPacket is a DISCONNECT packet.
type MQTTDisconnectPacket struct {
	// Code is the packet's reason code; 0 is a normal end.
	Code int `json:"code"`
	// UserProperties are the packet's user properties, in its order.
	UserProperties []MQTTUserProperty `json:"userProperties"`
}

// MQTTConnectResponse is what a connect reply adds to the CONNACK packet of an MQTT 5.0 client.
type MQTTConnectResponse struct {
	// UserProperties are sent with the CONNACK.
	UserProperties []MQTTUserProperty `json:"userProperties"`
}

// MQTTConnectError refuses an MQTT client with a CONNACK code.
type MQTTConnectError struct {
	// Code is the CONNACK code. Its range says which version it is of: below 128 it is 3.1.1's.
	Code MQTTConnectCode
	// Reason is the CONNACK's reason string, which MQTT 5.0 has.
	Reason string
	// UserProperties are sent with the CONNACK, which MQTT 5.0 has.
	UserProperties []MQTTUserProperty
}
