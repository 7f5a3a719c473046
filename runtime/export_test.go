package wps

import (
	"net/http"
	"time"
)

// NewHostFront makes the front for the Functions host, with routes below api.
func NewHostFront(functions []Function, options ...Option) (http.Handler, error) {
	c := newConfig(options)
	c.host = &hostConfig{routePrefix: "api", timeout: time.Minute}
	a, err := newApp(c, functions)
	if err != nil {
		return nil, err
	}
	return newHostFront(a, c.host), nil
}

// LooksLikeDate is looksLikeDate.
var LooksLikeDate = looksLikeDate
