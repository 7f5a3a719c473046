package hosttest

import (
	"encoding/json"
	"net/http"
)

// mqttStatus are the answers to MQTT return codes: below 128 those of MQTT 3.1.1, from there those of
// MQTT 5. The number alone selects; others make the extension fail (extension-spec 5.4).
var mqttStatus = map[int]int{
	1: http.StatusBadRequest, 2: http.StatusBadRequest, 3: http.StatusInternalServerError, 4: http.StatusBadRequest, 5: http.StatusUnauthorized,

	128: http.StatusInternalServerError, 136: http.StatusInternalServerError, 137: http.StatusInternalServerError,
	156: http.StatusInternalServerError, 157: http.StatusInternalServerError,
	135: http.StatusUnauthorized,
	129: http.StatusBadRequest, 131: http.StatusBadRequest, 132: http.StatusBadRequest, 133: http.StatusBadRequest,
	134: http.StatusBadRequest, 138: http.StatusBadRequest, 140: http.StatusBadRequest, 144: http.StatusBadRequest,
	149: http.StatusBadRequest, 151: http.StatusBadRequest, 153: http.StatusBadRequest, 154: http.StatusBadRequest,
	155: http.StatusBadRequest, 159: http.StatusBadRequest,
}

// mqttError is the MQTT part of a refused connect.
type mqttError struct {
	Code           int            `json:"code"`
	Reason         *string        `json:"reason"`
	UserProperties []userProperty `json:"userProperties"`
}

// mqttErrorReply refuses an MQTT client: the body is the MQTT part alone. An error without one, such as
// the generic code, cannot be converted.
func mqttErrorReply(o object) (reply, error) {
	raw, _ := o.fold("mqtt")
	if isNull(raw) {
		return reply{}, ownText("Required property 'mqtt' not found in JSON.")
	}
	var part mqttError
	if err := json.Unmarshal(raw, &part); err != nil {
		return reply{}, conversionError(raw, "MqttConnectEventErrorResponseProperties")
	}
	status, ok := mqttStatus[part.Code]
	if !ok {
		return reply{}, ownText("Specified argument was out of the range of valid values. (Parameter 'code') Actual value was %d.", part.Code)
	}
	body := object{{"mqtt", marshal(part)}}
	return reply{status: status, contentType: contentTypeError, body: marshal(body)}, nil
}

// mqttSuccess is the MQTT part of an accepted connect: its user properties, or null.
func mqttSuccess(o object) (json.RawMessage, error) {
	raw, _ := o.fold("mqtt")
	if isNull(raw) {
		return json.RawMessage("null"), nil
	}
	var part struct {
		UserProperties []userProperty `json:"userProperties"`
	}
	if err := json.Unmarshal(raw, &part); err != nil {
		return nil, conversionError(raw, "MqttConnectEventResponseProperties")
	}
	return marshal(part), nil
}
