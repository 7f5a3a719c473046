package hosttest

import (
	"encoding/json"
	"net/http"

	"github.com/wpsgen/wpsgen/internal/wire"
)

// requestContext is what a webPubSubContext gives a function (extension-spec 6).
type requestContext struct {
	request      json.RawMessage // nil: the key is absent
	status       int
	body         string
	headers      map[string][]string
	errorMessage *string
	isPreflight  bool
}

func (c *requestContext) json() object {
	headers := c.headers
	if headers == nil {
		headers = map[string][]string{}
	}
	o := object{}
	if c.request != nil {
		o = append(o, member{"request", c.request})
	}
	response := object{{"body", marshal(c.body)}, {"status", marshal(c.status)}, {"headers", marshal(headers)}}
	return append(o, member{"response", marshal(response)},
		member{"errorMessage", marshal(c.errorMessage)},
		member{"hasError", marshal(c.errorMessage != nil)},
		member{"isPreflight", marshal(c.isPreflight)})
}

func contextError(status int, message string) *requestContext {
	return &requestContext{status: status, body: message, errorMessage: &message}
}

var errNoFields = ownText("Invalid Web PubSub upstream request missing required fields in header.")

// newRequestContext reads a request to an HTTP function; nil for a function of another trigger.
func newRequestContext(v *validator, r *httpRequest) *requestContext {
	if r == nil {
		return contextError(http.StatusBadRequest, "HttpContext is null.")
	}
	if origins, ok := validationRequest(r.method, r.header); ok {
		return preflightContext(v.allows(origins))
	}
	e, err := contextEvent(r.header)
	if err != nil {
		return contextError(http.StatusBadRequest, err.Error())
	}
	if !v.valid(e.context) {
		return contextError(http.StatusUnauthorized, "Signature validation failed.")
	}
	unsupported, err := e.readBody(r.header, r.content)
	switch {
	case unsupported != "":
		return contextError(http.StatusBadRequest, "ContentType is not supported: "+headerValue(r.header, "Content-Type"))
	case err != nil:
		return contextError(http.StatusBadRequest, err.Error())
	}
	c := &requestContext{status: http.StatusOK}
	if request := e.request(); request != nil {
		c.request = marshal(request)
	}
	return c
}

// validationRequest reports whether a request is abuse protection to the context binding: OPTIONS with
// at least one origin, and never GET.
func validationRequest(method string, h http.Header) ([]string, bool) {
	if method != http.MethodOptions {
		return nil, false
	}
	origins := originsOf(h)
	return origins, len(origins) > 0
}

// preflightContext is no error even where the origin is not allowed.
func preflightContext(allowed bool) *requestContext {
	c := &requestContext{status: http.StatusBadRequest, isPreflight: true}
	if allowed {
		c.status, c.headers = http.StatusOK, map[string][]string{"WebHook-Allowed-Origin": {"*"}}
	}
	c.request = marshal(object{{"isValid", marshal(allowed)}, {"connectionContext", json.RawMessage("null")}})
	return c
}

// contextEvent reads the headers of an event as the context binding does: only the type is a must, and
// the first line of each counts. The context's headers are all there are.
func contextEvent(h http.Header) (*event, error) {
	if firstLine(h, wire.HeaderType) == nil {
		return nil, errNoFields
	}
	c := contextOf(h, headerValue(h, wire.HeaderType))
	c.mqtt = c.mqtt && headerValue(h, wire.HeaderSubprotocol) == wire.SubprotocolMQTT
	c.hub, c.connectionID = headerValue(h, wire.HeaderHub), headerValue(h, wire.HeaderConnectionID)
	c.eventName, c.lenient = headerValue(h, wire.HeaderEventName), true
	c.signature, c.origin = firstLine(h, wire.HeaderSignature), firstLine(h, wire.HeaderRequestOrigin)
	if c.eventType == typeSystem && firstLine(h, wire.HeaderEventName) == nil {
		return nil, errNoFields
	}
	return &event{kind: c.kind(), context: c}, nil
}
