package wps

import (
	"context"
	"net/http"

	"github.com/wpsgen/wpsgen/internal/expr"
)

// Invocation is one call of a function: what a front took from its host, and what it must give back.
// Nothing in it tells which host that is. Generated glue reads and answers it; functions never see it.
type Invocation struct {
	ctx      context.Context
	function *boundFunction
	event    *event
	header   http.Header // of the request that brought the call
	request  *http.Request
	writer   http.ResponseWriter
	context  *RequestContext
	timer    *TimerInfo
	data     expr.Data // what binding expressions see; nil behind the Functions host
	envelope *envelope // what the Functions host handed over; nil for every other host
	host     bool      // the Functions host makes connections and carries out actions
	failed   bool      // the answer is an error, and the actions are not to be carried out

	connections  []namedConnection
	targets      []namedClient // of the bindings whose hub depends on the call
	actions      []*Actions
	response     EventResponse
	httpResponse *HTTPResponse
}

type namedConnection struct {
	name  string
	value Connection
}

type namedClient struct {
	name   string
	client *ServiceClient
}

// Context returns the context of the call. It ends when the host gives the call up.
func (inv *Invocation) Context() context.Context { return inv.ctx }

// SetContext replaces the context of the call, and of the request of an http function. Middleware uses it,
// before it calls next.
func (inv *Invocation) SetContext(ctx context.Context) {
	inv.ctx = ctx
	if inv.request == nil {
		return
	}
	inv.request = inv.request.WithContext(ctx)
	if d, ok := inv.data.(*requestData); ok {
		d.request = inv.request // whose body is read through it
	}
}

// Function returns the name of the function that is called.
func (inv *Invocation) Function() string { return inv.function.Name }

// Trigger returns the type of the function's trigger, such as webPubSubTrigger.
func (inv *Invocation) Trigger() string { return inv.function.triggerType }

// Route returns the template of an http function's route, such as /api/rooms/{room}; "" for other functions.
func (inv *Invocation) Route() string { return inv.function.route }

// Response returns what the function has answered an event with so far, nil for nothing.
func (inv *Invocation) Response() EventResponse { return inv.response }

// Header returns the headers of the request that brought the call: the service's, the client's of an http
// function, or the Functions host's. It is empty for a timer that this process runs. Treat it as read-only.
func (inv *Invocation) Header() http.Header { return inv.header }

// ConnectEventRequest returns the connect event.
func (inv *Invocation) ConnectEventRequest() *ConnectEventRequest { return inv.event.connect }

// ConnectedEventRequest returns the connected event.
func (inv *Invocation) ConnectedEventRequest() *ConnectedEventRequest {
	return inv.event.connectedRequest()
}

// DisconnectedEventRequest returns the disconnected event.
func (inv *Invocation) DisconnectedEventRequest() *DisconnectedEventRequest {
	return inv.event.disconnected
}

// JoinedGroupEventRequest returns the event of a connection that has joined a group.
func (inv *Invocation) JoinedGroupEventRequest() *JoinedGroupEventRequest {
	return inv.event.joinedRequest()
}

// LeftGroupEventRequest returns the event of a connection that has left a group.
func (inv *Invocation) LeftGroupEventRequest() *LeftGroupEventRequest { return inv.event.leftRequest() }

// UserEventRequest returns the user event.
func (inv *Invocation) UserEventRequest() *UserEventRequest { return inv.event.userRequest() }

// ConnectionContext returns the connection the event is about, nil where the call is no event.
func (inv *Invocation) ConnectionContext() *ConnectionContext {
	if inv.event == nil {
		return nil
	}
	return &inv.event.context
}

// Data returns the payload of a user event.
func (inv *Invocation) Data() []byte { return inv.event.body }

// DataType returns the payload's type; it is text for every event that is not a user event.
func (inv *Invocation) DataType() DataType { return inv.event.dataType }

// Request returns the request of an http function.
func (inv *Invocation) Request() *http.Request { return inv.request }

// ResponseWriter returns the writer of an http function.
func (inv *Invocation) ResponseWriter() http.ResponseWriter { return inv.writer }

// RequestContext returns the event of an http function with a webPubSubContext binding.
func (inv *Invocation) RequestContext() *RequestContext { return inv.context }

// TimerInfo returns what a timer function is told.
func (inv *Invocation) TimerInfo() *TimerInfo { return inv.timer }

// Connection returns the value of the webPubSubConnection binding of that name.
func (inv *Invocation) Connection(name string) Connection {
	for _, c := range inv.connections {
		if c.name == name {
			return c.value
		}
	}
	return Connection{}
}

// Actions returns the list of actions for the webPubSub binding of that name.
func (inv *Invocation) Actions(name string) *Actions {
	for _, a := range inv.actions {
		if a.output == name {
			return a
		}
	}
	a := &Actions{output: name}
	inv.actions = append(inv.actions, a)
	return a
}

// ServiceClient returns the client for the hub of the function's first output, connection or trigger.
// Its calls fail when there is none of these and no default hub and connection.
func (inv *Invocation) ServiceClient() *ServiceClient {
	f := inv.function
	switch {
	case f.client != nil:
		return f.client
	case len(f.outputs) > 0:
		return inv.target(f.outputs[0].name)
	}
	return inv.target(f.inputs[0].name)
}

// target returns the client of a binding whose hub depends on the call, or nil.
func (inv *Invocation) target(binding string) *ServiceClient {
	for _, t := range inv.targets {
		if t.name == binding {
			return t.client
		}
	}
	return nil
}

// Respond answers the event. nil answers nothing, which accepts it.
func (inv *Invocation) Respond(r EventResponse) { inv.response = r }

// RespondHTTP answers the request of an http function.
func (inv *Invocation) RespondHTTP(r *HTTPResponse) { inv.httpResponse = r }
