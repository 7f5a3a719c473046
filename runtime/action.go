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
// a permission. Structs of this package implement it. Fourteen are named like the actions of the Web
// PubSub binding (extension-spec 8) and go out on every host; the others, and the fields said to be, are
// not for the Functions host's envelope: behind it the host sends, and its binding does not know them.
// There a *ServiceClient does.
type Action interface {
	// actionName is the action's name in Go and, but for its first letter, in the binding's JSON.
	actionName() string
	// restRequest is the action as a request, or an error that names the field that keeps it from being one.
	restRequest() (restRequest, error)
	// envelopeAction is the action as the binding has it, but for its name, or an error for what the binding
	// does not know.
	envelopeAction() (bindingAction, error)
}

// restRequest is one data plane call, below /api/hubs/{hub} (service-spec 4).
type restRequest struct {
	method      string
	path        string // escaped, with a leading slash
	query       string // escaped, without api-version
	url         string // the whole URL, in place of path and query
	contentType string
	body        []byte
	success     int  // the one status that means done
	negative    int  // the status that answers a question with no; 0 for none
	answers     bool // the body of the answer is wanted
	repeatable  bool // doing it twice does what once does, though it is a POST
	anonymous   bool // it needs no authorization
}

// idempotent reports whether doing it twice does what once does.
func (r *restRequest) idempotent() bool { return r.method != http.MethodPost || r.repeatable }

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
	return pathPart{text: escape(value)}
}

func missing(field string) error { return fmt.Errorf("%s is missing", field) }

// query is a query in the making.
type query struct{ strings.Builder }

func (q *query) add(name, value string) {
	if q.Len() > 0 {
		q.WriteByte('&')
	}
	q.WriteString(name)
	q.WriteByte('=')
	q.WriteString(escape(value))
}

func (q *query) addIfSet(name, value string) {
	if value != "" {
		q.add(name, value)
	}
}

func (q *query) addAll(name string, values []string) {
	for _, value := range values {
		q.add(name, value)
	}
}

// escape writes all but letters, digits and - _ . ~ as %XX, in paths as in queries, like the service's own
// clients: the token's audience is compared with the request URL as text, and not every peer takes + for a
// blank, or reads a path with : and @ in it as it stands.
func escape(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }

func sendRequest(data Payload, o sendOptions, target ...pathPart) (restRequest, error) {
	path, err := segments(append(target, literal(":send"))...)
	if err != nil {
		return restRequest{}, err
	}
	query, err := o.query()
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
		method: http.MethodPost, path: path, query: query,
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
