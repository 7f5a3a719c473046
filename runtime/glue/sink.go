package glue

import (
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"

	"github.com/wpsgen/wpsgen/runtime"
)

// ConnectReply is the sink of a connect event's reply. nil accepts the client as its token says.
func ConnectReply() (func(*wps.Invocation, *wps.ConnectEventResponse) error, error) {
	return func(inv *wps.Invocation, r *wps.ConnectEventResponse) error {
		if r != nil {
			inv.Respond(r)
		}
		return nil
	}, nil
}

// UserEventReply is the sink of a user event's reply. nil sends nothing.
func UserEventReply() (func(*wps.Invocation, *wps.UserEventResponse) error, error) {
	return func(inv *wps.Invocation, r *wps.UserEventResponse) error {
		if r != nil {
			inv.Respond(r)
		}
		return nil
	}, nil
}

// EventReply is the sink of a reply whose kind is known only at run time. nil accepts the event.
func EventReply() (func(*wps.Invocation, wps.EventResponse) error, error) {
	return func(inv *wps.Invocation, r wps.EventResponse) error {
		if r != nil && !reflect.ValueOf(r).IsNil() {
			inv.Respond(r)
		}
		return nil
	}, nil
}

// UserReply is the sink of a user event's payload: text for string, binary for []byte, JSON for
// every other type. An empty string or slice sends nothing.
func UserReply[R any]() (func(*wps.Invocation, R) error, error) {
	payload, err := payloadOf[R]()
	if err != nil {
		return nil, err
	}
	return func(inv *wps.Invocation, v R) error {
		inv.Respond(&wps.UserEventResponse{Data: payload(v)})
		return nil
	}, nil
}

func payloadOf[R any]() (func(R) wps.Payload, error) {
	var encode any
	switch any((*R)(nil)).(type) {
	case *string:
		encode = wps.Text
	case *[]byte:
		encode = wps.Binary
	default:
		if err := encodable(reflect.TypeFor[R]()); err != nil {
			return nil, err
		}
		return func(v R) wps.Payload { return wps.JSON(v) }, nil
	}
	return encode.(func(R) wps.Payload), nil
}

// HTTPReply is the sink of an http function's result: the whole response for *wps.HTTPResponse, text
// for string, octets for []byte, JSON for every other type. A nil response answers 200 with no body.
func HTTPReply[R any]() (func(*wps.Invocation, R) error, error) {
	var sink any
	switch any((*R)(nil)).(type) {
	case **wps.HTTPResponse:
		sink = func(inv *wps.Invocation, r *wps.HTTPResponse) error { inv.RespondHTTP(r); return nil }
	case *string:
		sink = func(inv *wps.Invocation, s string) error {
			return respond(inv, "text/plain; charset=utf-8", []byte(s))
		}
	case *[]byte:
		sink = func(inv *wps.Invocation, b []byte) error { return respond(inv, "application/octet-stream", b) }
	default:
		t := reflect.TypeFor[R]()
		if t != reflect.TypeFor[wps.Connection]() {
			if err := encodable(t); err != nil {
				return nil, err
			}
		}
		return func(inv *wps.Invocation, v R) error {
			body, err := json.Marshal(v)
			if err != nil {
				return fmt.Errorf("encode the result: %w", err)
			}
			return respond(inv, "application/json", body)
		}, nil
	}
	return sink.(func(*wps.Invocation, R) error), nil
}

func respond(inv *wps.Invocation, contentType string, body []byte) error {
	inv.RespondHTTP(&wps.HTTPResponse{Header: http.Header{"Content-Type": {contentType}}, Body: body})
	return nil
}

// ActionReply is the sink of one action for the webPubSub binding of that name. nil sends nothing.
func ActionReply(name string) Sink[wps.Action] {
	return func() (func(*wps.Invocation, wps.Action) error, error) {
		return func(inv *wps.Invocation, a wps.Action) error {
			if a != nil {
				inv.Actions(name).Add(a)
			}
			return nil
		}, nil
	}
}

// ActionListReply is the sink of a list of actions for the webPubSub binding of that name.
func ActionListReply(name string) Sink[[]wps.Action] {
	return func() (func(*wps.Invocation, []wps.Action) error, error) {
		return func(inv *wps.Invocation, list []wps.Action) error {
			inv.Actions(name).Add(list...)
			return nil
		}, nil
	}
}
