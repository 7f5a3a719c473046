package emulator

import (
	"net/http"
	"strings"
)

// Permissions as roles and the REST API spell them.
const (
	permissionJoinLeave = "joinLeaveGroup"
	permissionSend      = "sendToGroup"
)

func (c *call) grant() *restError {
	one, fail := c.connection()
	if fail != nil {
		return fail
	}
	return c.setPermission(one, true)
}

// revoke has nothing to change for a connection that does not exist, which is a success.
func (c *call) revoke() *restError {
	return c.setPermission(c.hub.connection(c.id), false)
}

// setPermission grants or revokes for the literal group targetName.
func (c *call) setPermission(one *connection, allowed bool) *restError {
	rules, target, fail := c.permission(one)
	if fail != nil || rules == nil {
		return fail
	}
	if !rules.set(target, allowed) {
		return &restError{
			status:  http.StatusConflict,
			Code:    "Error.Connection.Conflict",
			Message: "The connection has too many permission rules.",
		}
	}
	return nil
}

func (c *call) hasPermission() *restError {
	one := c.hub.connection(c.id)
	rules, target, fail := c.permission(one)
	if fail == nil && (rules == nil || !rules.allows(target)) {
		return no(notFound("Permission", c.verb))
	}
	return fail
}

// permission returns the rules of a connection for the permission of the path, nil for no connection,
// and the group they are asked about.
func (c *call) permission(one *connection) (rules *permission, target string, fail *restError) {
	sends := strings.EqualFold(c.verb, permissionSend) || c.verb == "1"
	if !sends && !strings.EqualFold(c.verb, permissionJoinLeave) && c.verb != "2" {
		return nil, "", badRequest("The permission must be %s or %s.", permissionSend, permissionJoinLeave)
	}
	target = lastValue(c.query, "targetName")
	if !isGroupName(target) {
		return nil, "", badRequest("targetName must be the name of a group.")
	}
	switch {
	case one == nil:
		return nil, target, nil
	case sends:
		return one.sendToGroup, target, nil
	}
	return one.joinLeave, target, nil
}
