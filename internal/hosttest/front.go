package hosttest

import (
	"crypto/subtle"
	"io"
	"net/http"
	"strings"

	"github.com/wpsgen/wpsgen/internal/route"
	"github.com/wpsgen/wpsgen/internal/wire"
)

// maxBody bounds a request's body in bytes, as the host's default for HTTP functions does.
const maxBody = 100 << 20

// ServeHTTP is the host's front: the extension's webhook and the HTTP functions.
func (h *Host) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !h.enter() {
		http.Error(w, errClosed.Error(), http.StatusServiceUnavailable)
		return
	}
	defer h.work.Done()
	if strings.TrimSuffix(r.URL.Path, "/") == wire.WebhookPath {
		h.serveWebhook(w, r)
		return
	}
	found, params := h.app.route(r)
	switch {
	case found == nil:
		w.WriteHeader(http.StatusNotFound)
	case found.authLevel != "anonymous" && !hasKey(r, h.options.FunctionKey):
		w.WriteHeader(http.StatusUnauthorized)
	case found.function.httpInAndOut() && h.app.host.proxy:
		h.proxy(w, r, found.function)
	case found.function.httpInAndOut() && h.app.host.forward:
		h.forward(w, r, found.function)
	default:
		h.serveFunction(w, r, found.function, params)
	}
}

// route finds the HTTP function of a request.
func (a *app) route(r *http.Request) (*httpRoute, []route.Value) {
	path := strings.TrimPrefix(r.URL.EscapedPath(), "/")
	if prefix := a.host.routePrefix; prefix != "" {
		first, rest, _ := strings.Cut(path[min(len(path), len(prefix)):], "/")
		if len(path) < len(prefix) || !strings.EqualFold(path[:len(prefix)], prefix) || first != "" {
			return nil, nil
		}
		path = rest
	}
	for _, candidate := range a.routes {
		if params, ok := candidate.template.Match(path); ok && candidate.allows(r.Method) {
			return candidate, params
		}
	}
	return nil, nil
}

// hasKey checks ?code= or x-functions-key; "" as the key asks for none.
func hasKey(r *http.Request, key string) bool {
	if key == "" {
		return true
	}
	given := r.Header.Get("X-Functions-Key")
	if given == "" {
		given = r.URL.Query().Get("code")
	}
	return subtle.ConstantTimeCompare([]byte(given), []byte(key)) == 1
}

// serveFunction calls an HTTP function through the envelope. A failure is a 500 without a body.
func (h *Host) serveFunction(w http.ResponseWriter, r *http.Request, f *function, params []route.Value) {
	req, err := readRequest(r, params)
	if err != nil {
		w.WriteHeader(http.StatusRequestEntityTooLarge)
		return
	}
	inv, err := h.wait(r.Context(), &call{function: f, input: req.input(), http: req})
	switch {
	case err != nil:
		w.WriteHeader(http.StatusInternalServerError)
	case !inv.Success():
		w.WriteHeader(http.StatusInternalServerError)
	case inv.HTTP == nil:
		w.WriteHeader(http.StatusNoContent)
	default:
		inv.HTTP.write(w)
	}
}

// readRequest reads a request as HTTP functions see it.
func readRequest(r *http.Request, params []route.Value) (*httpRequest, error) {
	content, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, maxBody))
	if err != nil {
		return nil, err
	}
	header := spelled(r.Header)
	header["Host"] = []string{r.Host}
	return &httpRequest{
		url:        "http://" + r.Host + r.URL.RequestURI(),
		method:     r.Method,
		query:      parseQuery(r.URL.RawQuery),
		header:     header,
		params:     params,
		identities: identitiesOf(r.Header),
		content:    content,
		chunked:    r.ContentLength < 0,
	}, nil
}

// serveWebhook is the extension's endpoint. A connect or user event whose function fails is never
// answered: its caller has to give up (host-spec 2.5).
func (h *Host) serveWebhook(w http.ResponseWriter, r *http.Request) {
	if !hasKey(r, h.options.SystemKey) {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, maxBody))
	if err != nil {
		w.WriteHeader(http.StatusRequestEntityTooLarge)
		return
	}
	answer, event, listener := h.app.listeners.receive(r.Method, spelled(r.Header), body)
	if listener == nil {
		answer.write(w, r.Method == http.MethodOptions || r.Method == http.MethodGet)
		return
	}
	input := event.input(listener.binding.name, listener.binding.binary())
	inv, err := h.wait(r.Context(), &call{function: listener.function, input: input})
	waits := event.kind == kindConnect || event.kind == kindUser
	if err != nil || waits && !inv.Success() {
		h.hang(r)
		return
	}
	newReply(event, fromHandler(inv.ReturnValue)).write(w, false)
}

// hang leaves a caller without an answer, until it or the host goes.
func (h *Host) hang(r *http.Request) {
	select {
	case <-r.Context().Done():
	case <-h.ctx.Done():
	}
	panic(http.ErrAbortHandler)
}
