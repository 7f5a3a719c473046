package wps

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/wpsgen/wpsgen/internal/wire"
)

// refusalEvery is how often refusals are logged at most: whoever floods the endpoint with forged
// requests must not fill the log.
const refusalEvery = time.Second

// refusals limits log lines about requests that were refused before any function ran.
type refusals struct {
	last       atomic.Int64 // time of the last line, in Unix nanoseconds
	suppressed atomic.Int64
}

// due reports whether a line may be written now, and how many were left out since the last.
func (r *refusals) due(now time.Time) (suppressed int64, ok bool) {
	last := r.last.Load()
	if now.UnixNano()-last < int64(refusalEvery) || !r.last.CompareAndSwap(last, now.UnixNano()) {
		r.suppressed.Add(1)
		return 0, false
	}
	return r.suppressed.Swap(0), true
}

// refuse answers without a body and logs why.
func (a *App) refuse(w http.ResponseWriter, r *http.Request, status int, reason string) {
	a.logRefusal(r, status, reason)
	w.WriteHeader(status)
}

// refuseBody answers an event whose body was not taken.
func (a *App) refuseBody(w http.ResponseWriter, r *http.Request, err error) {
	var bad *badEvent
	var large *http.MaxBytesError
	answer := reply{status: http.StatusBadRequest}
	switch {
	case errors.As(err, &large):
		answer.status = http.StatusRequestEntityTooLarge
		closeAfter(w)
	case errors.As(err, &bad):
		answer = errorReply(http.StatusBadRequest, bad.answer)
	}
	a.logRefusal(r, answer.status, err.Error())
	writeReply(w, answer)
}

func (a *App) logRefusal(r *http.Request, status int, reason string) {
	for _, f := range a.config.onRefusal {
		f(r.Context(), Refusal{Status: status, Reason: reason, Header: r.Header})
	}
	suppressed, ok := a.refusals.due(time.Now())
	if !ok {
		return
	}
	a.config.logger.LogAttrs(r.Context(), slog.LevelWarn, "request refused",
		slog.Int("status", status), brief("reason", reason), brief("method", r.Method), brief("path", r.URL.Path),
		brief("origin", joined(r.Header[wire.HeaderRequestOrigin])),
		brief("hub", r.Header.Get(wire.HeaderHub)), brief("event", r.Header.Get(wire.HeaderEventName)),
		slog.Int64("notLogged", suppressed))
}

// maxBrief is how much is logged of a text that anybody may have sent.
const maxBrief = 256

// brief is an attribute of a log line with no more of a text than helps.
func brief(name, text string) slog.Attr {
	if len(text) > maxBrief {
		text = strings.ToValidUTF8(text[:maxBrief], "") + "…"
	}
	return slog.String(name, text)
}

// logFailure logs why a function's call failed. The event is nil for http functions.
func (a *App) logFailure(ctx context.Context, f *boundFunction, e *event, err error) {
	attrs := []slog.Attr{
		slog.String("function", f.Name), slog.String("source", f.Source), slog.Any("error", err),
	}
	if e != nil {
		attrs = append(attrs, slog.String("hub", e.context.Hub), slog.String("event", e.context.EventName),
			slog.String("connectionId", e.context.ConnectionID))
	}
	var p *panicError
	if errors.As(err, &p) {
		attrs = append(attrs, slog.String("stack", string(p.stack)))
	}
	a.config.logger.LogAttrs(ctx, slog.LevelError, "function failed", attrs...)
}
