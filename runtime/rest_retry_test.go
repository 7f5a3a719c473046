package wps

import (
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// answered is what a scripted service does with one try: an error, or an answer.
type answered struct {
	err    error
	status int
	header string // name: value
	body   string
}

// script is a service without a network that gives its replies in turn, the last one for ever.
type script struct {
	replies  []answered
	requests []*http.Request
	bodies   []string
	at       []time.Duration // of each try, since start
	start    time.Time
}

func (s *script) RoundTrip(r *http.Request) (*http.Response, error) {
	var body []byte
	if r.Body != nil {
		body, _ = io.ReadAll(r.Body)
	}
	s.requests, s.bodies, s.at = append(s.requests, r), append(s.bodies, string(body)), append(s.at, time.Since(s.start))
	next := s.replies[min(len(s.requests), len(s.replies))-1]
	if next.err != nil {
		return nil, next.err
	}
	header := make(http.Header)
	if name, value, ok := strings.Cut(next.header, ": "); ok {
		header.Set(name, value)
	}
	return &http.Response{StatusCode: next.status, Header: header, Body: io.NopCloser(strings.NewReader(next.body)), ContentLength: int64(len(next.body)), Request: r}, nil
}

func (s *script) client(t *testing.T, opts ...ServiceClientOption) *ServiceClient {
	t.Helper()
	s.start = time.Now()
	c, err := NewServiceClient(testConnection, "chat", append([]ServiceClientOption{WithHTTPClient(&http.Client{Transport: s})}, opts...)...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

var (
	errBroken = errors.New("connection reset")
	errDial   = &net.OpError{Op: "dial", Err: errors.New("connection refused")}
)

// TestWhatIsTriedAgain: nothing is by itself that may have been done, and could then be done twice.
func TestWhatIsTriedAgain(t *testing.T) {
	put := AddUserToGroup{UserID: "u", Group: "g"}
	remove := CloseClientConnection{ConnectionID: "c"}
	bulk := AddConnectionsToGroups{Groups: []string{"g"}}
	send, closes := SendToAll{Data: Text("x")}, CloseAllConnections{}
	resend := RetryOptions{ResendUnacknowledged: true}
	for _, c := range []struct {
		name   string
		action Action
		reply  answered
		retry  RetryOptions
		tries  int
	}{
		{"put 500", put, answered{status: 500}, RetryOptions{}, 4},
		{"delete 502", remove, answered{status: 502}, RetryOptions{}, 4},
		{"groups by filter 504", bulk, answered{status: 504}, RetryOptions{}, 4},
		{"put no answer", put, answered{err: errBroken}, RetryOptions{}, 4},
		{"put 503", put, answered{status: 503}, RetryOptions{}, 4},
		{"put 404", put, answered{status: 404}, RetryOptions{}, 1},
		{"put 501", put, answered{status: 501}, RetryOptions{}, 1},
		{"put 401", put, answered{status: 401}, RetryOptions{}, 1},
		{"send 408", send, answered{status: 408}, RetryOptions{}, 4},
		{"send 429", send, answered{status: 429}, RetryOptions{}, 4},
		{"close 429", closes, answered{status: 429}, RetryOptions{}, 4},
		{"send 503 that says when", send, answered{status: 503, header: "Retry-After: 1"}, RetryOptions{}, 4},
		{"send 503", send, answered{status: 503}, RetryOptions{}, 1},
		{"send 500 that says when", send, answered{status: 500, header: "Retry-After: 1"}, RetryOptions{}, 1},
		{"send 502", send, answered{status: 502}, RetryOptions{}, 1},
		{"close 504", closes, answered{status: 504}, RetryOptions{}, 1},
		{"send not connected", send, answered{err: errDial}, RetryOptions{}, 4},
		{"send not connected to the proxy", send, answered{err: &net.OpError{Op: "proxyconnect", Err: errBroken}}, RetryOptions{}, 4},
		{"send no answer", send, answered{err: errBroken}, RetryOptions{}, 1},
		{"send broken while reading", send, answered{err: &net.OpError{Op: "read", Err: errBroken}}, RetryOptions{}, 1},
		{"send 500, allowed", send, answered{status: 500}, resend, 4},
		{"close 503, allowed", closes, answered{status: 503}, resend, 4},
		{"send no answer, allowed", send, answered{err: errBroken}, resend, 4},
		{"send 400, allowed", send, answered{status: 400}, resend, 1},
		{"never", put, answered{status: 500}, RetryOptions{MaxRetries: -1}, 1},
		{"once", put, answered{status: 500}, RetryOptions{MaxRetries: 1}, 2},
		{"not the service", put, answered{err: &tls.CertificateVerificationError{Err: errBroken}}, RetryOptions{}, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := &script{replies: []answered{c.reply}}
				err := s.client(t, WithRetry(c.retry)).Do(t.Context(), c.action)
				if len(s.requests) != c.tries {
					t.Errorf("%d tries, want %d", len(s.requests), c.tries)
				}
				checkFailure(t, err, c.action, c.reply, c.tries)
			})
		})
	}
}

// checkFailure checks that the error is of the last try and counts them.
func checkFailure(t *testing.T, err error, a Action, r answered, tries int) {
	t.Helper()
	wantError(t, err, a.actionName())
	if said := strings.Contains(err.Error(), fmt.Sprintf("after %d tries", tries)); said != (tries > 1) {
		t.Errorf("%d tries: %v", tries, err)
	}
	var refused *ServiceError
	switch {
	case r.err != nil:
		if !errors.Is(err, r.err) || strings.Contains(err.Error(), "/api/hubs") {
			t.Errorf("error %v, want one of %v without the URL", err, r.err)
		}
	case !errors.As(err, &refused) || refused.StatusCode != r.status || refused.Tries != tries:
		t.Errorf("error %#v, want status %d after %d tries", err, r.status, tries)
	}
}

// TestTriesAreWhole: a try has the whole body, and a token of its own.
func TestTriesAreWhole(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &script{replies: []answered{{status: 429, header: "Retry-After: 2"}, {err: errDial}, {status: 202}}}
		if err := s.client(t).Do(t.Context(), SendToAll{Data: Text("hello")}); err != nil {
			t.Fatal(err)
		}
		tokens := make(map[string]bool)
		for i, r := range s.requests {
			tokens[r.Header.Get("Authorization")] = true
			if s.bodies[i] != "hello" {
				t.Errorf("body %q", s.bodies[i])
			}
		}
		if len(tokens) != 3 {
			t.Errorf("%d tries with %d tokens", len(s.requests), len(tokens))
		}
	})
}
