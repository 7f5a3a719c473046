package wps

import (
	"fmt"
	"net/http"
	"strings"
)

// Permission is what a client with the json or protobuf subprotocol may do with groups.
type Permission string

// Permissions of a connection. Their case is free.
const (
	PermissionSendToGroup    Permission = "sendToGroup"
	PermissionJoinLeaveGroup Permission = "joinLeaveGroup"
)

// GrantPermission grants a permission to a connection.
type GrantPermission struct {
	// ConnectionID is the connection.
	ConnectionID string
	// Permission is what it may do.
	Permission Permission
	// TargetName is the group it may do it with, by its literal name. The extension lets it be empty; the
	// service wants it (service-spec 4).
	TargetName string
}

// RevokePermission takes a permission from a connection.
type RevokePermission struct {
	// ConnectionID is the connection.
	ConnectionID string
	// Permission is what it may no longer do.
	Permission Permission
	// TargetName is the group it may no longer do it with, by its literal name. The extension lets it be
	// empty; the service wants it (service-spec 4).
	TargetName string
}

func (GrantPermission) actionName() string  { return "GrantPermission" }
func (RevokePermission) actionName() string { return "RevokePermission" }

func (a GrantPermission) restRequest() (restRequest, error) {
	return permissionRequest(http.MethodPut, http.StatusOK, a.ConnectionID, a.Permission, a.TargetName)
}

func (a RevokePermission) restRequest() (restRequest, error) {
	return permissionRequest(http.MethodDelete, http.StatusNoContent, a.ConnectionID, a.Permission, a.TargetName)
}

func permissionRequest(method string, success int, connection string, p Permission, target string) (restRequest, error) {
	return plainRequest(method, success, targetQuery(target),
		literal("permissions"), p.segment(), literal("connections"), segment("ConnectionID", connection))
}

func targetQuery(target string) string {
	q := query{}
	q.addIfSet("targetName", target)
	return q.String()
}

func (a GrantPermission) envelopeAction() (bindingAction, error) {
	return bindingAction{ConnectionID: a.ConnectionID, Permission: a.Permission, TargetName: a.TargetName}, nil
}

func (a RevokePermission) envelopeAction() (bindingAction, error) {
	return bindingAction{ConnectionID: a.ConnectionID, Permission: a.Permission, TargetName: a.TargetName}, nil
}

func (p Permission) segment() pathPart {
	for _, known := range []Permission{PermissionSendToGroup, PermissionJoinLeaveGroup} {
		if strings.EqualFold(string(p), string(known)) {
			return literal(string(known))
		}
	}
	if p == "" {
		return pathPart{err: missing("Permission")}
	}
	return pathPart{err: fmt.Errorf("Permission %q is neither %s nor %s",
		p, PermissionSendToGroup, PermissionJoinLeaveGroup)}
}
