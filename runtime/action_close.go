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

func (CloseAllConnections) actionName() string   { return "CloseAllConnections" }
func (CloseClientConnection) actionName() string { return "CloseClientConnection" }
func (CloseGroupConnections) actionName() string { return "CloseGroupConnections" }

func (a CloseAllConnections) restRequest() (restRequest, error) {
	return plainRequest(http.MethodPost, http.StatusNoContent, queryOf(a.Excluded, "reason", a.Reason),
		literal(":closeConnections"))
}

func (a CloseClientConnection) restRequest() (restRequest, error) {
	return plainRequest(http.MethodDelete, http.StatusNoContent, queryOf(nil, "reason", a.Reason),
		literal("connections"), segment("ConnectionID", a.ConnectionID))
}

func (a CloseGroupConnections) restRequest() (restRequest, error) {
	return plainRequest(http.MethodPost, http.StatusNoContent, queryOf(a.Excluded, "reason", a.Reason),
		literal("groups"), segment("Group", a.Group), literal(":closeConnections"))
}
