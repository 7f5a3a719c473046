package glue

import (
	"context"
	"net/http"

	"github.com/wpsgen/wpsgen/runtime"
)

// Context is the source of the call's context.
func Context() (func(*wps.Invocation) (context.Context, error), error) {
	return func(inv *wps.Invocation) (context.Context, error) { return inv.Context(), nil }, nil
}

// ConnectEventRequest is the source of the whole connect event.
func ConnectEventRequest() (func(*wps.Invocation) (*wps.ConnectEventRequest, error), error) {
	return func(inv *wps.Invocation) (*wps.ConnectEventRequest, error) { return inv.ConnectEventRequest(), nil }, nil
}

// ConnectedEventRequest is the source of the whole connected event.
func ConnectedEventRequest() (func(*wps.Invocation) (*wps.ConnectedEventRequest, error), error) {
	return func(inv *wps.Invocation) (*wps.ConnectedEventRequest, error) { return inv.ConnectedEventRequest(), nil }, nil
}

// DisconnectedEventRequest is the source of the whole disconnected event.
func DisconnectedEventRequest() (func(*wps.Invocation) (*wps.DisconnectedEventRequest, error), error) {
	return func(inv *wps.Invocation) (*wps.DisconnectedEventRequest, error) {
		return inv.DisconnectedEventRequest(), nil
	}, nil
}

// JoinedGroupEventRequest is the source of the event of a connection that has joined a group.
func JoinedGroupEventRequest() (func(*wps.Invocation) (*wps.JoinedGroupEventRequest, error), error) {
	return func(inv *wps.Invocation) (*wps.JoinedGroupEventRequest, error) {
		return inv.JoinedGroupEventRequest(), nil
	}, nil
}

// LeftGroupEventRequest is the source of the event of a connection that has left a group.
func LeftGroupEventRequest() (func(*wps.Invocation) (*wps.LeftGroupEventRequest, error), error) {
	return func(inv *wps.Invocation) (*wps.LeftGroupEventRequest, error) { return inv.LeftGroupEventRequest(), nil }, nil
}

// UserEventRequest is the source of the whole user event.
func UserEventRequest() (func(*wps.Invocation) (*wps.UserEventRequest, error), error) {
	return func(inv *wps.Invocation) (*wps.UserEventRequest, error) { return inv.UserEventRequest(), nil }, nil
}

// ConnectionContext is the source of the connection an event is about.
func ConnectionContext() (func(*wps.Invocation) (*wps.ConnectionContext, error), error) {
	return func(inv *wps.Invocation) (*wps.ConnectionContext, error) { return inv.ConnectionContext(), nil }, nil
}

// DataType is the source of a payload's type.
func DataType() (func(*wps.Invocation) (wps.DataType, error), error) {
	return func(inv *wps.Invocation) (wps.DataType, error) { return inv.DataType(), nil }, nil
}

// Claims is the source of the claims of a connect event.
func Claims[T ~map[string][]string]() (func(*wps.Invocation) (T, error), error) {
	return fromConnect(func(r *wps.ConnectEventRequest) T { return T(r.Claims) })
}

// Query is the source of the client's query of a connect event.
func Query[T ~map[string][]string]() (func(*wps.Invocation) (T, error), error) {
	return fromConnect(func(r *wps.ConnectEventRequest) T { return T(r.Query) })
}

// Subprotocols is the source of the subprotocols a connecting client offers.
func Subprotocols() (func(*wps.Invocation) ([]string, error), error) {
	return fromConnect(func(r *wps.ConnectEventRequest) []string { return r.Subprotocols })
}

// ClientCertificates is the source of the certificates a connecting client presented.
func ClientCertificates() (func(*wps.Invocation) ([]wps.ClientCertificate, error), error) {
	return fromConnect(func(r *wps.ConnectEventRequest) []wps.ClientCertificate { return r.ClientCertificates })
}

// Reason is the source of the reason of a disconnected event.
func Reason() (func(*wps.Invocation) (string, error), error) {
	return func(inv *wps.Invocation) (string, error) { return inv.DisconnectedEventRequest().Reason, nil }, nil
}

// Request is the source of an http function's request.
func Request() (func(*wps.Invocation) (*http.Request, error), error) {
	return func(inv *wps.Invocation) (*http.Request, error) { return inv.Request(), nil }, nil
}

// ResponseWriter is the source of an http function's response writer.
func ResponseWriter() (func(*wps.Invocation) (http.ResponseWriter, error), error) {
	return func(inv *wps.Invocation) (http.ResponseWriter, error) { return inv.ResponseWriter(), nil }, nil
}

// RequestContext is the source of the event in a request of an http function with a webPubSubContext binding.
func RequestContext() (func(*wps.Invocation) (*wps.RequestContext, error), error) {
	return func(inv *wps.Invocation) (*wps.RequestContext, error) { return inv.RequestContext(), nil }, nil
}

// TimerInfo is the source of what a timer function is told of its run.
func TimerInfo() (func(*wps.Invocation) (*wps.TimerInfo, error), error) {
	return func(inv *wps.Invocation) (*wps.TimerInfo, error) { return inv.TimerInfo(), nil }, nil
}

// Connection is the source of the webPubSubConnection binding of that name.
func Connection(name string) Source[wps.Connection] {
	return func() (func(*wps.Invocation) (wps.Connection, error), error) {
		return func(inv *wps.Invocation) (wps.Connection, error) { return inv.Connection(name), nil }, nil
	}
}

// Actions is the source of the list that the webPubSub binding of that name sends.
func Actions(name string) Source[*wps.Actions] {
	return func() (func(*wps.Invocation) (*wps.Actions, error), error) {
		return func(inv *wps.Invocation) (*wps.Actions, error) { return inv.Actions(name), nil }, nil
	}
}

// ServiceClient is the source of the client for the function's hub.
func ServiceClient() (func(*wps.Invocation) (*wps.ServiceClient, error), error) {
	return func(inv *wps.Invocation) (*wps.ServiceClient, error) { return inv.ServiceClient(), nil }, nil
}

func fromConnect[T any](part func(*wps.ConnectEventRequest) T) (func(*wps.Invocation) (T, error), error) {
	return func(inv *wps.Invocation) (T, error) { return part(inv.ConnectEventRequest()), nil }, nil
}
