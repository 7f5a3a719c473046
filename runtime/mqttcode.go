package wps

import "net/http"

// MQTTConnectCode is a CONNACK code that refuses a client: a connect return code of MQTT 3.1.1 below 128,
// a reason code of MQTT 5.0 from 128.
type MQTTConnectCode int

// Connect return codes of MQTT 3.1.1 (section 3.2.2.3 there).
const (
	MQTT311UnacceptableProtocolVersion MQTTConnectCode = 1
	MQTT311IdentifierRejected          MQTTConnectCode = 2
	MQTT311ServerUnavailable           MQTTConnectCode = 3
	MQTT311BadUsernameOrPassword       MQTTConnectCode = 4
	MQTT311NotAuthorized               MQTTConnectCode = 5
)

// Connect reason codes of MQTT 5.0 (section 3.2.2.2 there) that the service takes.
const (
	MQTT5UnspecifiedError            MQTTConnectCode = 128
	MQTT5MalformedPacket             MQTTConnectCode = 129
	MQTT5ImplementationSpecificError MQTTConnectCode = 131
	MQTT5UnsupportedProtocolVersion  MQTTConnectCode = 132
	MQTT5ClientIdentifierNotValid    MQTTConnectCode = 133
	MQTT5BadUserNameOrPassword       MQTTConnectCode = 134
	MQTT5NotAuthorized               MQTTConnectCode = 135
	MQTT5ServerUnavailable           MQTTConnectCode = 136
	MQTT5ServerBusy                  MQTTConnectCode = 137
	MQTT5Banned                      MQTTConnectCode = 138
	MQTT5BadAuthenticationMethod     MQTTConnectCode = 140
	MQTT5TopicNameInvalid            MQTTConnectCode = 144
	MQTT5PacketTooLarge              MQTTConnectCode = 149
	MQTT5QuotaExceeded               MQTTConnectCode = 151
	MQTT5PayloadFormatInvalid        MQTTConnectCode = 153
	MQTT5RetainNotSupported          MQTTConnectCode = 154
	MQTT5QoSNotSupported             MQTTConnectCode = 155
	MQTT5UseAnotherServer            MQTTConnectCode = 156
	MQTT5ServerMoved                 MQTTConnectCode = 157
	MQTT5ConnectionRateExceeded      MQTTConnectCode = 159
)

// status is the HTTP status of a CONNACK code, by the extension's table (extension-spec 5.4), and whether
// the code is one that may be sent.
func (c MQTTConnectCode) status() (status int, ok bool) {
	switch c {
	case MQTT311NotAuthorized, MQTT5NotAuthorized:
		return http.StatusUnauthorized, true
	case MQTT311ServerUnavailable, MQTT5UnspecifiedError, MQTT5ServerUnavailable, MQTT5ServerBusy, MQTT5UseAnotherServer, MQTT5ServerMoved:
		return http.StatusInternalServerError, true
	case MQTT311UnacceptableProtocolVersion, MQTT311IdentifierRejected, MQTT311BadUsernameOrPassword,
		MQTT5MalformedPacket, MQTT5ImplementationSpecificError, MQTT5UnsupportedProtocolVersion, MQTT5ClientIdentifierNotValid,
		MQTT5BadUserNameOrPassword, MQTT5Banned, MQTT5BadAuthenticationMethod, MQTT5TopicNameInvalid, MQTT5PacketTooLarge,
		MQTT5QuotaExceeded, MQTT5PayloadFormatInvalid, MQTT5RetainNotSupported, MQTT5QoSNotSupported, MQTT5ConnectionRateExceeded:
		return http.StatusBadRequest, true
	}
	return http.StatusInternalServerError, false
}

// mqttCode is the CONNACK code that says the same as an error code, in the client's version of MQTT. A
// server error gets the code that the extension sends when a function fails (extension-spec 5.4).
func (c ErrorCode) mqttCode(version MQTTProtocolVersion) MQTTConnectCode {
	is311 := version != MQTTVersion5
	switch status := c.status(); {
	case status == http.StatusUnauthorized && is311:
		return MQTT311NotAuthorized
	case status == http.StatusUnauthorized:
		return MQTT5NotAuthorized
	case status == http.StatusBadRequest && is311:
		return MQTT311BadUsernameOrPassword
	case status == http.StatusBadRequest:
		return MQTT5BadUserNameOrPassword
	case is311:
		return MQTT311ServerUnavailable
	}
	return MQTT5ServerUnavailable
}
