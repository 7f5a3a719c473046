package wps

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// ServiceError is the service's refusal of a call.
type ServiceError struct {
	// Action is the action's name, such as SendToAll, or the ServiceClient's method, such as UserExists.
	Action string
	// StatusCode is the answer's status.
	StatusCode int
	// Code is the service's own code, such as Info.Connection.NotExisted; empty when it gave none.
	Code string
	// RequestID identifies the call in the service's logs; empty when it gave none.
	RequestID string
	// Tries is how often the call was made; the rest is of the last time.
	Tries int

	identity bool // the call was authorized by a credential's token
}

// Retryable reports whether the same call may succeed later: the status is 408, 429, 500, 502, 503 or 504.
// After one of the last four, it may have succeeded already.
func (e *ServiceError) Retryable() bool { return mayPass(e.StatusCode) }

// NotFound reports whether the service knows no such connection or user.
func (e *ServiceError) NotFound() bool { return e.StatusCode == http.StatusNotFound }

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
	b.WriteString(triesText(e.Tries))
	switch e.StatusCode {
	case http.StatusUnauthorized, http.StatusForbidden:
		if e.identity {
			b.WriteString("; check that the identity has the role Web PubSub Service Owner at the service")
			break
		}
		b.WriteString("; check that the access key of the connection string is current and this machine's clock right")
	}
	return b.String()
}

// triesText says how many tries there were, if more than one.
func triesText(tries int) string {
	if tries < 2 {
		return ""
	}
	return fmt.Sprintf(", after %d tries", tries)
}

// failure is the error of a call whose last try came to out.
func (c *ServiceClient) failure(action string, out *outcome, tries int) error {
	if out.err != nil {
		return fmt.Errorf("%s: no answer from %s%s: %w", action, c.endpoint, triesText(tries), out.err)
	}
	e := serviceError(action, out)
	e.Tries, e.identity = tries, c.credential != nil
	return e
}

// serviceError reads a refusal: the header x-ms-error-code, else the body's code (service-spec 4).
func serviceError(action string, out *outcome) *ServiceError {
	e := &ServiceError{
		Action:     action,
		StatusCode: out.status,
		Code:       out.header.Get("x-ms-error-code"),
		RequestID:  out.header.Get("x-ms-request-id"),
	}
	if e.RequestID == "" {
		e.RequestID = out.header.Get("x-ms-client-request-id")
	}
	var doc struct{ Code string }
	if e.Code == "" && json.Unmarshal(out.body, &doc) == nil {
		e.Code = doc.Code
	}
	return e
}
