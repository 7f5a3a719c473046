package hosttest

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strings"
)

// forward sends a request on to the handler as it came, or nearly: the query is rebuilt from a
// dictionary, a chunked body is lost. Any answer goes back, redirects too, and counts as success
// (host-spec 1.8).
func (h *Host) forward(w http.ResponseWriter, r *http.Request, f *function) {
	content, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, maxBody))
	if err != nil {
		w.WriteHeader(http.StatusRequestEntityTooLarge)
		return
	}
	inv := &Invocation{ID: newID(), Function: f.name}
	done := make(chan *http.Response, 1)
	if err := h.spawn(func() {
		resp, err := h.sendForwarded(r, content, inv.ID, f)
		inv.Err = err
		h.invocations.add(inv)
		done <- resp
	}); err != nil {
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	select {
	case resp := <-done:
		writeForwarded(w, resp)
	case <-r.Context().Done():
	}
}

// sendForwarded returns the answer with its body read, or nil.
func (h *Host) sendForwarded(r *http.Request, content []byte, id string, f *function) (*http.Response, error) {
	base, err := h.handler.address(h.ctx)
	if err != nil {
		return nil, err
	}
	if r.ContentLength < 0 {
		content = nil
	}
	target := base + forwardedPath(r.URL.EscapedPath(), f.name, h.app.host.legacy) + rebuiltQuery(r.URL.RawQuery)
	req, err := http.NewRequestWithContext(h.ctx, r.Method, target, bytes.NewReader(content))
	if err != nil {
		return nil, err
	}
	req.Header, req.Host = r.Header.Clone(), r.Host
	req.Header.Del("Content-Length")
	req.Header.Del("Connection")
	h.addHeaders(req.Header, id)
	resp, err := h.transport.RoundTrip(req)
	if err != nil {
		return nil, &HostError{Exception: "HttpRequestException", Message: err.Error()}
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, fmt.Errorf("the handler's answer: %w", err)
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return resp, nil
}

// forwardedPath is the original path; the deprecated httpWorker gets the function's name instead.
func forwardedPath(path, function string, legacy bool) string {
	if legacy {
		return "/" + function
	}
	return path
}

// rebuiltQuery is the query with its question mark; repeated keys are joined by a comma.
func rebuiltQuery(raw string) string {
	var parts []string
	for _, m := range joined(parseQuery(raw)) {
		value, _ := stringIn(m.value)
		parts = append(parts, escapeData(m.name)+"="+escapeData(value))
	}
	if len(parts) == 0 {
		return ""
	}
	return "?" + strings.Join(parts, "&")
}

func writeForwarded(w http.ResponseWriter, resp *http.Response) {
	if resp == nil {
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	for name, lines := range resp.Header {
		w.Header()[name] = lines
	}
	w.Header().Del("Content-Length")
	w.WriteHeader(resp.StatusCode)
	_, _ = io.Copy(w, resp.Body) // the caller may have gone
}

// proxy streams the original request to the handler and its answer back.
func (h *Host) proxy(w http.ResponseWriter, r *http.Request, f *function) {
	inv := &Invocation{ID: newID(), Function: f.name}
	base, err := h.handler.address(h.ctx)
	if err != nil {
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	target, err := url.Parse(base)
	if err != nil {
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	p := &httputil.ReverseProxy{
		Transport: h.transport,
		Rewrite: func(pr *httputil.ProxyRequest) {
			pr.Out.URL.Scheme, pr.Out.URL.Host, pr.Out.Host = target.Scheme, target.Host, pr.In.Host
			pr.Out.URL.RawQuery = pr.In.URL.RawQuery
			for _, name := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto"} {
				if lines := pr.In.Header[name]; lines != nil {
					pr.Out.Header[name] = lines
				}
			}
			h.addHeaders(pr.Out.Header, inv.ID)
		},
		FlushInterval: -1,
		ErrorHandler: func(w http.ResponseWriter, _ *http.Request, err error) {
			inv.Err = &HostError{Exception: "HttpRequestException", Message: err.Error()}
			w.WriteHeader(http.StatusBadGateway)
		},
	}
	defer h.invocations.add(inv)
	p.ServeHTTP(w, r)
}
