package wps

import (
	"context"
	"crypto/tls"
	"errors"
	"math/rand/v2"
	"net"
	"net/http"
	"strconv"
	"time"
)

// RetryOptions say whether, when and how often a ServiceClient tries a call again. The zero value is what
// a client does that was told nothing: three times more, after about 0.8 s, 1.6 s and 3.2 s.
//
// Tried again is what may succeed later (statuses 408, 429, 500, 502, 503, 504, and no answer at all), and
// never anything that could then happen twice: a send, or a close of several connections, only when it was
// surely not taken, which is no connection, 408, 429, and 503 with Retry-After. When the service says how
// long to wait, that counts. Nothing is tried that the context would not see the end of the wait for.
type RetryOptions struct {
	// MaxRetries is how often, after the first try; zero means 3, a negative number never.
	MaxRetries int
	// BaseDelay is the first wait, which doubles each time and varies by -20 to +30 %; zero means 0.8 s.
	BaseDelay time.Duration
	// MaxDelay bounds each wait; zero means 60 s. When the service asks for a longer one, there is no other try.
	MaxDelay time.Duration
	// ResendUnacknowledged repeats sends and closes, too, that were not answered or answered with 500, 502,
	// 503 or 504. A message may then be delivered twice.
	ResendUnacknowledged bool
}

// WithRetry makes the client try again as o says.
func WithRetry(o RetryOptions) ServiceClientOption {
	return func(s *ServiceClient) { s.retry = o }
}

func (o RetryOptions) withDefaults() RetryOptions {
	if o.MaxRetries == 0 {
		o.MaxRetries = 3
	}
	if o.BaseDelay <= 0 {
		o.BaseDelay = 800 * time.Millisecond
	}
	if o.MaxDelay <= 0 {
		o.MaxDelay = time.Minute
	}
	return o
}

// next returns how long to wait before a call is tried again, and false when it is not.
func (o *RetryOptions) next(r *restRequest, out *outcome, retries int) (time.Duration, bool) {
	if retries >= o.MaxRetries || !o.repeats(r, out) {
		return 0, false
	}
	if wait, _ := retryAfter(out.header); wait > 0 {
		return wait, wait <= o.MaxDelay
	}
	wait := o.BaseDelay
	for range retries {
		if wait < o.MaxDelay {
			wait *= 2
		}
	}
	return min(time.Duration(float64(wait)*(0.8+rand.Float64()/2)), o.MaxDelay), true
}

// repeats reports whether a call may succeed later and does no harm if it already has.
func (o *RetryOptions) repeats(r *restRequest, out *outcome) bool {
	harmless := r.idempotent() || o.ResendUnacknowledged
	if out.err != nil {
		return !isUntrusted(out.err) && (harmless || isUnsent(out.err))
	}
	switch out.status {
	case http.StatusRequestTimeout, http.StatusTooManyRequests:
		return true
	case http.StatusServiceUnavailable:
		_, says := retryAfter(out.header)
		return harmless || says
	}
	return harmless && mayPass(out.status)
}

// mayPass reports whether a status is one that may be another later.
func mayPass(status int) bool {
	switch status {
	case http.StatusRequestTimeout, http.StatusTooManyRequests, http.StatusInternalServerError,
		http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	}
	return false
}

// isUnsent reports whether there was no connection to send on. What else was not written net/http tries
// again itself, on another connection.
func isUnsent(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && (op.Op == "dial" || op.Op == "proxyconnect")
}

// isUntrusted reports whether it is not the service that was reached.
func isUntrusted(err error) bool {
	var verify *tls.CertificateVerificationError
	return errors.As(err, &verify)
}

// retryAfter returns how long the service asks to wait, and whether it asks at all.
func retryAfter(h http.Header) (wait time.Duration, ok bool) {
	for _, name := range [...]string{"Retry-After-Ms", "X-Ms-Retry-After-Ms"} {
		if n, err := strconv.ParseUint(h.Get(name), 10, 31); err == nil {
			return time.Duration(n) * time.Millisecond, true
		}
	}
	text := h.Get("Retry-After")
	if n, err := strconv.ParseUint(text, 10, 31); err == nil {
		return time.Duration(n) * time.Second, true
	}
	if at, err := http.ParseTime(text); err == nil {
		return max(time.Until(at), 0), true
	}
	return 0, false
}

// endsBefore reports whether a context ends before a wait does.
func endsBefore(ctx context.Context, wait time.Duration) bool {
	deadline, ok := ctx.Deadline()
	return ctx.Err() != nil || ok && time.Until(deadline) <= wait
}

// sleep waits, or returns the context's error when that ends first.
func sleep(ctx context.Context, wait time.Duration) error {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
