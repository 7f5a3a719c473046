package hosttest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// HTTPAnswer is what the caller of an HTTP function gets.
type HTTPAnswer struct {
	Status int
	Header http.Header
	Body   []byte
}

const defaultContentType = "text/plain; charset=utf-8"

// outputResponse is the host's HttpOutputBindingResponse.
type outputResponse struct {
	statusCode, status, body, headers json.RawMessage
}

func newOutputResponse(o object) outputResponse {
	var r outputResponse
	r.statusCode, _ = o.fold("statusCode")
	r.status, _ = o.fold("status")
	r.body, _ = o.fold("body")
	r.headers, _ = o.fold("headers")
	return r
}

// namedAnswer is what a named http output makes of its value: an object or JSON text of one. status has
// no effect there. Without the key an empty object is answered, without Outputs nothing ([I]: 204).
func namedAnswer(raw json.RawMessage, given, anyOutputs bool) (*HTTPAnswer, error) {
	switch {
	case !anyOutputs:
		return &HTTPAnswer{Status: http.StatusNoContent, Header: http.Header{}}, nil
	case !given || isNull(raw):
		return newHTTPAnswer(http.StatusOK, nil, []byte("{}"))
	}
	if text, ok := stringIn(raw); ok {
		raw = json.RawMessage(text)
	}
	o, err := parseObject(raw)
	if err != nil || !json.Valid(raw) {
		return nil, &HostError{Exception: "InvalidOperationException", Message: fmt.Sprintf(
			"Failed to convert the http output %s to httpOutputBindingResponse", raw)}
	}
	r := newOutputResponse(o)
	status := http.StatusOK
	if !isNull(r.statusCode) {
		if status, err = statusNumber(r.statusCode); err != nil {
			return nil, err
		}
	}
	return newHTTPAnswer(status, r.headers, bodyBytes(r.body))
}

// bodyBytes is a body's text as the host writes it: strings as they are, unless they became dates.
func bodyBytes(raw json.RawMessage) []byte {
	if isNull(raw) {
		return nil
	}
	if isObject(raw) || isArray(raw) {
		return []byte(indent(raw))
	}
	return []byte(netText(raw))
}

// returnedAnswer is what a $return http output makes of ReturnValue: bytes of what passes for base64, a
// response of an object with a body, and the text of all else (host-spec 1.7).
func returnedAnswer(v Value) (*HTTPAnswer, error) {
	if bytes, ok := v.Bytes(); ok {
		return &HTTPAnswer{Status: http.StatusOK, Header: http.Header{"Content-Type": {"application/octet-stream"}}, Body: bytes}, nil
	}
	raw := v.raw
	if text, ok := v.Text(); ok {
		if raw = json.RawMessage(text); !json.Valid(raw) {
			return newHTTPAnswer(http.StatusOK, nil, []byte(text))
		}
	}
	if isNull(raw) {
		return &HTTPAnswer{Status: http.StatusNoContent, Header: http.Header{}}, nil
	}
	o, err := parseObject(raw)
	if err != nil {
		return newHTTPAnswer(http.StatusOK, nil, bodyBytes(raw))
	}
	if _, ok := o.fold("body"); !ok {
		return newHTTPAnswer(http.StatusOK, nil, compact(raw))
	}
	r := newOutputResponse(o)
	code := r.statusCode
	if isNull(code) {
		code = r.status
	}
	status := http.StatusOK
	if !isNull(code) {
		if status, err = statusNumber(code); err != nil {
			return nil, err
		}
	}
	body := bodyBytes(r.body)
	if isArray(r.body) {
		body = []byte("System.Collections.Generic.List`1[System.Object]")
	}
	return newHTTPAnswer(status, r.headers, body)
}

// newHTTPAnswer sets the headers: one text per name. null fails, and so does a list, whose text has
// several lines, which no header may have.
func newHTTPAnswer(status int, headers json.RawMessage, body []byte) (*HTTPAnswer, error) {
	a := &HTTPAnswer{Status: status, Header: http.Header{"Content-Type": {defaultContentType}}, Body: body}
	if isNull(headers) {
		return a, nil
	}
	o, err := parseObject(headers)
	if err != nil {
		return nil, &HostError{Exception: "InvalidOperationException", Message: "headers of httpOutputBindingResponse are no object"}
	}
	for _, m := range o {
		text := netText(m.value)
		if isNull(m.value) {
			return nil, &HostError{Exception: "NullReferenceException", Message: "header " + m.name + " is null"}
		}
		if strings.ContainsAny(text, "\r\n\x00") {
			return nil, &HostError{Exception: "InvalidOperationException", Message: "Invalid control character in header " + m.name}
		}
		a.Header.Set(m.name, text)
	}
	return a, nil
}

// write sends the answer.
func (a *HTTPAnswer) write(w http.ResponseWriter) {
	for name, lines := range a.Header {
		w.Header()[name] = lines
	}
	w.WriteHeader(a.Status)
	_, _ = w.Write(a.Body) // the caller may have gone; a status without a body takes none
}
