package wps

import (
	"errors"
	"net/http"

	"github.com/wpsgen/wpsgen/internal/expr"
	"github.com/wpsgen/wpsgen/internal/wire"
)

// anyOrigin answers every preflight that is accepted: the extension sends the wildcard, never an origin.
var anyOrigin = []string{"*"}

// eventCall is everything one event needs, in one piece of memory.
type eventCall struct {
	inv   Invocation
	event event
	data  eventData
}

// serveWebhook answers one request of the service. Its order of checks is the extension's
// (extension-spec 1.2); nothing of the body is read before the last of them.
func (a *App) serveWebhook(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodOptions || r.Method == http.MethodGet {
		a.servePreflight(w, r)
		return
	}
	var e event
	if err := decodeEvent(r.Header, &e); err != nil {
		a.refuse(w, r, http.StatusBadRequest, err.Error())
		return
	}
	f := a.events.find(&e)
	switch {
	case f == nil:
		a.refuse(w, r, http.StatusNotFound, "no function takes this event")
		return
	case !f.verifier.accepts(&e.context):
		a.refuse(w, r, http.StatusUnauthorized, "the event is not signed with a key of the function's connections, or its origin is none of their hosts")
		return
	case r.Method != http.MethodPost:
		a.refuse(w, r, http.StatusBadRequest, "an event is sent with POST")
		return
	}
	call := &eventCall{event: e}
	call.inv = Invocation{ctx: r.Context(), function: f, event: &call.event}
	call.data = eventData{function: f.Name, event: &call.event}
	if err := a.readEvent(&call.event, r); err != nil {
		a.refuseBody(w, r, err)
		return
	}
	writeReply(w, a.handle(&call.inv, &call.data))
}

// servePreflight answers the service's question whether this endpoint wants its events: yes when any
// function would take them from that origin (extension-spec 1.3).
func (a *App) servePreflight(w http.ResponseWriter, r *http.Request) {
	lines := r.Header[wire.HeaderRequestOrigin]
	origin := joined(lines)
	for _, f := range a.listeners {
		if len(lines) > 0 && f.verifier.allows(origin) {
			w.Header()[wire.HeaderAllowedOrigin] = anyOrigin
			w.WriteHeader(http.StatusOK)
			return
		}
	}
	a.refuse(w, r, http.StatusBadRequest, "the preflight's origin is missing or is the host of no connection")
}

// readEvent reads the body where the event has one.
func (a *App) readEvent(e *event, r *http.Request) error {
	if !e.hasBody() {
		return nil
	}
	if e.kind == kindUser {
		if err := e.decodeContentType(r.Header); err != nil {
			return err
		}
	}
	body, err := readBody(r, a.config.maxBody)
	e.body = body
	return err
}

// handle runs an event's function and returns the reply.
func (a *App) handle(inv *Invocation, data expr.Data) reply {
	f, e := inv.function, inv.event
	err := f.run(inv, data)
	if err == nil {
		var r reply
		if r, err = encodeReply(e, inv.response); err == nil {
			return r
		}
	}
	r, chosen := failure(err)
	if !chosen {
		a.logFailure(inv.ctx, f, e, err)
	}
	var bad *badEvent
	if !e.blocking() && !errors.As(err, &bad) {
		return reply{status: http.StatusOK}
	}
	return r
}

func writeReply(w http.ResponseWriter, r reply) {
	h := w.Header()
	if r.contentType != nil {
		h["Content-Type"] = r.contentType
	}
	if r.state != nil {
		h[wire.HeaderConnectionState] = r.state
	}
	w.WriteHeader(r.status)
	if len(r.body) > 0 {
		w.Write(r.body) // an error means that the service has gone: there is nobody left to tell
	}
}
