package wps

import (
	"fmt"
	"net/http"
)

// EventResponse answers a connect or user event: *ConnectEventResponse, *UserEventResponse or
// *EventErrorResponse.
type EventResponse interface {
	eventResponse()
}

// ConnectEventResponse lets a client in. Fields left zero keep what its token says.
type ConnectEventResponse struct {
	// UserID replaces the user id.
	UserID string
	// Groups are joined in place of the token's groups.
	Groups []string
	// Roles replace the token's roles; an empty slice that is not nil takes them all away.
	Roles []string
	// Subprotocol selects one of the subprotocols the client offered.
	Subprotocol string
	// MQTT is sent to an MQTT 5.0 client with its CONNACK; it counts for no other client.
	MQTT *MQTTConnectResponse

	states stateChanges
}

// UserEventResponse answers the client that sent a user event.
type UserEventResponse struct {
	// Data goes to the client as one message; the zero Payload sends nothing.
	Data Payload

	states stateChanges
}

// SetState keeps value, encoded as JSON, under key for the life of the connection; later events of
// the connection carry it. A value that cannot be encoded makes the reply a server error.
func (r *ConnectEventResponse) SetState(key string, value any) { r.states.set(key, value) }

// ClearStates drops every connection state, and every SetState before it.
func (r *ConnectEventResponse) ClearStates() { r.states.clear() }

// SetState keeps value, encoded as JSON, under key for the life of the connection; later events of
// the connection carry it. A value that cannot be encoded makes the reply a server error.
func (r *UserEventResponse) SetState(key string, value any) { r.states.set(key, value) }

// ClearStates drops every connection state, and every SetState before it.
func (r *UserEventResponse) ClearStates() { r.states.clear() }

// ErrorCode is how an event fails.
type ErrorCode string

// Error codes, with the HTTP status the service sees.
const (
	CodeUnauthorized ErrorCode = "unauthorized" // 401
	CodeUserError    ErrorCode = "userError"    // 400
	CodeServerError  ErrorCode = "serverError"  // 500
)

// EventErrorResponse refuses an event. It is an error, so a function returns it as one; any other
// error a function returns is a server error whose text is logged and not sent.
type EventErrorResponse struct {
	// Code chooses the status.
	Code ErrorCode
	// Message is sent to the service.
	Message string
	// MQTT refuses an MQTT client's connect with a code of its own; without it, the CONNACK code that says
	// the same as Code is sent. It counts for no other event.
	MQTT *MQTTConnectError
}

// Error returns the code and the message.
func (r *EventErrorResponse) Error() string {
	if r == nil {
		return "a nil *wps.EventErrorResponse was returned as an error; return a plain nil"
	}
	code := string(r.Code)
	if code == "" && r.MQTT != nil {
		code = fmt.Sprintf("CONNACK code %d", r.MQTT.Code)
	}
	if r.Message == "" {
		return code
	}
	return code + ": " + r.Message
}

// Unauthorized refuses an event with status 401.
func Unauthorized(message string) *EventErrorResponse {
	return &EventErrorResponse{Code: CodeUnauthorized, Message: message}
}

// UserError refuses an event with status 400.
func UserError(message string) *EventErrorResponse {
	return &EventErrorResponse{Code: CodeUserError, Message: message}
}

// ServerError fails an event with status 500 and a message of your own.
func ServerError(message string) *EventErrorResponse {
	return &EventErrorResponse{Code: CodeServerError, Message: message}
}

// MQTTError refuses an MQTT client's connect with a CONNACK code, a reason and user properties. Reason and
// properties reach clients of MQTT 5.0 only. A code that is none of the constants is a server error.
func MQTTError(code MQTTConnectCode, reason string, properties ...MQTTUserProperty) *EventErrorResponse {
	return &EventErrorResponse{
		Message: reason,
		MQTT:    &MQTTConnectError{Code: code, Reason: reason, UserProperties: properties},
	}
}

func (*ConnectEventResponse) eventResponse() {}
func (*UserEventResponse) eventResponse()    {}
func (*EventErrorResponse) eventResponse()   {}

// HTTPResponse is the whole answer of an http function.
type HTTPResponse struct {
	// Status is the status code; zero means 200.
	Status int
	// Header holds the headers to set; without a Content-Type, net/http guesses one from the body.
	Header http.Header
	// Body is the body.
	Body []byte
}
