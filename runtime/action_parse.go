package wps

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// ParseAction reads an action as the Web PubSub output binding has it in JSON, for data that was made for
// that binding, such as by an app in another language. It takes what the Functions extension takes, with
// its texts for what it does not (extension-spec 8): names in any case; data as a string or as
// {"type":"Buffer","data":…} with bytes or base64; dataType by name or number, text when there is none; any
// scalar where a text is wanted. What the action lacks is found when it is sent.
func ParseAction(doc []byte) (Action, error) {
	var in looseAction
	if string(bytes.TrimSpace(doc)) == "null" {
		return nil, errors.New("the action is null")
	}
	if err := json.Unmarshal(doc, &in); err != nil {
		return nil, actionSyntax(err)
	}
	name := string(in.ActionName)
	sends := len(name) >= 4 && strings.EqualFold(name[:4], "send")
	dataType, err := parseDataType(in.DataType)
	if sends && dataType == DataTypeBinary && !isBuffer(in.Data) {
		return nil, errDataNotBinary // even when there is no such action
	}
	b := in.strict()
	build, ok := makeAction[strings.ToLower(name)]
	switch {
	case !ok:
		//lint:ignore ST1005 the extension's text
		return nil, fmt.Errorf("Not supported WebPubSubOperation: %s.", name)
	case !sends:
		return build(b), nil
	case err != nil:
		return nil, err
	}
	b.data, err = parseData(in.Data, dataType)
	if err != nil {
		return nil, err
	}
	return build(b), nil
}

// ParseActions reads one action or an array of them, in order, as ParseAction does. The error says which
// one cannot be read.
func ParseActions(doc []byte) ([]Action, error) {
	if doc = bytes.TrimSpace(doc); len(doc) == 0 || doc[0] != '[' {
		a, err := ParseAction(doc)
		if err != nil {
			return nil, err
		}
		return []Action{a}, nil
	}
	var items []json.RawMessage
	if err := json.Unmarshal(doc, &items); err != nil {
		return nil, actionSyntax(err)
	}
	actions := make([]Action, len(items))
	for i, item := range items {
		a, err := ParseAction(item)
		if err != nil {
			return nil, fmt.Errorf("action %d of %d: %w", i+1, len(items), err)
		}
		actions[i] = a
	}
	return actions, nil
}

// actionSyntax names the member that is of the wrong kind, in the document's words and not in Go's.
func actionSyntax(err error) error {
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &kind) && kind.Field != "":
		_, name, nested := strings.Cut(kind.Field, ".")
		if !nested {
			name = kind.Field
		}
		return fmt.Errorf("action: %s cannot be a JSON %s", name, kind.Value)
	case errors.As(err, &kind):
		return fmt.Errorf("an action is a JSON object, not %s", kind.Value)
	}
	return fmt.Errorf("action: %w", err)
}

// makeAction makes the actions of the binding, by their names in lower case.
var makeAction = map[string]func(bindingAction) Action{
	"sendtoall":   func(b bindingAction) Action { return SendToAll{Data: b.data, Excluded: b.Excluded} },
	"sendtogroup": func(b bindingAction) Action { return SendToGroup{Group: b.Group, Data: b.data, Excluded: b.Excluded} },
	"sendtouser":  func(b bindingAction) Action { return SendToUser{UserID: b.UserID, Data: b.data} },
	"sendtoconnection": func(b bindingAction) Action {
		return SendToConnection{ConnectionID: b.ConnectionID, Data: b.data}
	},
	"addusertogroup":          func(b bindingAction) Action { return AddUserToGroup{UserID: b.UserID, Group: b.Group} },
	"removeuserfromgroup":     func(b bindingAction) Action { return RemoveUserFromGroup{UserID: b.UserID, Group: b.Group} },
	"removeuserfromallgroups": func(b bindingAction) Action { return RemoveUserFromAllGroups{UserID: b.UserID} },
	"addconnectiontogroup": func(b bindingAction) Action {
		return AddConnectionToGroup{ConnectionID: b.ConnectionID, Group: b.Group}
	},
	"removeconnectionfromgroup": func(b bindingAction) Action {
		return RemoveConnectionFromGroup{ConnectionID: b.ConnectionID, Group: b.Group}
	},
	"closeallconnections": func(b bindingAction) Action { return CloseAllConnections{Excluded: b.Excluded, Reason: b.Reason} },
	"closeclientconnection": func(b bindingAction) Action {
		return CloseClientConnection{ConnectionID: b.ConnectionID, Reason: b.Reason}
	},
	"closegroupconnections": func(b bindingAction) Action {
		return CloseGroupConnections{Group: b.Group, Excluded: b.Excluded, Reason: b.Reason}
	},
	"grantpermission": func(b bindingAction) Action {
		return GrantPermission{ConnectionID: b.ConnectionID, Permission: b.Permission, TargetName: b.TargetName}
	},
	"revokepermission": func(b bindingAction) Action {
		return RevokePermission{ConnectionID: b.ConnectionID, Permission: b.Permission, TargetName: b.TargetName}
	},
}
