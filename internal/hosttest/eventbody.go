package hosttest

import (
	"encoding/json"
	"fmt"
	"net/http"
)

// readBody fills an event from its body, as the trigger does (extension-spec 3). An error is one that
// escapes the dispatcher: the host answers 500. unsupported is the text of a 400 instead.
func (e *event) readBody(header http.Header, body []byte) (unsupported string, err error) {
	e.dataType = "Text"
	switch e.kind {
	case kindConnect:
		return "", e.readConnect(body)
	case kindDisconnected:
		return "", e.readDisconnected(body)
	case kindUser:
		lines := headerLines(header, "Content-Type")
		if len(lines) == 0 {
			return "", fmt.Errorf("the request has no Content-Type")
		}
		dataType, mediaType, ok := dataTypeOf(lines[0])
		if !ok {
			return "Message data only supports text, binary, json. Current value is: " + mediaType, nil
		}
		e.data, e.dataType = payload(body), dataType
	}
	return "", nil
}

func (e *event) readConnect(body []byte) error {
	o, err := required(body, "claims", "query", "subprotocols", "clientCertificates", "headers")
	if err != nil {
		return err
	}
	e.claims, _ = o.exact("claims")
	e.query, _ = o.exact("query")
	e.headers, _ = o.exact("headers")
	e.subprotocols, _ = o.exact("subprotocols")
	for _, lists := range []json.RawMessage{e.claims, e.query, e.headers} {
		if err := json.Unmarshal(lists, new(map[string][]string)); err != nil {
			return err
		}
	}
	if err := json.Unmarshal(e.subprotocols, new([]string)); err != nil {
		return err
	}
	certificates, _ := o.exact("clientCertificates")
	if err := json.Unmarshal(certificates, &e.clientCertificates); err != nil {
		return err
	}
	if e.context != nil && e.context.mqtt {
		e.mqtt, err = mqttConnect(o)
	}
	return err
}

func (e *event) readDisconnected(body []byte) error {
	o, err := required(body, "reason")
	if err != nil {
		return err
	}
	reason, _ := o.exact("reason")
	if err := json.Unmarshal(reason, &e.reason); err != nil {
		return err
	}
	if e.context != nil && e.context.mqtt {
		e.mqtt, err = mqttDisconnected(o)
	}
	return err
}

// required reads a JSON object that must have members of exactly these names, null or not.
func required(body []byte, names ...string) (object, error) {
	var valid json.RawMessage
	if err := json.Unmarshal(body, &valid); err != nil {
		return nil, err
	}
	o, err := parseObject(body)
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		if _, ok := o.exact(name); !ok {
			return nil, fmt.Errorf("the body has no member %q", name)
		}
	}
	return o, nil
}

// userProperty is a user property of an MQTT packet.
type userProperty struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// mqttConnectProperties is the MQTT part of a connect event (extension-spec 3.5). As in the reference's
// converters of these types, a member that is no pointer or list must be there.
type mqttConnectProperties struct {
	ProtocolVersion *int           `json:"protocolVersion"`
	Username        *string        `json:"username"`
	Password        *string        `json:"password"`
	UserProperties  []userProperty `json:"userProperties"`
}

// mqttDisconnectedProperties is the MQTT part of a disconnected event.
type mqttDisconnectedProperties struct {
	InitiatedByClient *bool                 `json:"initiatedByClient"`
	DisconnectPacket  *mqttDisconnectPacket `json:"disconnectPacket"`
}

type mqttDisconnectPacket struct {
	Code           *int           `json:"code"`
	UserProperties []userProperty `json:"userProperties"`
}

func mqttConnect(o object) (json.RawMessage, error) {
	return mqttPart(o, new(mqttConnectProperties))
}

func mqttDisconnected(o object) (json.RawMessage, error) {
	return mqttPart(o, new(mqttDisconnectedProperties))
}

// missing names the member that must be there and is not.
func (p *mqttConnectProperties) missing() string {
	if p.ProtocolVersion == nil {
		return "protocolVersion"
	}
	return ""
}

func (p *mqttDisconnectedProperties) missing() string {
	switch {
	case p.InitiatedByClient == nil:
		return "initiatedByClient"
	case p.DisconnectPacket != nil && p.DisconnectPacket.Code == nil:
		return "disconnectPacket.code"
	}
	return ""
}

// mqttPart reads the member mqtt into properties and writes it as workers get it, with null where there
// is nothing.
func mqttPart(o object, properties interface{ missing() string }) (json.RawMessage, error) {
	raw, ok := o.exact("mqtt")
	if !ok || isNull(raw) {
		return nil, fmt.Errorf("the body has no member %q", "mqtt")
	}
	if err := json.Unmarshal(raw, properties); err != nil {
		return nil, err
	}
	if name := properties.missing(); name != "" {
		return nil, fmt.Errorf("the body has no member %q", "mqtt."+name)
	}
	return marshal(properties), nil
}
