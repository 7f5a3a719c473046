package wps

import "net/http"

// CloseAllConnections closes every connection of the hub.
type CloseAllConnections struct {
	// Excluded are the ids of connections left open.
	Excluded []string
	// Reason is told to the clients.
	Reason string
}

// CloseClientConnection closes one connection. It succeeds when there is none of that id.
type CloseClientConnection struct {
	// ConnectionID is the connection.
	ConnectionID string
	// Reason is told to the client.
	Reason string
}

// CloseGroupConnections closes every connection of a group.
type CloseGroupConnections struct {
	// Group is the group's name.
	Group string
	// Excluded are the ids of connections left open.
	Excluded []string
	// Reason is told to the clients.
	Reason string
}

// CloseUserConnections closes every connection of a user. It is not for the Functions host's envelope.
type CloseUserConnections struct {
	// UserID is the user.
	UserID string
	// Excluded are the ids of connections left open.
	Excluded []string
	// Reason is told to the clients.
	Reason string
}

func (CloseAllConnections) actionName() string   { return "CloseAllConnections" }
func (CloseClientConnection) actionName() string { return "CloseClientConnection" }
func (CloseGroupConnections) actionName() string { return "CloseGroupConnections" }
func (CloseUserConnections) actionName() string  { return "CloseUserConnections" }

func (a CloseAllConnections) restRequest() (restRequest, error) {
	return closeRequest(a.Excluded, a.Reason)
}

func (a CloseClientConnection) restRequest() (restRequest, error) {
	return plainRequest(http.MethodDelete, http.StatusNoContent, reasonQuery(nil, a.Reason),
		literal("connections"), segment("ConnectionID", a.ConnectionID))
}

func (a CloseGroupConnections) restRequest() (restRequest, error) {
	return closeRequest(a.Excluded, a.Reason, literal("groups"), segment("Group", a.Group))
}

func (a CloseUserConnections) restRequest() (restRequest, error) {
	return closeRequest(a.Excluded, a.Reason, literal("users"), segment("UserID", a.UserID))
}

func closeRequest(excluded []string, reason string, target ...pathPart) (restRequest, error) {
	return plainRequest(http.MethodPost, http.StatusNoContent, reasonQuery(excluded, reason),
		append(target, literal(":closeConnections"))...)
}

func reasonQuery(excluded []string, reason string) string {
	q := query{}
	q.addAll("excluded", excluded)
	q.addIfSet("reason", reason)
	return q.String()
}

func (a CloseAllConnections) envelopeAction() (bindingAction, error) {
	return bindingAction{Excluded: a.Excluded, Reason: a.Reason}, nil
}

func (a CloseClientConnection) envelopeAction() (bindingAction, error) {
	return bindingAction{ConnectionID: a.ConnectionID, Reason: a.Reason}, nil
}

func (a CloseGroupConnections) envelopeAction() (bindingAction, error) {
	return bindingAction{Group: a.Group, Excluded: a.Excluded, Reason: a.Reason}, nil
}

func (CloseUserConnections) envelopeAction() (bindingAction, error) { return restOnly() }
