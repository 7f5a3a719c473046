package wps

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// hostRequest is an HTTP request as the Functions host writes it (host-spec 1.5).
type hostRequest struct {
	URL     string `json:"Url"`
	Method  string
	Headers map[string][]string
	Params  map[string]json.RawMessage // text; null for an optional part of the route that was not sent
	Body    json.RawMessage
}

// request makes a request of what the host hands over for an httpTrigger.
func (env *envelope) request(ctx context.Context, t *HTTPTrigger) (*http.Request, error) {
	raw, ok := lookup(env.data, t.Name)
	if !ok {
		return nil, fmt.Errorf("the host's envelope holds no request named %q", t.Name)
	}
	var from hostRequest
	if err := json.Unmarshal([]byte(unwrapped(raw)), &from); err != nil {
		return nil, fmt.Errorf("the host's request %q: %w", t.Name, err)
	}
	h := make(http.Header, len(from.Headers))
	for name, values := range from.Headers {
		name = http.CanonicalHeaderKey(name)
		h[name] = append(h[name], values...)
	}
	body, err := from.body(h)
	if err != nil {
		return nil, err
	}
	r, err := http.NewRequestWithContext(ctx, from.Method, from.URL, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	// To a server, a request's URL is the path and the query.
	r.URL.Scheme, r.URL.Host = "", ""
	if host := h.Get("Host"); host != "" {
		r.Host = host
	}
	delete(h, "Host")
	r.Header, r.RequestURI = h, r.URL.RequestURI()
	for name, value := range from.Params {
		text, ok := unquote(string(value))
		switch {
		case ok:
			r.SetPathValue(name, text)
		case !isNull(value):
			r.SetPathValue(name, string(value)) // a number stands for its text
		}
	}
	return r, nil
}

// body decodes the body: text, but base64 for octets and multipart.
func (from hostRequest) body(h http.Header) ([]byte, error) {
	if len(from.Body) == 0 || isNull(from.Body) {
		return nil, nil
	}
	text, ok := unquote(string(from.Body))
	if !ok {
		return from.Body, nil
	}
	mediaType, _, _ := strings.Cut(h.Get("Content-Type"), ";")
	mediaType = strings.ToLower(strings.TrimSpace(mediaType))
	if mediaType == "application/octet-stream" || strings.HasPrefix(mediaType, "multipart/") {
		return base64.StdEncoding.DecodeString(text)
	}
	return []byte(text), nil
}
