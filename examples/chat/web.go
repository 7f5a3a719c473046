package main

import (
	_ "embed"
	"errors"
	"net/http"

	"github.com/wpsgen/wpsgen/runtime"
)

//go:embed index.html
var page []byte

// Index is the page.
//
//wps:http methods=get authLevel=anonymous
func (s *Server) Index() *wps.HTTPResponse {
	return &wps.HTTPResponse{
		Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}},
		Body:   page,
	}
}

// Negotiate gives the page the URL it connects to. This is a demo: anyone may claim any name.
//
//wps:http methods=get authLevel=anonymous
//wps:connection userId={query.userid}
func (s *Server) Negotiate(connection wps.Connection) wps.Connection { return connection }

// Admission is whether a user may come in.
type Admission struct {
	Admitted bool   `json:"admitted"`
	Reason   string `json:"reason,omitempty"`
}

// Admit tells the page why its user was refused, since a browser shows no page the answer to a
// WebSocket handshake.
//
//wps:http methods=get authLevel=anonymous
func (s *Server) Admit(req *http.Request) Admission {
	var refused *wps.EventErrorResponse
	if errors.As(admit(req.URL.Query().Get("userid")), &refused) {
		return Admission{Reason: refused.Message}
	}
	return Admission{Admitted: true}
}
