package wps

import (
	"cmp"
	"strconv"

	"github.com/wpsgen/wpsgen/internal/jsonio"
)

// readMQTTConnect reads the part of a connect event about MQTT (extension-spec 3.5); null is nil. It names the
// member that is missing, on which the reference's MqttConnectPropertiesJsonConverter fails.
func readMQTTConnect(r *jsonio.Reader) (p *MQTTConnectProperties, missing string) {
	if r.Null() {
		return nil, ""
	}
	p, missing = &MQTTConnectProperties{}, "protocolVersion"
	r.Object(func(name string) {
		switch name {
		case "protocolVersion":
			p.ProtocolVersion, missing = MQTTProtocolVersion(r.Int()), ""
		case "username":
			p.Username = r.String()
		case "password":
			p.Password = r.String()
		case "userProperties":
			p.UserProperties = readUserProperties(r)
		default:
			r.Skip()
		}
	})
	return p, missing
}

// readMQTTDisconnected reads the part of a disconnected event about MQTT (extension-spec 3.5); null is nil. It
// names the member that is missing, on which the reference's converters of these properties and of their
// packet fail.
func readMQTTDisconnected(r *jsonio.Reader) (p *MQTTDisconnectedProperties, missing string) {
	if r.Null() {
		return nil, ""
	}
	p, missing = &MQTTDisconnectedProperties{}, "initiatedByClient"
	inPacket := ""
	r.Object(func(name string) {
		switch name {
		case "initiatedByClient":
			p.InitiatedByClient, missing = r.Bool(), ""
		case "disconnectPacket":
			p.DisconnectPacket, inPacket = readDisconnectPacket(r)
		default:
			r.Skip()
		}
	})
	return p, cmp.Or(missing, inPacket)
}

func readDisconnectPacket(r *jsonio.Reader) (p *MQTTDisconnectPacket, missing string) {
	if r.Null() {
		return nil, ""
	}
	p, missing = &MQTTDisconnectPacket{}, "disconnectPacket.code"
	r.Object(func(name string) {
		switch name {
		case "code":
			p.Code, missing = r.Int(), ""
		case "userProperties":
			p.UserProperties = readUserProperties(r)
		default:
			r.Skip()
		}
	})
	return p, missing
}

func readUserProperties(r *jsonio.Reader) []MQTTUserProperty {
	var list []MQTTUserProperty
	r.Array(func() {
		var p MQTTUserProperty
		r.Object(func(name string) {
			switch name {
			case "name":
				p.Name = r.String()
			case "value":
				p.Value = r.String()
			default:
				r.Skip()
			}
		})
		list = append(list, p)
	})
	return list
}

// appendMQTTError appends the JSON that refuses an MQTT client (extension-spec 5.4).
func appendMQTTError(b []byte, e *MQTTConnectError) []byte {
	b = append(b, `{"mqtt":{"code":`...)
	b = strconv.AppendInt(b, int64(e.Code), 10)
	b = append(b, `,"reason":`...)
	if e.Reason == "" {
		b = append(b, "null"...)
	} else {
		b = jsonio.AppendString(b, e.Reason)
	}
	b = append(b, `,"userProperties":`...)
	b = appendUserProperties(b, e.UserProperties)
	return append(b, "}}"...)
}

// appendMQTTResponse appends what a connect reply says about MQTT (extension-spec 5.4).
func appendMQTTResponse(b []byte, r *MQTTConnectResponse) []byte {
	if r == nil {
		return append(b, "null"...)
	}
	b = append(b, `{"userProperties":`...)
	b = appendUserProperties(b, r.UserProperties)
	return append(b, '}')
}

func appendUserProperties(b []byte, list []MQTTUserProperty) []byte {
	if list == nil {
		return append(b, "null"...)
	}
	b = append(b, '[')
	for i, p := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, `{"name":`...)
		b = jsonio.AppendString(b, p.Name)
		b = append(b, `,"value":`...)
		b = jsonio.AppendString(b, p.Value)
		b = append(b, '}')
	}
	return append(b, ']')
}
