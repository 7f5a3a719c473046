package wps

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/wpsgen/wpsgen/internal/wire"
)

// Action is something the service is to do: send a message, change a group, close connections, grant
// a permission. The structs of this package named like the actions of the Web PubSub binding
// implement it (extension-spec 8).
type Action interface {
	// actionName is the action's name in Go and, but for its first letter, in the binding's JSON.
	actionName() string
	// restRequest is the action as a request, or an error that names the field that keeps it from being one.
	restRequest() (restRequest, error)
}

// restRequest is one data plane call, below /api/hubs/{hub} (service-spec 4).
type restRequest struct {
	method      string
	path        string // escaped, with a leading slash
	query       string // escaped, without api-version
	contentType string
	body        []byte
	success     int // the one status that means done
}

// segments joins literal and escaped parts to a path. A part that is a field's value is given as one
// of segment's results.
func segments(parts ...pathPart) (string, error) {
	var b strings.Builder
	for _, p := range parts {
		if p.err != nil {
			return "", p.err
		}
		b.WriteByte('/')
		b.WriteString(p.text)
	}
	return b.String(), nil
}

type pathPart struct {
	text string
	err  error
}

func literal(text string) pathPart { return pathPart{text: text} }

// segment escapes a field for use as one path segment. It refuses what no path can carry: nothing at
// all, and the two names every URL parser takes for "here" and "up", which would reach another operation.
func segment(field, value string) pathPart {
	switch value {
	case "":
		return pathPart{err: missing(field)}
	case ".", "..":
		return pathPart{err: fmt.Errorf("%s %q cannot be addressed by the service's REST API", field, value)}
	}
	return pathPart{text: url.PathEscape(value)}
}

func missing(field string) error { return fmt.Errorf("%s is missing", field) }

// queryOf builds a query of repeated excluded and, when not empty, one more parameter.
func queryOf(excluded []string, name, value string) string {
	var b strings.Builder
	add := func(name, value string) {
		if b.Len() > 0 {
			b.WriteByte('&')
		}
		b.WriteString(name)
		b.WriteByte('=')
		b.WriteString(escapeQuery(value))
	}
	for _, id := range excluded {
		add("excluded", id)
	}
	if value != "" {
		add(name, value)
	}
	return b.String()
}

// escapeQuery writes blanks as %20: the token's audience is compared with the request URL as text,
// and not every peer takes + for a blank.
func escapeQuery(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }

func sendRequest(data Payload, excluded []string, target ...pathPart) (restRequest, error) {
	path, err := segments(append(target, literal(":send"))...)
	if err != nil {
		return restRequest{}, err
	}
	contentType := mediaType(data.DataType())
	if contentType == "" {
		return restRequest{}, errors.New("Data is missing; use wps.Text, wps.JSON or wps.Binary")
	}
	body, err := data.Bytes()
	if err != nil {
		return restRequest{}, fmt.Errorf("Data: %w", err)
	}
	return restRequest{
		method: http.MethodPost, path: path, query: queryOf(excluded, "", ""),
		contentType: contentType, body: body, success: http.StatusAccepted,
	}, nil
}

// plainRequest is a request without a body.
func plainRequest(method string, success int, query string, target ...pathPart) (restRequest, error) {
	path, err := segments(target...)
	return restRequest{method: method, path: path, query: query, success: success}, err
}

func mediaType(t DataType) string {
	switch t {
	case DataTypeText:
		return wire.MediaTypeText
	case DataTypeJSON:
		return wire.MediaTypeJSON
	case DataTypeBinary:
		return wire.MediaTypeBinary
	}
	return ""
}
