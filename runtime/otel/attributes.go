package otel

import (
	"net/http"

	"go.opentelemetry.io/otel/attribute"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"

	"github.com/wpsgen/wpsgen/runtime"
)

// Headers by which the Functions host names its call, and the service its event (service-spec 3.3), spelled as
// net/http keeps them.
const (
	headerInvocation  = "X-Azure-Functions-Invocationid"
	headerID          = "Ce-Id"
	headerSource      = "Ce-Source"
	headerType        = "Ce-Type"
	headerSpecVersion = "Ce-Specversion"
)

// system names the service in messaging.system, for which the conventions have no name, and operation what is
// done with its events.
const (
	system    = "webpubsub"
	operation = "process"
)

const connectionID = attribute.Key("webpubsub.connection.id")

// attributes are those of a call's span beside the ones that all calls of the function have.
func (t *telemetry) attributes(inv *wps.Invocation, k kind, cold bool) []attribute.KeyValue {
	list := attributes{header: inv.Header(), list: make([]attribute.KeyValue, 0, 14)}
	list.add(semconv.FaaSInvocationIDKey, headerInvocation)
	if cold {
		list.list = append(list.list, semconv.FaaSColdstart(true))
	}
	switch k {
	case event:
		list.event(inv.ConnectionContext(), t.userID)
	case request:
		r := inv.Request()
		list.list = append(list.list, requestMethod(r), semconv.URLScheme(schemeOf(r)), semconv.URLPath(r.URL.Path), semconv.HTTPRoute(inv.Route()))
	}
	return list.list
}

// attributes is a list of attributes of a call that a request with that header has brought.
type attributes struct {
	header http.Header
	list   []attribute.KeyValue
}

// add adds the value of a header where there is one.
func (a *attributes) add(key attribute.Key, header string) {
	if v := a.header[header]; len(v) > 0 && v[0] != "" {
		a.list = append(a.list, key.String(v[0]))
	}
}

func (a *attributes) event(c *wps.ConnectionContext, userID bool) {
	a.add(semconv.CloudEventsEventIDKey, headerID)
	a.add(semconv.CloudEventsEventSourceKey, headerSource)
	a.add(semconv.CloudEventsEventTypeKey, headerType)
	a.add(semconv.CloudEventsEventSpecVersionKey, headerSpecVersion)
	a.list = append(a.list, semconv.MessagingSystemKey.String(system), semconv.MessagingOperationTypeProcess,
		semconv.MessagingOperationName(operation), semconv.MessagingDestinationName(c.Hub), connectionID.String(c.ConnectionID))
	if userID && c.UserID != "" {
		a.list = append(a.list, semconv.EnduserID(c.UserID))
	}
}

// requestMethod is the method of a request. What is not a known one could be anything, and is not told.
func requestMethod(r *http.Request) attribute.KeyValue {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete,
		http.MethodConnect, http.MethodOptions, http.MethodTrace:
		return semconv.HTTPRequestMethodKey.String(r.Method)
	}
	return semconv.HTTPRequestMethodOther
}

// schemeOf is the scheme by which a request has reached this process.
func schemeOf(r *http.Request) string {
	if r.TLS != nil {
		return "https"
	}
	return "http"
}
