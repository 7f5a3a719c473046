package wps

// EventRequest is one of the four kinds of events: *ConnectEventRequest, *ConnectedEventRequest,
// *DisconnectedEventRequest or *UserEventRequest.
type EventRequest interface {
	eventRequest()
}

func (*ConnectEventRequest) eventRequest()      {}
func (*ConnectedEventRequest) eventRequest()    {}
func (*DisconnectedEventRequest) eventRequest() {}
func (*UserEventRequest) eventRequest()         {}

// RequestContext is what a webPubSubContext binding makes of an HTTP request (extension-spec 6). Preflights
// and requests with an error are answered by the app, so that a function only gets events: in its
// hands IsPreflight and HasError are false.
type RequestContext struct {
	// Request is the event. It is nil for a system event this version has no type for.
	Request EventRequest
	// IsPreflight tells that the service only asks whether events may be sent here.
	IsPreflight bool
	// HasError tells that the request is no event, or none that can be trusted.
	HasError bool
	// ErrorMessage says why, when HasError is true.
	ErrorMessage string

	status int // the answer's, where the function is not asked
}
