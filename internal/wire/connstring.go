package wire

import (
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
)

// ConnectionString is a parsed Web PubSub connection string.
type ConnectionString struct {
	// Endpoint is scheme://host[:port] in the normal form of ParseEndpoint; Port= has been applied.
	Endpoint string
	// Host is the endpoint's host without port, in lower case: what WebHook-Request-Origin names.
	Host string
	// AccessKey is the key as text. Its UTF-8 bytes are the HMAC key; it is never base64-decoded.
	AccessKey string
	// HasKey tells a string with AccessKey= (even empty) from one without.
	HasKey bool
}

// ErrNoEndpoint is returned for a connection string that names no endpoint.
var ErrNoEndpoint = errors.New("Required property not found in connection string: Endpoint.") //lint:ignore ST1005 the service's own text

// ParseConnectionString reads "Endpoint=…;AccessKey=…;Port=…;Version=1.0;". Keys ignore case, unknown
// keys are skipped, a key given twice is an error. No error carries a value other than a bad port.
func ParseConnectionString(s string) (ConnectionString, error) {
	if s == "" {
		return ConnectionString{}, errors.New("connection string is empty")
	}
	props, err := splitProperties(s)
	if err != nil {
		return ConnectionString{}, err
	}
	endpoint, ok := props["endpoint"]
	if !ok || endpoint == "" {
		return ConnectionString{}, ErrNoEndpoint
	}
	u, err := parseEndpoint(endpoint)
	if err != nil {
		return ConnectionString{}, fmt.Errorf("connection string: %w", err)
	}
	if port, ok := props["port"]; ok {
		n, err := strconv.Atoi(port)
		if err != nil || n < 1 || n > 65535 {
			return ConnectionString{}, fmt.Errorf("Invalid Port value: %s", port) //lint:ignore ST1005 the service's own text
		}
		u.Host = net.JoinHostPort(u.Hostname(), strconv.Itoa(n))
	}
	key, hasKey := props["accesskey"]
	return ConnectionString{Endpoint: normal(u), Host: u.Hostname(), AccessKey: key, HasKey: hasKey}, nil
}

func splitProperties(s string) (map[string]string, error) {
	props := make(map[string]string)
	for part := range strings.SplitSeq(s, ";") {
		name, value, found := strings.Cut(part, "=")
		if !found {
			continue
		}
		name = strings.TrimSpace(name)
		key := strings.ToLower(name)
		if _, twice := props[key]; twice {
			return nil, fmt.Errorf("Duplicate properties found in connection string: %s.", name) //lint:ignore ST1005 the service's own text
		}
		props[key] = strings.TrimSpace(value)
	}
	return props, nil
}
