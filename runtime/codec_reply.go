package wps

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/wpsgen/wpsgen/internal/jsonio"
	"github.com/wpsgen/wpsgen/internal/wire"
)

// What goes out when a call fails: an error's own text may hold what no client should see.
const (
	genericError      = "The function failed."
	unreadablePayload = "The payload could not be read."
	bodyTooLarge      = "The body is too large."
)

// reply is what an event is answered with.
type reply struct {
	status      int
	contentType []string // one of the values below, or nil
	body        []byte
	state       []string // the value of ce-connectionState, or nil for none
}

// Values of Content-Type, shared by all replies: a header map takes them without allocating.
var (
	textError   = []string{"text/plain; charset=utf-8"}
	textReply   = []string{wire.MediaTypeText}
	jsonReply   = []string{wire.MediaTypeJSON}
	binaryReply = []string{wire.MediaTypeBinary}
)

// encodeReply turns what a function answered into a reply (extension-spec 5). Only blocking events have
// one; every other is answered with 200 and nothing.
func encodeReply(e *event, r EventResponse) (reply, error) {
	if !e.blocking() || r == nil {
		return reply{status: http.StatusOK}, nil
	}
	switch r := r.(type) {
	case *EventErrorResponse:
		return encodeError(e, r)
	case *ConnectEventResponse:
		if e.kind == kindConnect {
			return encodeConnectReply(e, r)
		}
	case *UserEventResponse:
		if e.kind == kindUser {
			return encodeUserReply(e, r)
		}
	}
	return reply{}, fmt.Errorf("a %T cannot answer the event %s", r, e.context.EventName)
}

func encodeConnectReply(e *event, r *ConnectEventResponse) (reply, error) {
	b := append(make([]byte, 0, 256), '{')
	subprotocol := r.Subprotocol
	if e.context.mqtt {
		b = append(b, `"mqtt":`...)
		b = append(appendMQTTResponse(b, r.MQTT), ',')
		if subprotocol == "" {
			subprotocol = wire.SubprotocolMQTT
		}
	}
	b = appendNullable(append(b, `"userId":`...), r.UserID)
	b = jsonio.AppendStrings(append(b, `,"groups":`...), r.Groups)
	b = appendNullable(append(b, `,"subprotocol":`...), subprotocol)
	b = jsonio.AppendStrings(append(b, `,"roles":`...), r.Roles)
	state, err := stateHeader(e, &r.states)
	return reply{status: http.StatusOK, contentType: jsonReply, body: append(b, '}'), state: state}, err
}

func appendNullable(b []byte, s string) []byte {
	if s == "" {
		return append(b, "null"...)
	}
	return jsonio.AppendString(b, s)
}

func encodeUserReply(e *event, r *UserEventResponse) (reply, error) {
	body, err := r.Data.Bytes()
	if err != nil {
		return reply{}, fmt.Errorf("encode the reply: %w", err)
	}
	state, err := stateHeader(e, &r.states)
	return reply{status: http.StatusOK, contentType: replyType(r.Data.DataType()), body: body, state: state}, err
}

func replyType(t DataType) []string {
	switch t {
	case DataTypeText:
		return textReply
	case DataTypeJSON:
		return jsonReply
	case DataTypeBinary:
		return binaryReply
	}
	return nil
}

func stateHeader(e *event, changes *stateChanges) ([]string, error) {
	if len(e.context.states.keys) == 0 && changes.none() {
		return nil, nil
	}
	value, send, err := changes.header(&e.context.states)
	if err != nil {
		return nil, fmt.Errorf("encode the connection states: %w", err)
	}
	if !send {
		return nil, nil
	}
	return []string{value}, nil
}

// encodeError refuses an event: an MQTT client's connect with a CONNACK code, everything else with a status
// and a text.
func encodeError(e *event, r *EventErrorResponse) (reply, error) {
	if e.kind != kindConnect || !e.context.mqtt {
		return errorReply(r.status(), r.Message), nil
	}
	refusal := r.mqttError(e)
	status, ok := refusal.Code.status()
	if !ok {
		return reply{}, fmt.Errorf("%d is no CONNACK code that refuses a client", refusal.Code)
	}
	return reply{status: status, contentType: textError, body: appendMQTTError(nil, refusal)}, nil
}

// mqttError is the refusal of an MQTT client: the one given or, for an error code, the CONNACK code that
// says the same in the client's version.
func (r *EventErrorResponse) mqttError(e *event) *MQTTConnectError {
	if r.MQTT != nil {
		return r.MQTT
	}
	var version MQTTProtocolVersion
	if e.connect != nil && e.connect.MQTT != nil {
		version = e.connect.MQTT.ProtocolVersion
	}
	return &MQTTConnectError{Code: r.Code.mqttCode(version), Reason: r.Message}
}

func errorReply(status int, message string) reply {
	return reply{status: status, contentType: textError, body: []byte(message)}
}

// status is the HTTP status of an error.
func (r *EventErrorResponse) status() int {
	if r.MQTT != nil && r.Code == "" {
		status, _ := r.MQTT.Code.status()
		return status
	}
	return r.Code.status()
}

// status is the HTTP status of an error code, whose case is free; an unknown one is a server error.
func (c ErrorCode) status() int {
	switch {
	case strings.EqualFold(string(c), string(CodeUnauthorized)):
		return http.StatusUnauthorized
	case strings.EqualFold(string(c), string(CodeUserError)):
		return http.StatusBadRequest
	}
	return http.StatusInternalServerError
}

// failure tells how an error of a call is answered, and whether it is the function's own choice and
// therefore not worth a line in the log.
func failure(err error) (r *EventErrorResponse, chosen bool) {
	var refused *EventErrorResponse
	var payload *PayloadError
	switch {
	case errors.As(err, &refused) && refused != nil:
		return refused, true
	case errors.As(err, &payload):
		return UserError(unreadablePayload), false
	}
	return ServerError(genericError), false
}
