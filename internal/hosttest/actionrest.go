package hosttest

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/wpsgen/wpsgen/internal/wire"
)

// actions are the 14 of the extension.
var actions = map[string]func(*action) restRequest{
	"sendtoall":        func(a *action) restRequest { return a.send("", a.excluded()) },
	"sendtoconnection": func(a *action) restRequest { return a.send("/connections/"+a.segment("connectionId"), nil) },
	"sendtouser":       func(a *action) restRequest { return a.send("/users/"+a.segment("userId"), nil) },
	"sendtogroup":      func(a *action) restRequest { return a.send("/groups/"+a.segment("group"), a.excluded()) },

	"addusertogroup":          func(a *action) restRequest { return put(a.userGroup()) },
	"removeuserfromgroup":     func(a *action) restRequest { return remove(a.userGroup()) },
	"removeuserfromallgroups": func(a *action) restRequest { return remove("/users/" + a.segment("userId") + "/groups") },

	"addconnectiontogroup":      func(a *action) restRequest { return put(a.groupConnection()) },
	"removeconnectionfromgroup": func(a *action) restRequest { return remove(a.groupConnection()) },

	"closeallconnections":   func(a *action) restRequest { return a.closeAll("") },
	"closegroupconnections": func(a *action) restRequest { return a.closeAll("/groups/" + a.segment("group")) },
	"closeclientconnection": func(a *action) restRequest {
		return remove("/connections/"+a.segment("connectionId"), a.optional(nil, "reason")...)
	},

	"grantpermission":  func(a *action) restRequest { return put(a.permission()) },
	"revokepermission": func(a *action) restRequest { return remove(a.permission()) },
}

func (a *action) userGroup() string {
	return "/users/" + a.segment("userId") + "/groups/" + a.segment("group")
}

func (a *action) groupConnection() string {
	return "/groups/" + a.segment("group") + "/connections/" + a.segment("connectionId")
}

func put(path string, query ...queryValue) restRequest {
	return restRequest{method: http.MethodPut, path: path, query: query, success: http.StatusOK}
}

func remove(path string, query ...queryValue) restRequest {
	return restRequest{method: http.MethodDelete, path: path, query: query, success: http.StatusNoContent}
}

func (a *action) closeAll(path string) restRequest {
	return restRequest{
		method: http.MethodPost, path: path + "/:closeConnections",
		query: a.optional(a.excluded(), "reason"), success: http.StatusNoContent,
	}
}

func (a *action) send(path string, query []queryValue) restRequest {
	call := restRequest{
		method: http.MethodPost, path: path + "/:send", query: query,
		contentType: wire.MediaTypeText, success: http.StatusAccepted,
	}
	var err error
	if raw, ok := a.object.fold("dataType"); ok {
		call.contentType, err = dataTypeValue(raw)
	}
	data, _ := a.object.fold("data")
	if err == nil {
		call.body, err = messageData(data)
	}
	if err != nil && a.err == nil {
		a.err = err
	}
	return call
}

// permission is the path and query of the permission actions. A missing permission is the enum's zero,
// which fails when the action runs.
func (a *action) permission() (string, queryValue) {
	raw, _ := a.object.fold("permission")
	name := permissionName(raw)
	if name == "" && a.err == nil {
		a.err = ownText("ArgumentOutOfRange: permission is required")
	}
	return "/permissions/" + name + "/connections/" + a.segment("connectionId"), queryValue{"targetName", a.text("targetName")}
}

func permissionName(raw json.RawMessage) string {
	switch strings.ToLower(string(bytes.Trim(raw, `"`))) {
	case "sendtogroup", "1":
		return "sendToGroup"
	case "joinleavegroup", "2":
		return "joinLeaveGroup"
	}
	return ""
}
