package wps

import (
	"context"
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

// TestWaits checks how long is waited between tries, in seconds.
func TestWaits(t *testing.T) {
	http429 := func(header string) answered { return answered{status: 429, header: header} }
	inAWhile := func(d time.Duration) string { return time.Now().Add(d).UTC().Format(http.TimeFormat) }
	for _, c := range []struct {
		name  string
		reply func() answered
		retry RetryOptions
		waits [][2]float64 // least and most
	}{
		{"by default", func() answered { return http429("") }, RetryOptions{}, [][2]float64{{0.64, 1.04}, {1.28, 2.08}, {2.56, 4.16}}},
		{"bounded", func() answered { return http429("") }, RetryOptions{BaseDelay: 10 * time.Second, MaxDelay: 12 * time.Second, MaxRetries: 2}, [][2]float64{{8, 12}, {12, 12}}},
		{"many", func() answered { return http429("") }, RetryOptions{BaseDelay: 60 * time.Second, MaxRetries: 1}, [][2]float64{{48, 60}}},
		{"seconds", func() answered { return http429("Retry-After: 7") }, RetryOptions{}, [][2]float64{{7, 7}, {7, 7}, {7, 7}}},
		{"milliseconds", func() answered { return http429("retry-after-ms: 70") }, RetryOptions{MaxRetries: 1}, [][2]float64{{0.07, 0.07}}},
		{"milliseconds of the service", func() answered { return http429("x-ms-retry-after-ms: 90") }, RetryOptions{MaxRetries: 1}, [][2]float64{{0.09, 0.09}}},
		{"date", func() answered { return http429("Retry-After: " + inAWhile(5*time.Second)) }, RetryOptions{MaxRetries: 1}, [][2]float64{{5, 5}}},
		{"date gone by", func() answered { return http429("Retry-After: " + inAWhile(-time.Hour)) }, RetryOptions{MaxRetries: 1}, [][2]float64{{0.64, 1.04}}},
		{"nonsense", func() answered { return http429("Retry-After: soon") }, RetryOptions{MaxRetries: 1}, [][2]float64{{0.64, 1.04}}},
		{"longer than may be", func() answered { return http429("Retry-After: 61") }, RetryOptions{}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := &script{replies: []answered{c.reply()}}
				_ = s.client(t, WithRetry(c.retry)).Do(t.Context(), SendToAll{Data: Text("x")})
				if len(s.at) != len(c.waits)+1 {
					t.Fatalf("tries at %v, want %d", s.at, len(c.waits)+1)
				}
				for i, want := range c.waits {
					if wait := (s.at[i+1] - s.at[i]).Seconds(); wait < want[0] || wait > want[1] {
						t.Errorf("wait %d is %v s, want %v", i+1, wait, want)
					}
				}
			})
		})
	}
}

// TestRetriesEndWithTheContext: a wait ends at once, and one that the deadline would cut short does not begin.
func TestRetriesEndWithTheContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &script{replies: []answered{{status: 429, header: "Retry-After: 10"}}}
		client := s.client(t)
		ctx, cancel := context.WithTimeout(t.Context(), 15*time.Second)
		defer cancel()
		err := client.Do(ctx, SendToAll{Data: Text("x")})
		wantError(t, err, "429", "after 2 tries")
		if passed := time.Since(s.start); passed != 10*time.Second || errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("after %v: %v", passed, err)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		s := &script{replies: []answered{{status: 429, header: "Retry-After: 10"}}}
		client := s.client(t)
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(4*time.Second, cancel)
		err := client.Do(ctx, SendToAll{Data: Text("x")})
		var refused *ServiceError
		if passed := time.Since(s.start); passed != 4*time.Second || !errors.Is(err, context.Canceled) || !errors.As(err, &refused) {
			t.Errorf("after %v: %v", passed, err)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		s := &script{replies: []answered{{err: errBroken}}}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := s.client(t).Do(ctx, AddUserToGroup{UserID: "u", Group: "g"}); err == nil || len(s.requests) > 1 {
			t.Errorf("%d tries: %v", len(s.requests), err)
		}
	})
}

// TestDialErrorsAreUnsent holds what net/http really says against what retries take it for.
func TestDialErrorsAreUnsent(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	client, err := NewServiceClient("Endpoint=http://"+l.Addr().String()+";AccessKey="+testKey, "chat",
		WithRetry(RetryOptions{MaxRetries: 2, BaseDelay: time.Millisecond}))
	if err != nil {
		t.Fatal(err)
	}
	err = client.Do(t.Context(), SendToAll{Data: Text("x"), Filter: "userId eq 'ann'"})
	wantError(t, err, "SendToAll: no answer from http://127.0.0.1", "after 3 tries", "dial tcp")
	if err != nil && strings.Contains(err.Error(), "ann") {
		t.Errorf("the error shows the query: %v", err)
	}
}
