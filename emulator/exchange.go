package emulator

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"
)

// servicePauses are the pauses of the service before it sends an event again (service-spec 3.6).
var servicePauses = []time.Duration{1 * time.Second, 3 * time.Second, 5 * time.Second}

// exchange is one event on its way to its handler.
type exchange struct {
	upstream   *upstream
	connection *connection
	event      *event
	start      time.Time
	attempts   int
}

// run validates the handler if need be, posts the event, again where that is wanted and may help, and
// judges the answer.
func (x *exchange) run(ctx context.Context, s *hubSettings, h *eventHandler) (*reply, error) {
	u, c, ev := x.upstream, x.connection, x.event
	if err := s.validations.check(u, fillTemplate(h.template, c.hub.name, "validate")); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, u.emulator.options.EventTimeout)
	defer cancel()
	answer, err := x.deliver(ctx, fillTemplate(h.template, c.hub.name, ev.name))
	if err != nil {
		return nil, err
	}
	if ev.accept != nil {
		if err := ev.accept(answer); err != nil {
			return answer, err
		}
	}
	return answer, nil
}

// deliver sends the event, with the same id each time, until there is an answer to keep.
func (x *exchange) deliver(ctx context.Context, target string) (*reply, error) {
	header := x.upstream.headers(x.connection, x.event, x.start)
	var pauses []time.Duration
	if x.upstream.emulator.options.RetryEvents {
		pauses = servicePauses
	}
	for {
		answer, err := x.attempt(ctx, target, header)
		if x.attempts > len(pauses) || !mayPass(answer, err) || !sleep(ctx, pauses[x.attempts-1]) {
			return answer, err
		}
		x.upstream.emulator.log.Info("event sent again", "hub", x.connection.hub.name, "event", x.event.name,
			"connection", x.connection.id, "attempt", x.attempts+1)
	}
}

// attempt sends the event once, and keeps the cookies of a good answer.
func (x *exchange) attempt(ctx context.Context, target string, header http.Header) (*reply, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, target, bytes.NewReader(x.event.data))
	if err != nil {
		return nil, fmt.Errorf("event handler URL: %w", err)
	}
	req.Header = header.Clone()
	x.connection.upstream.addTo(req)
	x.attempts++
	answer, err := x.upstream.do(req)
	if err == nil && answer.ok() {
		x.connection.upstream.keepCookies(req.URL, (&http.Response{Header: answer.header}).Cookies())
	}
	return answer, err
}

// mayPass reports whether what went wrong may be right the next time: no answer, 408 and 5xx. After a
// time-out there is none, because nothing is left of the time.
func mayPass(answer *reply, err error) bool {
	if err != nil {
		return !errors.Is(err, errReplyTooLarge)
	}
	return answer.status == http.StatusRequestTimeout || answer.status >= 500
}

// sleep waits, and reports false when the context ends first.
func sleep(ctx context.Context, pause time.Duration) bool {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
