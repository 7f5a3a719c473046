package wps

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/wpsgen/wpsgen/internal/wire"
)

// Messages of the extension to requests that are no good event (extension-spec 6).
const (
	messageNotAnEvent   = "Invalid Web PubSub upstream request missing required fields in header."
	messageBadSignature = "Signature validation failed."
	messageContentType  = "ContentType is not supported: "
)

func (c *config) bindContext(b *boundFunction, t WebPubSubContext) error {
	if b.context != nil {
		return errors.New("webPubSubContext: the function has two of them")
	}
	b.context = &t
	_, problems := c.bindVerifier(b, signers{t.Connections, t.Connection, t.Unsigned}, len(c.eventChecks) > 0 || b.asksForKey())
	for i, err := range problems {
		problems[i] = fmt.Errorf("webPubSubContext: connection: %w", err)
	}
	return errors.Join(problems...)
}

// asksForKey reports whether callers of an http function must have its key.
func (b *boundFunction) asksForKey() bool {
	for _, binding := range b.Bindings {
		if t, ok := binding.(HTTPTrigger); ok {
			level, err := parseAuthLevel(t.AuthLevel)
			return err == nil && level != levelAnonymous
		}
	}
	return false
}

// serveContext answers a request for a function with a webPubSubContext binding: an event as the
// function responds to it, everything else itself.
func (a *App) serveContext(w http.ResponseWriter, inv *Invocation) {
	inv.event = new(event)
	rc := a.readContext(inv.request, &inv.function.verifier, inv.event)
	switch {
	case rc.HasError:
		if rc.status == http.StatusRequestEntityTooLarge {
			closeAfter(w)
		}
		a.logRefusal(inv.request, rc.status, cmp.Or(rc.reason, rc.ErrorMessage))
		w.Header().Set("X-Content-Type-Options", "nosniff")
		writeReply(w, errorReply(rc.status, rc.ErrorMessage))
	case rc.IsPreflight && rc.status != http.StatusOK:
		a.refuse(w, inv.request, rc.status, "the preflight's origin is the host of no connection")
	case rc.IsPreflight:
		w.Header()[wire.HeaderAllowedOrigin] = anyOrigin
		w.WriteHeader(http.StatusOK)
	default:
		inv.context = rc
		writeReply(w, a.handle(inv))
	}
}

// readContext makes of a request what the extension's binding makes of it. It differs from the webhook:
// only OPTIONS with an origin is a preflight, the method of an event does not matter, of headers with
// several lines the first counts, and all but ce-type may be missing.
func (a *App) readContext(r *http.Request, v *verifier, e *event) *RequestContext {
	if origin := joined(r.Header[wire.HeaderRequestOrigin]); r.Method == http.MethodOptions && strings.Trim(origin, ", ") != "" {
		status := http.StatusBadRequest
		if v.allows(origin) {
			status = http.StatusOK
		}
		return &RequestContext{IsPreflight: true, status: status}
	}
	if !decodeLeniently(r.Header, e) {
		return contextError(http.StatusBadRequest, messageNotAnEvent)
	}
	if !v.accepts(&e.context) {
		return contextError(http.StatusUnauthorized, messageBadSignature)
	}
	if err := a.checkEvent(v, r); err != nil {
		rc := contextError(http.StatusUnauthorized, messageBadSignature)
		rc.reason = err.Error()
		return rc
	}
	request, err := a.readRequest(r, e)
	var bad *badEvent
	var large *http.MaxBytesError
	switch {
	case err == nil:
		return &RequestContext{Request: request, status: http.StatusOK}
	case errors.As(err, &large):
		return contextError(http.StatusRequestEntityTooLarge, bodyTooLarge)
	case errors.As(err, &bad):
		return contextError(http.StatusBadRequest, bad.answer)
	}
	return contextError(http.StatusBadRequest, "The body could not be read.")
}

func contextError(status int, message string) *RequestContext {
	return &RequestContext{HasError: true, ErrorMessage: message, status: status}
}

// decodeLeniently reads the headers of an event in the way of the context binding, and reports
// whether they are one's. As in the reference's WebPubSubRequestExtensions an empty value is one: only what is
// not there at all makes it fail.
func decodeLeniently(h http.Header, e *event) bool {
	c := &e.context
	c.Headers = h
	c.ConnectionID, c.Hub = firstLine(h[wire.HeaderConnectionID]), firstLine(h[wire.HeaderHub])
	c.EventName, c.UserID = firstLine(h[wire.HeaderEventName]), firstLine(h[wire.HeaderUserID])
	c.Origin, c.Signature = firstLine(h[wire.HeaderRequestOrigin]), firstLine(h[wire.HeaderSignature])
	c.rawState = firstLine(h[wire.HeaderConnectionState])
	subprotocols := h[wire.HeaderSubprotocol]
	c.readSubprotocol(h, subprotocols[:min(len(subprotocols), 1)])
	e.classify(firstLine(h[wire.HeaderType]))
	return len(h[wire.HeaderType]) > 0 && (c.EventType == EventTypeUser || len(h[wire.HeaderEventName]) > 0)
}

// readRequest reads the states, and the body where the event has one, and leaves it readable for the function. The
// error is a *badEvent, a *http.MaxBytesError or the connection's.
func (a *App) readRequest(r *http.Request, e *event) (EventRequest, error) {
	e.context.readStates()
	if e.kind == kindUser && e.decodeContentType(r.Header) != nil {
		text := messageContentType + joined(r.Header["Content-Type"])
		return nil, &badEvent{reason: text, answer: text}
	}
	if e.hasBody() {
		body, err := readBody(r, a.config.maxBody)
		if err != nil {
			return nil, err
		}
		e.body, r.Body = body, io.NopCloser(bytes.NewReader(body))
	}
	if err := e.decodeBody(); err != nil {
		return nil, err
	}
	return e.request(), nil
}
