package emulator

import (
	"net/http"
	"net/url"
	"strings"
)

// serve answers one HTTP request: a client that connects, or a REST call.
func (e *Emulator) serve(w http.ResponseWriter, r *http.Request) {
	if !e.begin() {
		http.Error(w, "the emulator is closing", http.StatusServiceUnavailable)
		return
	}
	defer e.tasks.Done()
	path := r.URL.EscapedPath()
	switch {
	case strings.HasPrefix(path, "/api/"):
		e.serveREST(w, r)
	case path == "/client" || path == "/client/":
		e.serveClient(w, r, lastValue(r.URL.Query(), "hub"), "hub")
	case strings.HasPrefix(path, "/client/hubs/"):
		hub, err := url.PathUnescape(strings.TrimPrefix(path, "/client/hubs/"))
		if err != nil {
			hub = ""
		}
		e.serveClient(w, r, hub)
	default:
		e.log.Warn("no such path", "method", r.Method, "path", r.URL.Path)
		http.NotFound(w, r)
	}
}
