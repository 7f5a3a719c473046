package appfiles

import (
	"encoding/json"
	"strings"

	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/internal/jsonio"
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
	src = jsonio.Standardize(src)
	root, err := parse(src)
	if err != nil {
		return DefaultHost(), located(path, src, err)
	}
	h := DefaultHost()
	if n, ok := root.find("extensions", "http", "routePrefix"); ok {
		if prefix, ok := n.scalar.(string); ok {
			h.RoutePrefix = strings.Trim(prefix, "/")
		}
	}
	forwarding, ok := root.find("customHandler", "enableForwardingHttpRequest")
	h.Forwarding = ok && forwarding.isTrue()
	proxying, ok := root.find("customHandler", "enableProxyingHttpRequest")
	h.Proxying = ok && proxying.isTrue()
	h.ProxyingPlace = placeAt(path, src, proxying.at)
	if ok {
		end := placeAt(path, src, proxying.end)
		h.ProxyingPlace.EndLine, h.ProxyingPlace.EndColumn = end.Line, end.Column
	}
	return h, nil
}

// isTrue reports whether the host takes a value for true: text will do.
func (n *node) isTrue() bool {
	switch v := n.scalar.(type) {
	case bool:
		return v
	case string:
		return strings.EqualFold(v, "true")
	case json.Number, json.Delim:
	}
	return false
}
