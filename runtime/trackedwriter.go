package wps

import "net/http"

// trackedWriter knows whether an answer has begun.
type trackedWriter struct {
	http.ResponseWriter
	started bool
}

// WriteHeader begins the answer, unless the status is informational.
func (w *trackedWriter) WriteHeader(status int) {
	w.started = w.started || status >= http.StatusOK || status == http.StatusSwitchingProtocols
	w.ResponseWriter.WriteHeader(status)
}

// Write begins the answer.
func (w *trackedWriter) Write(b []byte) (int, error) {
	w.started = true
	return w.ResponseWriter.Write(b)
}

// Flush sends what has been written so far, where the server can.
func (w *trackedWriter) Flush() {
	w.started = true
	// A server that cannot flush sends everything at the end, which is all there is to do about it.
	_ = http.NewResponseController(w.ResponseWriter).Flush()
}

// takeBack forgets the answer, and reports whether that was possible: it is where nothing has left yet.
func (w *trackedWriter) takeBack() bool {
	rec, ok := w.ResponseWriter.(*recorder)
	if ok {
		rec.reset()
	}
	return ok
}

// Unwrap gives http.ResponseController the server's own writer.
func (w *trackedWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
