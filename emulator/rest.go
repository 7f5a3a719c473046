package emulator

import (
	"encoding/json"
	"fmt"
	"log/slog"
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
	version string // of the API
	server  *Emulator
	answer  any // body of the response, encoded as JSON; nil for none
}

// restError is an unsuccessful REST call (service-spec 4).
type restError struct {
	status  int
	answers bool    // a question with no is not a refusal
	Code    string  `json:"code"`
	Message string  `json:"message"`
	Target  *string `json:"target"`
	Details any     `json:"details"`
	Inner   any     `json:"innererror"`
}

func badRequest(format string, args ...any) *restError {
	return &restError{status: http.StatusBadRequest, Code: "Error.BadRequest", Message: fmt.Sprintf(format, args...)}
}

func unsupportedMedia(message string) *restError {
	return &restError{status: http.StatusUnsupportedMediaType, Code: "Error.UnsupportedMediaType", Message: message}
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
	answerREST(w, op.success, c.answer)
}

// answerREST answers with a status and, unless it is nil, a body.
func answerREST(w http.ResponseWriter, status int, body any) {
	if body == nil {
		w.WriteHeader(status)
		return
	}
	data, err := json.Marshal(body)
	if err != nil { // what is answered always encodes
		status, data = http.StatusInternalServerError, nil
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(data)
}

// authorize checks the bearer token of a call (service-spec 4.1).
func (e *Emulator) authorize(r *http.Request) *restError {
	token := bearer(r.Header)
	parsed, err := e.parseToken(token)
	if err == nil {
		host := ""
		if e.options.StrictAudience {
			host = r.Host
		}
		err = parsed.checkRESTAudience(r.RequestURI, host)
	}
	if err != nil && e.options.AllowUnvalidatedEntra {
		if entra := checkUnvalidated(token); entra == nil {
			return nil
		} else {
			err = fmt.Errorf("%w; as a token of Microsoft Entra ID: %w", err, entra)
		}
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
	version := apiVersions[len(apiVersions)-1]
	if len(versions) == 1 {
		version = versions[0]
	}
	return &call{
		request: r,
		version: version,
		server:  e,
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
	level := slog.LevelWarn
	if fail.answers {
		level = slog.LevelDebug
	}
	e.log.Log(r.Context(), level, "REST call refused", "method", r.Method, "path", r.URL.Path, "status", fail.status, "code", fail.Code, "reason", fail.Message)
	w.Header().Set("x-ms-error-code", fail.Code)
	if r.Method == http.MethodHead {
		w.WriteHeader(fail.status)
		return
	}
	answerREST(w, fail.status, fail)
}
