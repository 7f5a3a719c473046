package wps

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
)

// answerHTTP runs an http function. Whatever becomes of it, the host gets an answer for the client.
func (h *hostFront) answerHTTP(answer *hostAnswer, inv *Invocation, err error) {
	rec := newRecorder()
	if err == nil {
		err = h.callHTTP(rec, inv)
	}
	if err == nil && !inv.failed {
		err = inv.function.guard(inv, answer.collect)
	}
	if err == nil {
		if lost := rec.lostCookies(); lost > 0 {
			h.app.config.logger.Warn("the Functions host sets one cookie for an answer, the others are lost", "function", inv.function.Name, "lost", lost)
		}
		var output []byte
		if output, err = rec.appendOutput(nil); err == nil {
			answer.setOutput(inv.function.httpOutput(), output)
			return
		}
	}
	h.app.logFailure(inv.ctx, inv.function, nil, err)
	*answer = hostAnswer{log: err.Error()}
	rec.reset()
	writeReply(rec, errorReply(http.StatusInternalServerError, genericError))
	output, _ := rec.appendOutput(nil) // a text of our own is text
	answer.setOutput(inv.function.httpOutput(), output)
}

// callHTTP calls the function with the request of the envelope, and has its answer recorded.
func (h *hostFront) callHTTP(rec *recorder, inv *Invocation) error {
	f := inv.function
	r, err := inv.envelope.request(inv.ctx, f.http)
	if err != nil {
		return err
	}
	if !h.app.config.trustPrincipal {
		r.Header = withoutPrincipal(r.Header)
	}
	inv.request = r
	inv.data = &requestData{function: f.Name, request: r}
	if f.context != nil && inv.host {
		return h.callContext(rec, inv)
	}
	h.app.callHTTP(rec, inv)
	return nil
}

// callContext answers a request for a function with a webPubSubContext binding, of which the host has made
// what the function is to see; it has checked the event, too.
func (h *hostFront) callContext(rec *recorder, inv *Invocation) error {
	from, err := inv.envelope.context(inv.function.context.Name)
	if err != nil {
		return err
	}
	if from.HasError || from.IsPreflight {
		for name, values := range from.Response.Headers {
			rec.header[http.CanonicalHeaderKey(name)] = values
		}
		rec.WriteHeader(from.Response.Status)
		if from.Response.Body != nil {
			rec.body.WriteString(*from.Response.Body)
		}
		return nil
	}
	if h.app.refuseLarge(rec, inv.request) {
		return nil
	}
	inv.event = &event{dataType: DataTypeText}
	if err := inv.event.readContext(from.Request, inv.request); err != nil {
		return err
	}
	inv.context = &RequestContext{Request: inv.event.request(), status: http.StatusOK}
	writeReply(rec, h.app.handle(inv))
	return nil
}

// readContext reads the event of a context. The host hands over nothing of one without a type, and a
// payload as text: the headers and the body of its request tell more.
func (e *event) readContext(doc json.RawMessage, r *http.Request) error {
	if len(doc) == 0 || isNull(doc) {
		decodeLeniently(r.Header, e)
		e.kind = kindOther
		return nil
	}
	if err := e.readHostRequest(string(doc)); err != nil {
		return err
	}
	if e.kind != kindUser || r.ContentLength <= 0 {
		return nil
	}
	body, err := readBody(r, r.ContentLength)
	if err != nil {
		return err
	}
	e.body, r.Body = body, io.NopCloser(bytes.NewReader(body))
	return nil
}

// hostContext is the value of a webPubSubContext binding (extension-spec 6).
type hostContext struct {
	Request  json.RawMessage `json:"request"`
	Response struct {
		Body    *string             `json:"body"`
		Status  int                 `json:"status"`
		Headers map[string][]string `json:"headers"`
	} `json:"response"`
	HasError    bool `json:"hasError"`
	IsPreflight bool `json:"isPreflight"`
}

func (env *envelope) context(name string) (*hostContext, error) {
	raw, ok := lookup(env.data, name)
	if !ok {
		return nil, fmt.Errorf("the host's envelope holds no context named %q", name)
	}
	c := &hostContext{}
	if err := json.Unmarshal([]byte(unwrappedObject(raw)), c); err != nil {
		return nil, fmt.Errorf("the host's context %q: %w", name, err)
	}
	if (c.HasError || c.IsPreflight) && c.Response.Status == 0 {
		return nil, errors.New("the host's context has no answer to give")
	}
	return c, nil
}
