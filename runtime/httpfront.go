package wps

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/internal/route"
)

// httpRoute is one http function's place.
type httpRoute struct {
	template *route.Template
	methods  []string // upper case; none means all
	level    authLevel
	function *boundFunction
}

// allows reports whether the route serves a method. HEAD is served where GET is: net/http drops the body.
func (t *httpRoute) allows(method string) bool {
	return len(t.methods) == 0 || slices.Contains(t.methods, method) ||
		method == http.MethodHead && slices.Contains(t.methods, http.MethodGet)
}

// serveHTTP answers a request for an http function, or with 404 or 405.
func (a *App) serveHTTP(w http.ResponseWriter, r *http.Request) {
	path, ok := a.routePath(r.URL.EscapedPath())
	if !ok {
		http.NotFound(w, r)
		return
	}
	var allowed []string
	for _, t := range a.routes {
		values, ok := t.template.Match(path)
		switch {
		case !ok:
		case t.allows(r.Method):
			a.serveFunction(w, r, t, values)
			return
		default:
			allowed = append(allowed, t.methods...)
		}
	}
	if allowed == nil {
		http.NotFound(w, r)
		return
	}
	writeNotAllowed(w, allowed)
}

// routePath takes the prefix off a path.
func (a *App) routePath(path string) (string, bool) {
	path = strings.TrimPrefix(path, "/")
	prefix := a.config.routePrefix
	if prefix == "" {
		return path, true
	}
	n := len(prefix)
	if len(path) < n || !strings.EqualFold(path[:n], prefix) {
		return "", false
	}
	rest := path[n:]
	if rest == "" {
		return "", true
	}
	return strings.CutPrefix(rest, "/")
}

func writeNotAllowed(w http.ResponseWriter, allowed []string) {
	if slices.Contains(allowed, http.MethodGet) {
		allowed = append(allowed, http.MethodHead)
	}
	slices.Sort(allowed)
	w.Header().Set("Allow", strings.Join(slices.Compact(allowed), ", "))
	http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
}

// serveFunction answers a request for an http function, once it has the key the function asks for.
func (a *App) serveFunction(w http.ResponseWriter, r *http.Request, t *httpRoute, values []route.Value) {
	if !a.keys.accept(r, t.level) {
		a.logRefusal(r, http.StatusUnauthorized, "the request carries no key for authLevel "+t.level.String())
		http.Error(w, "a function key is needed", http.StatusUnauthorized)
		return
	}
	r = a.functionRequest(w, r, values)
	data := &requestData{function: t.function.Name, request: r, route: values}
	inv := &Invocation{ctx: r.Context(), function: t.function, header: r.Header, request: r, data: data}
	a.callHTTP(w, inv)
}

// callHTTP calls an http function and writes its result.
func (a *App) callHTTP(w http.ResponseWriter, inv *Invocation) {
	f := inv.function
	if a.refuseLarge(w, inv.request) {
		return
	}
	if f.context != nil {
		a.serveContext(w, inv)
		return
	}
	tracked := &trackedWriter{ResponseWriter: w}
	inv.writer = tracked
	if len(f.inputs) > 0 {
		w.Header().Set("Cache-Control", "no-store") // the answer may hold a token
	}
	if err := f.run(inv); err != nil {
		a.failHTTP(tracked, inv, err)
		return
	}
	if res := inv.httpResponse; res != nil {
		if err := checkStatus(res.Status); err != nil {
			a.failHTTP(tracked, inv, err)
			return
		}
		writeHTTPResponse(tracked, res)
	}
}

// refuseLarge answers a request whose body says that it is over the limit, and reports whether it does.
func (a *App) refuseLarge(w http.ResponseWriter, r *http.Request) bool {
	if r.ContentLength <= a.config.maxBody {
		return false
	}
	closeAfter(w)
	http.Error(w, "the body is too large", http.StatusRequestEntityTooLarge)
	return true
}

// checkStatus refuses what net/http would panic about or take for an interim answer.
func checkStatus(status int) error {
	if status != 0 && (status < 200 || status > 999) {
		return fmt.Errorf("the function returned an HTTPResponse with status %d, which no final answer can have", status)
	}
	return nil
}

// functionRequest is the request as the function sees it: the host's own copy, since headers are
// dropped from it and path values set on it.
func (a *App) functionRequest(w http.ResponseWriter, r *http.Request, values []route.Value) *http.Request {
	own := r.WithContext(r.Context())
	if r.Body != nil {
		own.Body = http.MaxBytesReader(w, r.Body, a.config.maxBody)
	}
	if !a.config.trustPrincipal {
		own.Header = withoutPrincipal(r.Header)
	}
	for _, v := range values {
		own.SetPathValue(v.Name, v.Value)
	}
	return own
}

const principalPrefix = "X-Ms-Client-Principal"

// withoutPrincipal drops the headers by which a proxy tells who has signed in.
func withoutPrincipal(h http.Header) http.Header {
	for name := range h {
		if strings.HasPrefix(http.CanonicalHeaderKey(name), principalPrefix) {
			h = h.Clone()
			for name := range h {
				if strings.HasPrefix(http.CanonicalHeaderKey(name), principalPrefix) {
					delete(h, name)
				}
			}
			return h
		}
	}
	return h
}

// writeHTTPResponse writes what the function returned.
func writeHTTPResponse(w *trackedWriter, res *HTTPResponse) {
	h := w.Header()
	for name, values := range res.Header {
		h[http.CanonicalHeaderKey(name)] = values
	}
	status := res.Status
	if status == 0 {
		status = http.StatusOK
	}
	w.WriteHeader(status)
	if len(res.Body) > 0 {
		w.Write(res.Body) // an error means that the client has gone: there is nobody left to tell
	}
}
