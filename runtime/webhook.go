package wps

import (
	"net/http"
	"sync"

	"github.com/wpsgen/wpsgen/internal/wire"
)

// anyOrigin answers every preflight that is accepted: the extension sends the wildcard, never an origin.
var anyOrigin = []string{"*"}

// eventCall is what the call for an event needs and nothing keeps; zero when it is taken: functions see parts of the event, never the
// Invocation. Only middleware does, and may keep it.
type eventCall struct {
	inv  Invocation
	data eventData
}

// What can be used again saves each event a good part of its memory: calls, and events that were refused. One
// that a function has seen is never used again.
var (
	eventCalls = sync.Pool{New: func() any { return new(eventCall) }}
	events     = sync.Pool{New: func() any { return new(event) }}
)

// serveWebhook answers one request of the service. The key comes first, as it does on the Functions host.
func (a *App) serveWebhook(w http.ResponseWriter, r *http.Request) {
	if a.webhookKey != nil && !namesKey(r, a.webhookKey) {
		a.refuse(w, r, http.StatusUnauthorized, "the URL does not name the key of "+settingWebhookKey+" as code")
		return
	}
	if r.Method == http.MethodOptions || r.Method == http.MethodGet {
		a.servePreflight(w, r)
		return
	}
	e := events.Get().(*event)
	if f := a.admit(w, r, e); f != nil {
		a.serveEvent(w, r, f, e)
		return
	}
	*e = event{}
	events.Put(e)
}

// admit decodes an event's headers and returns the function for it, or answers an event that there is none for
// or that may not be trusted. The order of checks is the extension's (extension-spec 1.2); nothing of the
// body is read before the last of them.
func (a *App) admit(w http.ResponseWriter, r *http.Request, e *event) *boundFunction {
	if err := decodeEvent(r.Header, e); err != nil {
		a.refuse(w, r, http.StatusBadRequest, err.Error())
		return nil
	}
	f := a.events.find(e)
	switch {
	case f == nil:
		a.refuse(w, r, http.StatusNotFound, "no function takes this event")
		return nil
	case !f.verifier.accepts(&e.context):
		a.refuse(w, r, http.StatusUnauthorized, "the event is not signed with a key of the function's connections, or its origin is none of their hosts")
		return nil
	}
	if err := a.checkEvent(&f.verifier, r); err != nil {
		a.refuse(w, r, http.StatusUnauthorized, err.Error())
		return nil
	}
	if r.Method != http.MethodPost {
		a.refuse(w, r, http.StatusBadRequest, "an event is sent with POST")
		return nil
	}
	return f
}

// serveEvent runs the function of an event that may be trusted.
func (a *App) serveEvent(w http.ResponseWriter, r *http.Request, f *boundFunction, e *event) {
	if err := a.readEvent(e, r); err != nil {
		a.refuseBody(w, r, err)
		return
	}
	call := eventCalls.Get().(*eventCall)
	call.data.function, call.data.event = f.Name, e
	inv := &call.inv
	inv.ctx, inv.function, inv.header, inv.event, inv.data = r.Context(), f, r.Header, e, &call.data
	writeReply(w, a.handle(inv))
	if f.invoke == nil {
		call.release()
	}
}

// release gives a call back for use by another event.
func (call *eventCall) release() {
	*call = eventCall{}
	eventCalls.Put(call)
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

// readEvent reads the states, and the body where the event has one.
func (a *App) readEvent(e *event, r *http.Request) error {
	e.context.readStates()
	if !e.hasBody() {
		return nil
	}
	if e.kind == kindUser {
		if err := e.decodeContentType(r.Header); err != nil {
			return err
		}
	}
	body, err := readBody(r, a.config.maxBody)
	if err != nil {
		return err
	}
	e.body = body
	return e.decodeBody()
}

// handle runs an event's function and returns the reply.
func (a *App) handle(inv *Invocation) reply {
	f, e := inv.function, inv.event
	err := f.run(inv)
	if err == nil {
		var r reply
		if r, err = encodeReply(e, inv.response); err == nil {
			return r
		}
	}
	refusal := a.failEvent(inv, err)
	if !e.blocking() {
		return reply{status: http.StatusOK}
	}
	r, err := encodeError(e, refusal)
	if err != nil { // the function's own CONNACK code is none
		a.logFailure(inv.ctx, f, e, err)
		r, _ = encodeError(e, ServerError(genericError)) // a server error has a code
	}
	return r
}

// failEvent logs why a call failed, unless the function chose to, and returns how to tell the service.
func (a *App) failEvent(inv *Invocation, err error) *EventErrorResponse {
	inv.failed = true
	refusal, chosen := failure(err)
	if !chosen {
		a.logFailure(inv.ctx, inv.function, inv.event, err)
	}
	return refusal
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
