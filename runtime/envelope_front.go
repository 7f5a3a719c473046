package wps

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// headerInvocationID is on every request of the Functions host but its probes (host-spec 1.3, 1.8).
const headerInvocationID = "X-Azure-Functions-Invocationid"

// envelopeFactor is how much larger than a body its envelope may be: the host writes a payload twice, one
// of them base64, the other with every byte escaped.
const envelopeFactor = 16

// envelopeRest is what an envelope may hold beside bodies, in bytes: headers, claims and states, twice each.
const envelopeRest = 1 << 20

// hostFront serves the requests of the Functions host that started this process: envelopes at
// /<function>, and requests that it passes through at their own paths (host-spec 1.3, 1.8).
type hostFront struct {
	app       *App
	host      *hostConfig
	functions map[string]*boundFunction // those called with an envelope, by name in lower case
}

func newHostFront(a *App, host *hostConfig) *hostFront {
	h := &hostFront{app: a, host: host, functions: make(map[string]*boundFunction)}
	for _, f := range a.functions {
		if !host.passesOn(f) {
			h.functions[strings.ToLower(f.Name)] = f // the host calls a function as its folder is spelled
		}
	}
	return h
}

// ServeHTTP answers a request of the host. GET / without an invocation's id asks whether this process is
// ready (host-spec 1.2), and any answer says so.
func (h *hostFront) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/" && r.Header[headerInvocationID] == nil {
		w.WriteHeader(http.StatusOK)
		return
	}
	if h.host.timeout > 0 {
		ctx, cancel := context.WithTimeout(r.Context(), h.host.deadline())
		defer cancel()
		r = r.WithContext(ctx)
	}
	if f := h.functions[strings.ToLower(strings.TrimPrefix(r.URL.Path, "/"))]; f != nil && r.Method == http.MethodPost {
		h.serveEnvelope(w, r, f)
		return
	}
	h.app.ServeHTTP(w, r)
}

// serveEnvelope calls a function with what is in the envelope. The host takes an answer that is not 2xx for
// a failed function: where a webPubSubTrigger fails, the service would then wait for nothing
// (host-spec 2.5), and so it never gets one.
func (h *hostFront) serveEnvelope(w http.ResponseWriter, r *http.Request, f *boundFunction) {
	answer := &hostAnswer{}
	inv := &Invocation{ctx: r.Context(), function: f, header: r.Header, host: f.Upstream == UpstreamTrigger}
	env, err := h.readEnvelope(r)
	if err == nil {
		inv.envelope = env
		err = inv.takeConnections()
	}
	switch {
	case f.trigger != nil:
		h.answerEvent(answer, inv, err)
	case f.http != nil:
		h.answerHTTP(answer, inv, err)
	default:
		if err = h.answerOther(answer, inv, err); err != nil {
			answer.write(w, http.StatusInternalServerError)
			return
		}
	}
	answer.write(w, http.StatusOK)
}

func (h *hostFront) readEnvelope(r *http.Request) (*envelope, error) {
	body, err := readBody(r, envelopeFactor*h.app.config.maxBody+envelopeRest)
	if err != nil {
		return nil, fmt.Errorf("read the host's envelope: %w", err)
	}
	return decodeEnvelope(body)
}

// takeConnections reads the connections that the host has made.
func (inv *Invocation) takeConnections() error {
	if !inv.host {
		return nil
	}
	for _, in := range inv.function.inputs {
		raw, ok := lookup(inv.envelope.data, in.name)
		var c Connection
		if !ok || json.Unmarshal([]byte(unwrappedObject(raw)), &c) != nil {
			return fmt.Errorf("the host's envelope holds no connection named %q", in.name)
		}
		inv.connections = append(inv.connections, namedConnection{name: in.name, value: c})
	}
	return nil
}

// answerEvent runs the function of an event.
func (h *hostFront) answerEvent(answer *hostAnswer, inv *Invocation, err error) {
	inv.event = &event{}
	if err == nil {
		err = h.readEvent(inv)
	} else {
		inv.event.context.EventName = inv.function.trigger.EventName
		inv.event.setKind(inv.function.trigger.EventType)
	}
	if err == nil {
		err = h.run(answer, inv)
	}
	if err == nil {
		answer.returnValue, err = returnValue(inv.event, inv.response)
	}
	if err == nil {
		return
	}
	refusal := h.app.failEvent(inv, err)
	*answer = hostAnswer{log: h.logLine(refusal, err)}
	if !inv.event.blocking() {
		return
	}
	if answer.returnValue, err = errorValue(inv.event, refusal); err != nil { // a CONNACK code that is none
		h.app.logFailure(inv.ctx, inv.function, inv.event, err)
		answer.returnValue, _ = errorValue(inv.event, ServerError(genericError)) // a server error has a code
	}
}

// readEvent reads the event that the envelope holds. A payload over the limit is refused with the one error
// that says whose mistake it is: a reply through the host has no status of its own.
func (h *hostFront) readEvent(inv *Invocation) error {
	if err := inv.envelope.event(inv.function.trigger, inv.event); err != nil {
		return err
	}
	if int64(len(inv.event.body)) > h.app.config.maxBody {
		return UserError(bodyTooLarge)
	}
	return nil
}

// logLine is what the invocation's log at the host says of a failure, unless the function chose it.
func (h *hostFront) logLine(refusal *EventErrorResponse, err error) string {
	if _, chosen := failure(err); chosen {
		return ""
	}
	return fmt.Sprintf("%s (%v)", refusal.Message, err)
}

// run calls the function and collects what it gives to its outputs.
func (h *hostFront) run(answer *hostAnswer, inv *Invocation) error {
	if err := inv.function.run(inv); err != nil {
		return err
	}
	return inv.function.guard(inv, answer.collect) // encodes values of the function's types
}

// answerOther runs a function of a timer or of a trigger that another extension has. What it returns is
// the error the host is to see.
func (h *hostFront) answerOther(answer *hostAnswer, inv *Invocation, err error) error {
	inv.data = sysData(inv.function.Name)
	if err == nil && inv.function.timer != nil {
		inv.timer, err = inv.envelope.timerInfo(inv.function.timer.Name)
	}
	if err == nil {
		err = h.run(answer, inv)
	}
	if err != nil {
		h.app.logFailure(inv.ctx, inv.function, nil, err)
		*answer = hostAnswer{}
	}
	return err
}

// timerInfo reads what a timer is told.
func (env *envelope) timerInfo(name string) (*TimerInfo, error) {
	raw, ok := lookup(env.data, name)
	info := &TimerInfo{}
	if !ok {
		return nil, fmt.Errorf("the host's envelope holds no timer named %q", name)
	}
	if err := json.Unmarshal([]byte(unwrappedObject(raw)), info); err != nil {
		return nil, fmt.Errorf("the host's timer %q: %w", name, err)
	}
	return info, nil
}
