package emulator

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// apiVersions are the versions of the REST API the service knows; none given means the last.
var apiVersions = []string{"2021-10-01", "2022-11-01", "2023-07-01", "2024-01-01", "2024-12-01"}

// call is one REST call on its way through an operation.
type call struct {
	request *http.Request
	hub     *hub
	group   string // of the path, like the next three
	user    string
	id      string // of a connection
	verb    string // of a permission
	query   url.Values
}

// restError is an unsuccessful REST call (service-spec 4).
type restError struct {
	status  int
	Code    string  `json:"code"`
	Message string  `json:"message"`
	Target  *string `json:"target"`
	Details any     `json:"details"`
	Inner   any     `json:"innererror"`
}

func badRequest(format string, args ...any) *restError {
	return &restError{status: http.StatusBadRequest, Code: "Error.BadRequest", Message: fmt.Sprintf(format, args...)}
}

func notFound(kind, name string) *restError {
	return &restError{
		status:  http.StatusNotFound,
		Code:    "Info." + kind + ".NotExisted",
		Message: fmt.Sprintf("%s `%s` is not found.", kind, name),
		Target:  &kind,
	}
}

// serveREST answers a call of the data plane.
func (e *Emulator) serveREST(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("api-supported-versions", strings.Join(apiVersions, ", "))
	if r.URL.Path == "/api/health" && r.Method == http.MethodHead {
		return
	}
	op, params, allowed := findOperation(r.Method, r.URL.EscapedPath())
	switch {
	case op == nil && len(allowed) > 0:
		w.Header().Set("Allow", strings.Join(allowed, ", "))
		e.restFails(w, r, &restError{status: http.StatusMethodNotAllowed, Code: "Error.MethodNotAllowed", Message: "Use " + strings.Join(allowed, " or ") + "."})
		return
	case op == nil:
		e.restFails(w, r, &restError{status: http.StatusNotFound, Code: "Error.NotFound", Message: "There is no such operation."})
		return
	}
	if fail := e.authorize(r); fail != nil {
		e.restFails(w, r, fail)
		return
	}
	c, fail := e.newCall(r, params)
	if fail == nil {
		fail = op.do(c)
	}
	if fail != nil {
		e.restFails(w, r, fail)
		return
	}
	w.WriteHeader(op.success)
}

// authorize checks the bearer token of a call (service-spec 4.1).
func (e *Emulator) authorize(r *http.Request) *restError {
	parsed, err := e.parseToken(bearer(r.Header))
	if err == nil {
		err = parsed.checkRESTAudience(r.RequestURI)
	}
	if err != nil {
		return &restError{status: http.StatusUnauthorized, Code: "Error.Unauthorized", Message: err.Error()}
	}
	return nil
}

// newCall checks what all operations share: api-version, and the names in the path.
func (e *Emulator) newCall(r *http.Request, params map[string]string) (*call, *restError) {
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, badRequest("The query cannot be read.")
	}
	versions := valuesOf(query, "api-version")
	if len(versions) > 1 || len(versions) == 1 && !slices.Contains(apiVersions, versions[0]) {
		return nil, badRequest("The api-version must be one of %s.", strings.Join(apiVersions, ", "))
	}
	if err := checkHubName(params["hub"]); err != nil {
		return nil, badRequest("Invalid hub name.")
	}
	if group, ok := params["group"]; ok && !isGroupName(group) {
		return nil, badRequest("Invalid group name.")
	}
	return &call{
		request: r,
		hub:     e.hub(params["hub"]),
		group:   params["group"],
		user:    params["user"],
		id:      params["id"],
		verb:    params["permission"],
		query:   query,
	}, nil
}

// restFails answers an unsuccessful call, and says so in the log.
func (e *Emulator) restFails(w http.ResponseWriter, r *http.Request, fail *restError) {
	e.log.Warn("REST call refused", "method", r.Method, "path", r.URL.Path, "status", fail.status, "code", fail.Code, "reason", fail.Message)
	w.Header().Set("x-ms-error-code", fail.Code)
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(fail.status)
	if r.Method == http.MethodHead {
		return
	}
	body, err := json.Marshal(fail)
	if err == nil {
		_, _ = w.Write(body)
	}
}
