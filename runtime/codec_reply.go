package wps

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/wpsgen/wpsgen/internal/wire"
)

// genericError is what goes out when a function fails: its own text may hold what no client should see.
const genericError = "The function failed."

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
		return errorReply(r.status(), r.Message), nil
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
	var user, subprotocol *string
	if r.UserID != "" {
		user = &r.UserID
	}
	if r.Subprotocol != "" {
		subprotocol = &r.Subprotocol
	}
	body, err := json.Marshal(struct {
		UserID      *string  `json:"userId"`
		Groups      []string `json:"groups"`
		Subprotocol *string  `json:"subprotocol"`
		Roles       []string `json:"roles"`
	}{user, r.Groups, subprotocol, r.Roles})
	if err != nil {
		return reply{}, err
	}
	state, err := stateHeader(e, &r.states)
	return reply{status: http.StatusOK, contentType: jsonReply, body: body, state: state}, err
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
	if e.context.rawState == "" && changes.changed == nil && !changes.cleared && changes.err == nil {
		return nil, nil
	}
	value, send, err := changes.header(e.context.States())
	if err != nil {
		return nil, fmt.Errorf("encode the connection states: %w", err)
	}
	if !send {
		return nil, nil
	}
	return []string{value}, nil
}

func errorReply(status int, message string) reply {
	return reply{status: status, contentType: textError, body: []byte(message)}
}

// status is the HTTP status of an error code, whose case is free; an unknown one is a server error.
func (r *EventErrorResponse) status() int {
	switch {
	case strings.EqualFold(string(r.Code), string(CodeUnauthorized)):
		return http.StatusUnauthorized
	case strings.EqualFold(string(r.Code), string(CodeUserError)):
		return http.StatusBadRequest
	}
	return http.StatusInternalServerError
}

// failure tells how an error of a call is answered, and whether it is the function's own choice and
// therefore not worth a line in the log.
func failure(err error) (r reply, chosen bool) {
	var refused *EventErrorResponse
	var payload *PayloadError
	var bad *badEvent
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &refused) && refused != nil:
		return errorReply(refused.status(), refused.Message), true
	case errors.As(err, &payload):
		return errorReply(http.StatusBadRequest, "The payload could not be read."), false
	case errors.As(err, &bad):
		return errorReply(http.StatusBadRequest, bad.answer), false
	case errors.As(err, &large):
		return errorReply(http.StatusRequestEntityTooLarge, "The body is too large."), false
	}
	return errorReply(http.StatusInternalServerError, genericError), false
}
