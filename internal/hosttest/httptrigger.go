package hosttest

import (
	"encoding/base64"
	"encoding/json"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"github.com/wpsgen/wpsgen/internal/route"
)

// httpRequest is a request to an HTTP function as the host sees it.
type httpRequest struct {
	url        string // as received, with scheme and host
	method     string
	query      []queryValue
	header     http.Header
	params     []route.Value
	identities []identity
	content    []byte
	// chunked tells that there was no Content-Length: functions do not get the content then.
	chunked bool
}

func (r *httpRequest) body() []byte {
	if r.chunked {
		return nil
	}
	return r.content
}

type queryValue struct{ name, value string }

// parseQuery reads a query in its order; what does not unescape stays as it is.
func parseQuery(raw string) []queryValue {
	var values []queryValue
	for part := range strings.SplitSeq(raw, "&") {
		if part == "" {
			continue
		}
		name, value, _ := strings.Cut(part, "=")
		values = append(values, queryValue{unescape(name), unescape(value)})
	}
	return values
}

func unescape(s string) string {
	if u, err := url.QueryUnescape(s); err == nil {
		return u
	}
	return s
}

// joined is the query as a dictionary; the values of a repeated key are joined by a comma.
func joined(query []queryValue) object {
	o := object{}
	for _, q := range query {
		value := q.value
		if before, ok := o.exact(q.name); ok {
			text, _ := stringIn(before)
			value = text + "," + value
		}
		o = o.set(q.name, marshal(value))
	}
	return o
}

// lastOf is the query as expressions and Metadata have it: of a repeated key the last value (host-spec 1.5, 6).
func lastOf(query []queryValue) object {
	o := object{}
	for _, q := range query {
		o = o.set(q.name, marshal(q.value))
	}
	return o
}

// data is Data.<name> of an HTTP trigger (host-spec 1.5).
func (r *httpRequest) data() nested {
	o := object{
		{"Url", marshal(r.url)},
		{"Method", marshal(r.method)},
		{"Query", marshal(joined(r.query))},
		{"Headers", marshal(headerLists(r.header))},
		{"Params", marshal(r.routeValues())},
		{"Identities", marshal(r.identities)},
	}
	if len(r.body()) > 0 {
		o = append(o, member{"Body", marshal(r.bodyText())})
	}
	return nested(marshal(o))
}

func (r *httpRequest) bodyText() string {
	mediaType, _, _ := mime.ParseMediaType(headerValue(r.header, "Content-Type"))
	if mediaType == "application/octet-stream" || strings.HasPrefix(mediaType, "multipart/") {
		return base64.StdEncoding.EncodeToString(r.content)
	}
	return utf8Text(r.content)
}

// routeValues are the route's parameters; an optional one that was not sent is null.
func (r *httpRequest) routeValues() object {
	o := object{}
	for _, p := range r.params {
		value := json.RawMessage("null")
		if p.Value != "" {
			value = marshal(p.Value)
		}
		o = append(o, member{p.Name, value})
	}
	return o
}

// input is the trigger's value with its binding data in the host's order: a member of the body, a query
// parameter or a route value shadows Query and Headers (host-spec 1.5).
func (r *httpRequest) input() *triggerInput {
	d := newBindingData()
	if len(r.body()) > 0 {
		d.merge(utf8Text(r.content))
	}
	for _, q := range r.query {
		if !strings.EqualFold(q.name, "code") {
			d.set(q.name, q.value) // the last of several counts, unlike in Data
		}
	}
	for _, p := range r.params {
		if p.Value != "" {
			d.set(p.Name, p.Value)
		}
	}
	if !d.has("Query") {
		d.set("Query", dictionary{members: lastOf(r.query)})
	}
	if !d.has("Headers") {
		d.set("Headers", dictionary{members: joinedHeader(r.header), foldCase: true})
	}
	return &triggerInput{value: r.data(), data: d}
}
