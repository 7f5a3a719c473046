package wps

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

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

// silence never answers.
type silence struct{ requests int }

func (s *silence) RoundTrip(r *http.Request) (*http.Response, error) {
	s.requests++
	<-r.Context().Done()
	return nil, context.Cause(r.Context())
}

// TestTriesTakeNoLonger than the client's timeout, and the call no longer than its context.
func TestTriesTakeNoLonger(t *testing.T) {
	for _, c := range []struct {
		name    string
		action  Action
		timeout time.Duration // of the context
		tries   int
		passed  time.Duration
		want    error
	}{
		{"send", sendX, time.Hour, 1, 2 * time.Second, errTimeout},
		{"put", AddUserToGroup{UserID: "u", Group: "g"}, time.Hour, 2, 5 * time.Second, errTimeout},
		{"context", AddUserToGroup{UserID: "u", Group: "g"}, time.Second, 1, time.Second, context.DeadlineExceeded},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s, begin := &silence{}, time.Now()
				client, err := NewServiceClient(testConnection, "chat", WithHTTPClient(&http.Client{Transport: s, Timeout: 2 * time.Second}),
					WithRetry(RetryOptions{MaxRetries: 1, BaseDelay: time.Minute, MaxDelay: time.Second}))
				if err != nil {
					t.Fatal(err)
				}
				ctx, cancel := context.WithTimeout(t.Context(), c.timeout)
				defer cancel()
				if err := client.Do(ctx, c.action); !errors.Is(err, c.want) || s.requests != c.tries || time.Since(begin) != c.passed {
					t.Errorf("%d tries, %v: %v", s.requests, time.Since(begin), err)
				}
			})
		})
	}
}

// TestTimeouts holds what net/http really says when a try takes too long.
func TestTimeouts(t *testing.T) {
	stub := newRESTStub(t)
	gone := make(chan struct{})
	stub.answer = func(_ http.ResponseWriter, r *http.Request) bool {
		<-gone
		return true
	}
	defer close(gone)
	slow := stub.Client()
	slow.Timeout = 20 * time.Millisecond
	client, err := NewServiceClient(stub.connection(), "chat", WithHTTPClient(slow))
	if err != nil {
		t.Fatal(err)
	}
	wantError(t, client.Do(t.Context(), sendX), "SendToAll: no answer from "+stub.URL+": the service took too long")
}
