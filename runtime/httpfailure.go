package wps

import (
	"errors"
	"net/http"

	"github.com/wpsgen/wpsgen/internal/expr"
)

// failHTTP answers a failed call. When the function has begun to answer itself, nothing can be taken
// back, and the connection is broken off so that the client does not take half an answer for a whole one.
func (a *App) failHTTP(w *trackedWriter, inv *Invocation, err error) {
	inv.failed = true
	r := a.httpFailure(inv, err)
	if w.started && !w.takeBack() {
		panic(http.ErrAbortHandler)
	}
	if r.status == http.StatusRequestEntityTooLarge {
		closeAfter(w)
	}
	h := w.Header()
	h.Del("Content-Length")
	h.Del("Content-Encoding")
	h.Set("X-Content-Type-Options", "nosniff")
	writeReply(w, r)
}

// httpFailure logs an error and tells how it is answered. An expression the request has no value for is
// the caller's mistake, and told to him: the Functions host answers 500 here.
func (a *App) httpFailure(inv *Invocation, err error) reply {
	var missing *expr.MissingError
	var hub *hubNameError
	if errors.As(err, &missing) || errors.As(err, &hub) {
		a.logRefusal(inv.request, http.StatusBadRequest, err.Error())
		return errorReply(http.StatusBadRequest, err.Error())
	}
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		a.logRefusal(inv.request, http.StatusRequestEntityTooLarge, err.Error())
		return errorReply(http.StatusRequestEntityTooLarge, bodyTooLarge)
	}
	r, chosen := failure(err)
	if !chosen {
		a.logFailure(inv.ctx, inv.function, nil, err)
	}
	return errorReply(r.status(), r.Message)
}
