package wps

import (
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/wpsgen/wpsgen/internal/wire"
)

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

// RemoveConnectionFromAllGroups removes a connection from all its groups. It succeeds when there is no
// such connection. It is not for the Functions host's envelope.
type RemoveConnectionFromAllGroups struct {
	// ConnectionID is the connection.
	ConnectionID string
}

// AddConnectionsToGroups adds every present connection that the filter holds for to groups. It is not for
// the Functions host's envelope.
type AddConnectionsToGroups struct {
	// Groups are the groups' names.
	Groups []string
	// Filter is an OData expression, as SendToAll's. Empty means every connection of the hub.
	Filter string
}

// RemoveConnectionsFromGroups removes every connection that the filter holds for from groups. It is not
// for the Functions host's envelope.
type RemoveConnectionsFromGroups struct {
	// Groups are the groups' names.
	Groups []string
	// Filter is an OData expression, as SendToAll's. Empty means every connection of the hub.
	Filter string
}

func (AddUserToGroup) actionName() string                { return "AddUserToGroup" }
func (RemoveUserFromGroup) actionName() string           { return "RemoveUserFromGroup" }
func (RemoveUserFromAllGroups) actionName() string       { return "RemoveUserFromAllGroups" }
func (AddConnectionToGroup) actionName() string          { return "AddConnectionToGroup" }
func (RemoveConnectionFromGroup) actionName() string     { return "RemoveConnectionFromGroup" }
func (RemoveConnectionFromAllGroups) actionName() string { return "RemoveConnectionFromAllGroups" }
func (AddConnectionsToGroups) actionName() string        { return "AddConnectionsToGroups" }
func (RemoveConnectionsFromGroups) actionName() string   { return "RemoveConnectionsFromGroups" }

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

func (a RemoveConnectionFromAllGroups) restRequest() (restRequest, error) {
	return plainRequest(http.MethodDelete, http.StatusNoContent, "",
		literal("connections"), segment("ConnectionID", a.ConnectionID), literal("groups"))
}

func (a AddConnectionsToGroups) restRequest() (restRequest, error) {
	return groupsRequest(":addToGroups", a.Groups, a.Filter)
}

func (a RemoveConnectionsFromGroups) restRequest() (restRequest, error) {
	return groupsRequest(":removeFromGroups", a.Groups, a.Filter)
}

// groupsRequest is a change of groups by a filter. Doing it twice does what once does, unless connections
// come meanwhile, which the filter would be for, too.
func groupsRequest(operation string, groups []string, filter string) (restRequest, error) {
	if len(groups) == 0 {
		return restRequest{}, missing("Groups")
	}
	for i, group := range groups {
		if group == "" {
			return restRequest{}, fmt.Errorf("Groups: item %d is empty", i+1) //lint:ignore ST1005 a field's name
		}
	}
	body, err := json.Marshal(struct {
		Groups []string `json:"groups"`
		Filter string   `json:"filter,omitempty"`
	}{groups, filter})
	return restRequest{
		method: http.MethodPost, path: "/" + operation, contentType: wire.MediaTypeJSON, body: body,
		success: http.StatusOK, repeatable: true,
	}, err
}

func userInGroup(method string, success int, user, group string) (restRequest, error) {
	return plainRequest(method, success, "",
		literal("users"), segment("UserID", user), literal("groups"), segment("Group", group))
}

func connectionInGroup(method string, success int, connection, group string) (restRequest, error) {
	return plainRequest(method, success, "",
		literal("groups"), segment("Group", group), literal("connections"), segment("ConnectionID", connection))
}

func (a AddUserToGroup) envelopeAction() (bindingAction, error) {
	return bindingAction{UserID: a.UserID, Group: a.Group}, nil
}

func (a RemoveUserFromGroup) envelopeAction() (bindingAction, error) {
	return bindingAction{UserID: a.UserID, Group: a.Group}, nil
}

func (a RemoveUserFromAllGroups) envelopeAction() (bindingAction, error) {
	return bindingAction{UserID: a.UserID}, nil
}

func (a AddConnectionToGroup) envelopeAction() (bindingAction, error) {
	return bindingAction{ConnectionID: a.ConnectionID, Group: a.Group}, nil
}

func (a RemoveConnectionFromGroup) envelopeAction() (bindingAction, error) {
	return bindingAction{ConnectionID: a.ConnectionID, Group: a.Group}, nil
}

func (RemoveConnectionFromAllGroups) envelopeAction() (bindingAction, error) { return restOnly() }
func (AddConnectionsToGroups) envelopeAction() (bindingAction, error)        { return restOnly() }
func (RemoveConnectionsFromGroups) envelopeAction() (bindingAction, error)   { return restOnly() }
