package wire

import (
	"errors"
	"net/url"
	"strings"
)

// ErrEndpoint is returned for an endpoint that is none. It does not show the text, in which a connection
// string with its key may stand by mistake.
var ErrEndpoint = errors.New("the endpoint is not an http or https URL such as https://example.webpubsub.azure.com")

// ParseEndpoint reads a service's endpoint: an http or https URL. It returns the normal form that tokens name
// their audience in, with the host in lower case and without a default port or slashes at the end, and the host
// without its port. The error is ErrEndpoint.
func ParseEndpoint(s string) (endpoint, host string, err error) {
	u, err := parseEndpoint(s)
	if err != nil {
		return "", "", err
	}
	return normal(u), u.Hostname(), nil
}

func parseEndpoint(s string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimRight(strings.TrimSpace(s), "/"))
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "" || strings.ContainsAny(u.Host, "=;,%") {
		return nil, ErrEndpoint
	}
	u.Host = strings.ToLower(u.Host)
	return u, nil
}

// normal writes a parsed endpoint.
func normal(u *url.URL) string {
	host := u.Host
	if port := u.Port(); isDefaultPort(u.Scheme, port) {
		host = strings.TrimSuffix(host, ":"+port)
	}
	return u.Scheme + "://" + host + u.EscapedPath()
}

func isDefaultPort(scheme, port string) bool {
	switch scheme {
	case "http", "ws":
		return port == "80"
	}
	return port == "443"
}
