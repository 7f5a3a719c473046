package appfiles

import (
	"strings"

	"github.com/wpsgen/wpsgen/generator/diag"
)

// HostFile is the name of the Functions host's own settings.
const HostFile = "host.json"

// DefaultRoutePrefix stands before the routes of http functions where host.json says nothing (host-spec 5.1).
const DefaultRoutePrefix = "api"

// Host is what a host.json says of what wpsgen has to know.
type Host struct {
	// RoutePrefix stands before the routes of http functions, without slashes around it.
	RoutePrefix string
	// Forwarding and Proxying pass requests on with their own paths (host-spec 1.8).
	Forwarding, Proxying bool
	// ProxyingPlace is where Proxying is set or, when it is not, the object it belongs into.
	ProxyingPlace diag.Place
}

// DefaultHost is what the host takes for an app without a host.json.
func DefaultHost() Host { return Host{RoutePrefix: DefaultRoutePrefix} }

// ReadHost reads the text of a host.json as leniently as the host: comments, trailing commas and names in
// any case will do. The error is an [*Error].
func ReadHost(path string, src []byte) (Host, error) {
	doc, err := Read(path, src)
	if err != nil {
		return DefaultHost(), err
	}
	h := DefaultHost()
	if n := doc.Root.Find("extensions", "http", "routePrefix"); n != nil && n.Kind == String {
		h.RoutePrefix = strings.Trim(n.Text, "/")
	}
	h.Forwarding = doc.Root.Find("customHandler", "enableForwardingHttpRequest").IsTrue()
	proxying, whole := doc.Root.follow([]string{"customHandler", "enableProxyingHttpRequest"})
	h.Proxying = whole && proxying.IsTrue()
	h.ProxyingPlace = doc.PlaceOf(proxying)
	if !whole {
		h.ProxyingPlace.EndLine, h.ProxyingPlace.EndColumn = 0, 0
	}
	return h, nil
}
