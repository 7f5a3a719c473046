package hosttest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/wpsgen/wpsgen/internal/wire"
)

// restRequest is an action as a call of the service's REST API.
type restRequest struct {
	method      string
	path        string // escaped
	query       []queryValue
	contentType string
	body        []byte
	success     int
}

var (
	errNullItem = errors.New("ArgumentNullException: item")
	errBinary   = errors.New("WebPubSubDataType is binary, please use ArrayBuffer as message data type.") //lint:ignore ST1005 the extension's own text
)

// parseActions reads what a webPubSub output was given: an object, a list of objects, or JSON text of
// either. Nothing and an empty list are no action (host-spec 3).
func parseActions(v Value) ([]json.RawMessage, error) {
	raw := v.raw
	switch {
	case v.bytes != nil:
		return nil, errNullItem // bytes convert to no action
	case isNull(raw):
		return nil, nil
	case isString(raw):
		text, _ := stringIn(raw)
		if _, date := parseDate(text); date || !json.Valid([]byte(text)) {
			return nil, fmt.Errorf("the output is no JSON: %w", errNullItem)
		}
		raw = json.RawMessage(text)
	}
	if !isArray(raw) {
		return []json.RawMessage{raw}, nil
	}
	var items []json.RawMessage
	if err := json.Unmarshal(raw, &items); err != nil {
		return nil, err
	}
	return items, nil
}

// convertActions makes calls of all actions before any is made, so that one bad item sends nothing.
func convertActions(hub string, items []json.RawMessage) ([]restRequest, error) {
	var calls []restRequest
	for _, item := range items {
		call, err := convertAction(hub, item)
		if err != nil {
			return nil, err
		}
		calls = append(calls, call)
	}
	return calls, nil
}

// action reads the properties of one action and remembers the first that is missing.
type action struct {
	object object
	err    error
}

func (a *action) text(property string) string {
	raw, _ := a.object.fold(property)
	return netText(raw)
}

// segment is a property the service's client requires, escaped for a path.
func (a *action) segment(property string) string {
	text := a.text(property)
	if text == "" && a.err == nil {
		a.err = fmt.Errorf("ArgumentNullException: %s", property)
	}
	return escapeData(text)
}

func (a *action) optional(query []queryValue, property string) []queryValue {
	if text := a.text(property); text != "" {
		query = append(query, queryValue{property, text})
	}
	return query
}

func (a *action) excluded() []queryValue {
	raw, _ := a.object.fold("excluded")
	var ids []string
	if !isNull(raw) && json.Unmarshal(raw, &ids) != nil && a.err == nil {
		a.err = conversionError(raw, "System.Collections.Generic.IList`1[System.String]")
	}
	var query []queryValue
	for _, id := range ids {
		query = append(query, queryValue{"excluded", id})
	}
	return query
}

// convertAction makes the call of one action (extension-spec 8).
func convertAction(hub string, item json.RawMessage) (restRequest, error) {
	o, err := parseObject(item)
	if err != nil {
		return restRequest{}, errNullItem
	}
	a := &action{object: o}
	name := a.text("actionName")
	if len(name) >= 4 && strings.EqualFold(name[:4], "send") {
		if err := checkDataType(o); err != nil {
			return restRequest{}, err
		}
	}
	build, ok := actions[strings.ToLower(name)]
	if !ok {
		return restRequest{}, fmt.Errorf("Not supported WebPubSubOperation: %s.", name) //lint:ignore ST1005 the extension's own text
	}
	call := build(a)
	call.path = "/api/hubs/" + escapeData(hub) + call.path
	return call, a.err
}

// checkDataType wants binary data in the form Node's Buffer has; it runs before the name is looked at.
func checkDataType(o object) error {
	raw, ok := o.fold("dataType")
	if !ok {
		return nil
	}
	if mediaType, err := dataTypeValue(raw); err != nil || mediaType != wire.MediaTypeBinary {
		return nil
	}
	data, _ := o.fold("data")
	inner, err := parseObject(data)
	if err != nil {
		return errBinary
	}
	kind, _ := inner.fold("type")
	if !strings.EqualFold(netText(kind), "Buffer") {
		return errBinary
	}
	return nil
}

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
		a.err = errors.New("ArgumentOutOfRange: permission is required")
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

// url is the call's address. A parameter without a value is left out.
func (r *restRequest) url(endpoint, apiVersion string) string {
	query := append(slices.Clone(r.query), queryValue{"api-version", apiVersion})
	var parts []string
	for _, q := range query {
		if q.value != "" {
			parts = append(parts, q.name+"="+escapeData(q.value))
		}
	}
	return endpoint + r.path + "?" + strings.Join(parts, "&")
}

// escapeData is .NET's Uri.EscapeDataString: all but the unreserved characters are percent-encoded.
func escapeData(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-_.~", c) >= 0 {
			b.WriteByte(c)
		} else {
			b.WriteString("%" + strings.ToUpper(strconv.FormatInt(int64(c)|0x100, 16)[1:]))
		}
	}
	return b.String()
}
