package wps

// CreateResponse makes a response that lets the client in. What is empty keeps what the client's token says.
func (r *ConnectEventRequest) CreateResponse(userID string, groups []string, subprotocol string, roles []string) *ConnectEventResponse {
	return &ConnectEventResponse{UserID: userID, Groups: groups, Subprotocol: subprotocol, Roles: roles}
}

// CreateErrorResponse makes an error that refuses the client; the function returns it as one.
func (r *ConnectEventRequest) CreateErrorResponse(code ErrorCode, message string) *EventErrorResponse {
	return &EventErrorResponse{Code: code, Message: message}
}

// CreateMQTTErrorResponse makes an error that refuses an MQTT client with a CONNACK code; the function
// returns it as one. Reason and properties reach clients of MQTT 5.0 only.
func (r *ConnectEventRequest) CreateMQTTErrorResponse(code MQTTConnectCode, reason string, properties ...MQTTUserProperty) *EventErrorResponse {
	return MQTTError(code, reason, properties...)
}

// CreateResponse makes a response that sends data to the client whose event this is.
func (r *UserEventRequest) CreateResponse(data Payload) *UserEventResponse {
	return &UserEventResponse{Data: data}
}

// CreateErrorResponse makes an error that refuses the event; the function returns it as one.
func (r *UserEventRequest) CreateErrorResponse(code ErrorCode, message string) *EventErrorResponse {
	return &EventErrorResponse{Code: code, Message: message}
}
