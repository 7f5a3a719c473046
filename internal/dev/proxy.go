package dev

import (
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httputil"
	"sync/atomic"
	"time"
)

// Proxy keeps one address while the programs behind it come and go.
type Proxy struct {
	target   atomic.Pointer[string]
	listener net.Listener
	server   *http.Server
	done     chan struct{}
}

// NewProxy listens at addr and answers 503 until it is pointed at a program.
func NewProxy(addr string) (*Proxy, error) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, err
	}
	p := &Proxy{listener: l, done: make(chan struct{})}
	p.server = &http.Server{Handler: p.handler(), ReadHeaderTimeout: 10 * time.Second}
	go func() {
		defer close(p.done)
		_ = p.server.Serve(l) // ends with Close
	}()
	return p, nil
}

func (p *Proxy) handler() http.Handler {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.Proxy = nil
	transport.MaxIdleConnsPerHost = 256
	transport.DisableCompression = true
	reverse := &httputil.ReverseProxy{
		Transport: transport,
		Rewrite: func(r *httputil.ProxyRequest) {
			r.Out.URL.Scheme, r.Out.URL.Host = "http", r.In.Context().Value(targetKey{}).(string)
			r.Out.Host = r.In.Host
		},
		ErrorLog: log.New(io.Discard, "", 0),
		ErrorHandler: func(w http.ResponseWriter, _ *http.Request, err error) {
			http.Error(w, fmt.Sprintf("wpsgen dev: the app does not answer: %v", err), http.StatusBadGateway)
		},
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		target := p.target.Load()
		if target == nil {
			http.Error(w, "wpsgen dev: the app does not run yet; what it waits for is on the terminal", http.StatusServiceUnavailable)
			return
		}
		reverse.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), targetKey{}, *target)))
	})
}

// targetKey is the context key of the program a request goes to, which stays the same for its whole way.
type targetKey struct{}

// Addr returns the address the proxy listens at.
func (p *Proxy) Addr() string { return p.listener.Addr().String() }

// Point sends requests that come from now on to the program at addr.
func (p *Proxy) Point(addr string) { p.target.Store(&addr) }

// Close stops listening and ends the requests under way.
func (p *Proxy) Close() error {
	err := p.server.Close()
	<-p.done
	return err
}
