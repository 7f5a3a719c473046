package emulator

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// restOperation is one row of the REST API: what a method and a path do, and the exact status of
// success, on which clients insist.
type restOperation struct {
	method  string
	path    []string // segments behind /api/hubs/{hub}; {name} stands for one
	success int
	do      func(*call) *restError
}

const (
	sent    = http.StatusAccepted
	gone    = http.StatusNoContent
	changed = http.StatusOK
	found   = http.StatusOK
)

// restOperations is the REST API (service-spec 4). Rows are in the
// order of the service's table.
var restOperations = []restOperation{
	row(http.MethodPost, "/:send", sent, (*call).sendToAll),
	row(http.MethodPost, "/connections/{id}/:send", sent, (*call).sendToConnection),
	row(http.MethodPost, "/groups/{group}/:send", sent, (*call).sendToGroup),
	row(http.MethodPost, "/users/{user}/:send", sent, (*call).sendToUser),
	row(http.MethodPost, "/:closeConnections", gone, (*call).closeAll),
	row(http.MethodPost, "/groups/{group}/:closeConnections", gone, (*call).closeGroup),
	row(http.MethodPost, "/users/{user}/:closeConnections", gone, (*call).closeUser),
	row(http.MethodDelete, "/connections/{id}", gone, (*call).closeConnection),
	row(http.MethodHead, "/connections/{id}", found, (*call).connectionExists),
	row(http.MethodHead, "/users/{user}", found, (*call).userExists),
	row(http.MethodHead, "/groups/{group}", found, (*call).groupExists),
	row(http.MethodGet, "/groups/{group}/connections", found, (*call).listGroup),
	row(http.MethodPut, "/groups/{group}/connections/{id}", changed, (*call).addConnection),
	row(http.MethodDelete, "/groups/{group}/connections/{id}", gone, (*call).removeConnection),
	row(http.MethodDelete, "/connections/{id}/groups", gone, (*call).removeConnectionFromAll),
	row(http.MethodPut, "/users/{user}/groups/{group}", changed, (*call).addUser),
	row(http.MethodDelete, "/users/{user}/groups/{group}", gone, (*call).removeUser),
	row(http.MethodDelete, "/users/{user}/groups", gone, (*call).removeUserFromAll),
	row(http.MethodPost, "/:addToGroups", changed, (*call).addToGroups),
	row(http.MethodPost, "/:removeFromGroups", changed, (*call).removeFromGroups),
	row(http.MethodPut, "/permissions/{permission}/connections/{id}", changed, (*call).grant),
	row(http.MethodDelete, "/permissions/{permission}/connections/{id}", gone, (*call).revoke),
	row(http.MethodHead, "/permissions/{permission}/connections/{id}", found, (*call).hasPermission),
	row(http.MethodPost, "/:generateToken", found, (*call).generateToken),
}

func row(method, path string, success int, do func(*call) *restError) restOperation {
	return restOperation{method, strings.Split(path, "/")[1:], success, do}
}

// findOperation finds the row for a method and an escaped path, with what stands for the names in
// it. Each segment is decoded once, so %2F in a group name is a slash of that name. When only the
// method is wrong, allowed says which would do.
func findOperation(method, escapedPath string) (op *restOperation, params map[string]string, allowed []string) {
	rest, ok := strings.CutPrefix(escapedPath, "/api/hubs/")
	if !ok {
		return nil, nil, nil
	}
	segments := strings.Split(rest, "/")
	for i, segment := range segments {
		decoded, err := url.PathUnescape(segment)
		if err != nil || decoded == "" {
			return nil, nil, nil
		}
		segments[i] = decoded
	}
	for i := range restOperations {
		op := &restOperations[i]
		if !op.matches(segments[1:]) {
			continue
		}
		if op.method == method {
			return op, op.params(segments), nil
		}
		if !slices.Contains(allowed, op.method) {
			allowed = append(allowed, op.method)
		}
	}
	return nil, nil, allowed
}

func (op *restOperation) matches(segments []string) bool {
	if len(segments) != len(op.path) {
		return false
	}
	for i, want := range op.path {
		if want[0] != '{' && want != segments[i] {
			return false
		}
	}
	return true
}

func (op *restOperation) params(segments []string) map[string]string {
	params := map[string]string{"hub": segments[0]}
	for i, name := range op.path {
		if name[0] == '{' {
			params[strings.Trim(name, "{}")] = segments[i+1]
		}
	}
	return params
}
