package emulator

import (
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// script is a transport that answers one request after the other: with a status, or with an error for
// 0. Validations are let through.
type script struct {
	statuses []int
	hang     bool // answers nothing until the request ends
	begin    time.Time
	at       []time.Duration // when the requests came
	sent     []string        // ce-id, client request id and body of each
}

func (s *script) RoundTrip(r *http.Request) (*http.Response, error) {
	resp := &http.Response{StatusCode: 200, Header: http.Header{"Webhook-Allowed-Origin": {"*"}}, Body: http.NoBody}
	if r.Method == http.MethodOptions {
		return resp, nil
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	s.at = append(s.at, time.Since(s.begin))
	s.sent = append(s.sent, strings.Join([]string{r.Header.Get("ce-id"), r.Header.Get("x-ms-client-request-id"), string(body)}, " "))
	if s.hang {
		<-r.Context().Done()
		return nil, r.Context().Err()
	}
	resp.StatusCode, s.statuses = s.statuses[0], s.statuses[1:]
	if resp.StatusCode == 0 {
		return nil, errors.New("connection refused")
	}
	return resp, nil
}

// exchangeWith sends a user event through the transport.
func exchangeWith(t *testing.T, transport *script, retry bool) (*reply, EventRecord, error) {
	t.Helper()
	options, err := Options{RetryEvents: retry}.withDefaults()
	if err != nil {
		t.Fatal(err)
	}
	e := &Emulator{log: options.Logger, key: options.AccessKey, options: options, ctx: context.Background()}
	var record EventRecord
	e.upstream = newUpstream(e, func(r EventRecord) { record = r })
	e.upstream.client.Transport = transport
	c := newConnection(e, newHub("chat"))
	settings, err := compileSettings(Hub{EventHandlers: []EventHandler{{URLTemplate: "http://app.test/", UserEventPattern: "*"}}})
	if err != nil {
		t.Fatal(err)
	}
	c.hub.settings.Store(settings)
	transport.begin = time.Now()
	answer, err := e.upstream.send(c.ctx, c, &event{name: "e", id: 2, payload: payload{data: []byte("hi")}})
	return answer, record, err
}

func TestRetries(t *testing.T) {
	s := time.Second
	tests := []struct {
		name     string
		retry    bool
		statuses []int
		at       []time.Duration
	}{
		{"off", false, []int{500}, []time.Duration{0}},
		{"success", true, []int{200}, []time.Duration{0}},
		{"the service's pauses", true, []int{500, 0, 408, 503}, []time.Duration{0, 1 * s, 4 * s, 9 * s}},
		{"better the second time", true, []int{502, 200}, []time.Duration{0, 1 * s}},
		{"the client's fault", true, []int{401}, []time.Duration{0}},
		{"too many requests", true, []int{429}, []time.Duration{0}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				transport := &script{statuses: tt.statuses}
				answer, record, err := exchangeWith(t, transport, tt.retry)
				if err != nil {
					t.Fatal(err)
				}
				last := tt.statuses[len(tt.statuses)-1]
				if answer.status != last || record.Status != last || record.Attempts != len(tt.at) {
					t.Errorf("answer %d, record %+v", answer.status, record)
				}
				if !slices.Equal(transport.at, tt.at) {
					t.Errorf("sent after %v, want %v", transport.at, tt.at)
				}
				if !strings.HasPrefix(transport.sent[0], "2 ") || !strings.HasSuffix(transport.sent[0], " hi") || len(slices.Compact(transport.sent)) != 1 {
					t.Errorf("sent %q", transport.sent)
				}
			})
		})
	}
}

// TestNoRetryAfterTimeout: a handler that hangs is left alone after the service's 100 seconds.
func TestNoRetryAfterTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		transport := &script{hang: true}
		begin := time.Now()
		_, record, err := exchangeWith(t, transport, true)
		if !errors.Is(err, context.DeadlineExceeded) || time.Since(begin) != 100*time.Second || record.Attempts != 1 {
			t.Errorf("after %v: %v, %+v", time.Since(begin), err, record)
		}
	})
}
