package wps

// EventRequest is one of the kinds of events: *ConnectEventRequest, *ConnectedEventRequest,
// *DisconnectedEventRequest, *UserEventRequest, *JoinedGroupEventRequest or *LeftGroupEventRequest.
type EventRequest interface {
	eventRequest()
}

func (*ConnectEventRequest) eventRequest()      {}
func (*ConnectedEventRequest) eventRequest()    {}
func (*DisconnectedEventRequest) eventRequest() {}
func (*UserEventRequest) eventRequest()         {}
func (*JoinedGroupEventRequest) eventRequest()  {}
func (*LeftGroupEventRequest) eventRequest()    {}

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

	status int    // the answer's, where the function is not asked
	reason string // more than ErrorMessage says, for the log
}

// request returns the event as a function sees it, nil for one without a type.
func (e *event) request() EventRequest {
	switch e.kind {
	case kindConnect:
		return e.connect
	case kindConnected:
		return e.connectedRequest()
	case kindDisconnected:
		return e.disconnected
	case kindJoined:
		return e.joinedRequest()
	case kindLeft:
		return e.leftRequest()
	case kindUser:
		return e.userRequest()
	}
	return nil
}

func (e *event) connectedRequest() *ConnectedEventRequest {
	return &ConnectedEventRequest{ConnectionContext: e.context}
}

func (e *event) joinedRequest() *JoinedGroupEventRequest {
	return &JoinedGroupEventRequest{ConnectionContext: e.context, Group: e.group}
}

func (e *event) leftRequest() *LeftGroupEventRequest {
	return &LeftGroupEventRequest{ConnectionContext: e.context, Group: e.group}
}

func (e *event) userRequest() *UserEventRequest {
	return &UserEventRequest{ConnectionContext: e.context, Data: e.body, DataType: e.dataType}
}
