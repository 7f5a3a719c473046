package wps

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// ServiceError is the service's refusal of an action.
type ServiceError struct {
	// Action is the action's name, such as SendToAll.
	Action string
	// StatusCode is the answer's status.
	StatusCode int
	// Code is the service's own code, such as Info.Connection.NotExisted; empty when it gave none.
	Code string
	// RequestID identifies the call in the service's logs; empty when it gave none.
	RequestID string
}

// Error names the action, the status and what is known of the cause.
func (e *ServiceError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: the service answered %d", e.Action, e.StatusCode)
	if text := http.StatusText(e.StatusCode); text != "" {
		fmt.Fprintf(&b, " %s", text)
	}
	if e.Code != "" {
		fmt.Fprintf(&b, ", code %s", e.Code)
	}
	if e.RequestID != "" {
		fmt.Fprintf(&b, ", request id %s", e.RequestID)
	}
	switch e.StatusCode {
	case http.StatusUnauthorized, http.StatusForbidden:
		b.WriteString("; check that the access key of the connection string is current and this machine's clock right")
	}
	return b.String()
}

// serviceError reads a refusal: the header x-ms-error-code, else the body's code (service-spec 4).
func serviceError(action string, res *http.Response, body []byte) *ServiceError {
	e := &ServiceError{
		Action:     action,
		StatusCode: res.StatusCode,
		Code:       res.Header.Get("x-ms-error-code"),
		RequestID:  res.Header.Get("x-ms-request-id"),
	}
	if e.RequestID == "" {
		e.RequestID = res.Header.Get("x-ms-client-request-id")
	}
	var doc struct{ Code string }
	if e.Code == "" && json.Unmarshal(body, &doc) == nil {
		e.Code = doc.Code
	}
	return e
}
