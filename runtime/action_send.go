package wps

// SendToAll sends to every connection of the hub.
type SendToAll struct {
	// Data is the message.
	Data Payload
	// Excluded are the ids of connections left out.
	Excluded []string
}

// SendToGroup sends to every connection of a group.
type SendToGroup struct {
	// Group is the group's name.
	Group string
	// Data is the message.
	Data Payload
	// Excluded are the ids of connections left out.
	Excluded []string
}

// SendToUser sends to every connection of a user. It succeeds when the user has none.
type SendToUser struct {
	// UserID is the user.
	UserID string
	// Data is the message.
	Data Payload
}

// SendToConnection sends to one connection. It succeeds when there is none of that id.
type SendToConnection struct {
	// ConnectionID is the connection.
	ConnectionID string
	// Data is the message.
	Data Payload
}

func (SendToAll) actionName() string        { return "SendToAll" }
func (SendToGroup) actionName() string      { return "SendToGroup" }
func (SendToUser) actionName() string       { return "SendToUser" }
func (SendToConnection) actionName() string { return "SendToConnection" }

func (a SendToAll) restRequest() (restRequest, error) {
	return sendRequest(a.Data, a.Excluded)
}

func (a SendToGroup) restRequest() (restRequest, error) {
	return sendRequest(a.Data, a.Excluded, literal("groups"), segment("Group", a.Group))
}

func (a SendToUser) restRequest() (restRequest, error) {
	return sendRequest(a.Data, nil, literal("users"), segment("UserID", a.UserID))
}

func (a SendToConnection) restRequest() (restRequest, error) {
	return sendRequest(a.Data, nil, literal("connections"), segment("ConnectionID", a.ConnectionID))
}
