package wps

import "net/http"

// AddUserToGroup adds every present connection of a user to a group. The service refuses it with 404
// when the user has no connection.
type AddUserToGroup struct {
	// UserID is the user.
	UserID string
	// Group is the group's name.
	Group string
}

// RemoveUserFromGroup removes every connection of a user from a group.
type RemoveUserFromGroup struct {
	// UserID is the user.
	UserID string
	// Group is the group's name.
	Group string
}

// RemoveUserFromAllGroups removes every connection of a user from all its groups.
type RemoveUserFromAllGroups struct {
	// UserID is the user.
	UserID string
}

// AddConnectionToGroup adds a connection to a group. The service refuses it with 404 when there is
// no such connection.
type AddConnectionToGroup struct {
	// ConnectionID is the connection.
	ConnectionID string
	// Group is the group's name.
	Group string
}

// RemoveConnectionFromGroup removes a connection from a group.
type RemoveConnectionFromGroup struct {
	// ConnectionID is the connection.
	ConnectionID string
	// Group is the group's name.
	Group string
}

func (AddUserToGroup) actionName() string            { return "AddUserToGroup" }
func (RemoveUserFromGroup) actionName() string       { return "RemoveUserFromGroup" }
func (RemoveUserFromAllGroups) actionName() string   { return "RemoveUserFromAllGroups" }
func (AddConnectionToGroup) actionName() string      { return "AddConnectionToGroup" }
func (RemoveConnectionFromGroup) actionName() string { return "RemoveConnectionFromGroup" }

func (a AddUserToGroup) restRequest() (restRequest, error) {
	return userInGroup(http.MethodPut, http.StatusOK, a.UserID, a.Group)
}

func (a RemoveUserFromGroup) restRequest() (restRequest, error) {
	return userInGroup(http.MethodDelete, http.StatusNoContent, a.UserID, a.Group)
}

func (a RemoveUserFromAllGroups) restRequest() (restRequest, error) {
	return plainRequest(http.MethodDelete, http.StatusNoContent, "",
		literal("users"), segment("UserID", a.UserID), literal("groups"))
}

func (a AddConnectionToGroup) restRequest() (restRequest, error) {
	return connectionInGroup(http.MethodPut, http.StatusOK, a.ConnectionID, a.Group)
}

func (a RemoveConnectionFromGroup) restRequest() (restRequest, error) {
	return connectionInGroup(http.MethodDelete, http.StatusNoContent, a.ConnectionID, a.Group)
}

func userInGroup(method string, success int, user, group string) (restRequest, error) {
	return plainRequest(method, success, "",
		literal("users"), segment("UserID", user), literal("groups"), segment("Group", group))
}

func connectionInGroup(method string, success int, connection, group string) (restRequest, error) {
	return plainRequest(method, success, "",
		literal("groups"), segment("Group", group), literal("connections"), segment("ConnectionID", connection))
}
