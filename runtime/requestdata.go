package wps

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/wpsgen/wpsgen/internal/expr"
	"github.com/wpsgen/wpsgen/internal/route"
)

// requestData is the binding data of an http call (host-spec 1.5, 6). The dictionaries query, headers
// and sys come first: on the Functions host a JSON body with a member "headers" takes the place of the
// request's own, with which a caller could name any x-ms-client-principal-id.
type requestData struct {
	function string
	request  *http.Request
	route    []route.Value

	query   url.Values
	body    map[string]any
	hasBody bool
}

// Value returns what the request provides under a first name: the dictionaries, then route values,
// query parameters except code, and members of a JSON body. The body is read only when nothing before
// it has the name.
func (d *requestData) Value(name string) (any, bool, error) {
	switch strings.ToLower(name) {
	case "query":
		return lastValues(d.values()), true, nil
	case "headers":
		return headerData(d.request.Header), true, nil
	case "sys":
		return sysData(d.function), true, nil
	}
	for _, v := range d.route {
		if strings.EqualFold(v.Name, name) {
			return v.Value, true, nil
		}
	}
	if values, ok := expr.Fold(d.values(), name); ok && !strings.EqualFold(name, "code") {
		return last(values), true, nil
	}
	if err := d.readBody(); err != nil {
		return nil, false, err
	}
	value, ok := expr.Fold(d.body, name)
	return value, ok, nil
}

func (d *requestData) values() url.Values {
	if d.query == nil {
		d.query = d.request.URL.Query()
	}
	return d.query
}

// readBody decodes the body when it is a JSON object, and leaves it readable for the function.
func (d *requestData) readBody() error {
	if d.hasBody {
		return nil
	}
	d.hasBody = true
	body, err := io.ReadAll(d.request.Body)
	if err != nil {
		return err
	}
	d.request.Body = io.NopCloser(bytes.NewReader(body))
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	var object map[string]any
	if decoder.Decode(&object) == nil {
		d.body = object // another kind of body provides nothing
	}
	return nil
}

// lastValues is the query as a dictionary: names by exact case, the last value of each.
type lastValues url.Values

// Member returns a parameter's last value.
func (v lastValues) Member(name string) (any, bool) {
	values, ok := v[name]
	return last(values), ok
}

// headerData are the headers as a dictionary: names in any case, the lines of one joined by commas.
type headerData http.Header

// Member returns a header's value.
func (h headerData) Member(name string) (any, bool) {
	lines, ok := h[http.CanonicalHeaderKey(name)]
	return strings.Join(lines, ","), ok
}

func last(values []string) string {
	if len(values) == 0 {
		return ""
	}
	return values[len(values)-1]
}
