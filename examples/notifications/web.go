package main

import (
	_ "embed"
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

// Negotiate gives the page the URL it connects to. Nobody has to say who they are.
//
//wps:http methods=get authLevel=anonymous
//wps:connection
func (s *Server) Negotiate(connection wps.Connection) wps.Connection { return connection }
