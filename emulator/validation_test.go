package emulator

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// scriptedUpstream answers requests from a function and counts them.
func scriptedUpstream(answer func(*http.Request) (*http.Response, error)) (*upstream, *[]string) {
	e := &Emulator{log: slog.New(slog.DiscardHandler), key: DefaultAccessKey, ctx: context.Background()}
	u := newUpstream(e, nil)
	u.origin = "127.0.0.1"
	var seen []string
	u.client.Transport = roundTrip(func(r *http.Request) (*http.Response, error) {
		seen = append(seen, r.Method+" "+r.URL.String()+" "+r.Header.Get("WebHook-Request-Origin")+" "+r.Header.Get("ce-awpsversion"))
		return answer(r)
	})
	return u, &seen
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func answerWith(status int, allowed ...string) *http.Response {
	h := http.Header{}
	for _, a := range allowed {
		h.Add("WebHook-Allowed-Origin", a)
	}
	return &http.Response{StatusCode: status, Header: h, Body: io.NopCloser(strings.NewReader(""))}
}

func TestValidate(t *testing.T) {
	tests := []struct {
		name    string
		options *http.Response
		get     *http.Response
		ok      bool
	}{
		{"star", answerWith(200, "*"), nil, true},
		{"host", answerWith(204, "127.0.0.1"), nil, true},
		{"host with port", answerWith(200, "127.0.0.1:8080"), nil, true},
		{"list", answerWith(200, "a, 127.0.0.1"), nil, true},
		{"several headers", answerWith(200, "a", "*"), nil, true},
		{"other host", answerWith(200, "a"), nil, false},
		{"host as prefix", answerWith(200, "127.0.0.10"), nil, false},
		{"no header", answerWith(200), nil, false},
		{"refused", answerWith(400, "*"), nil, false},
		{"404, then good", answerWith(404), answerWith(200, "*"), true},
		{"404, then 404", answerWith(404), answerWith(404, "*"), false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			u, seen := scriptedUpstream(func(r *http.Request) (*http.Response, error) {
				if r.Method == http.MethodGet {
					return tt.get, nil
				}
				return tt.options, nil
			})
			err := u.validate("http://h/e?code=hush")
			if (err == nil) != tt.ok {
				t.Errorf("error %v", err)
			}
			if err != nil && strings.Contains(err.Error(), "hush") {
				t.Errorf("%v shows the query", err)
			}
			if want := "OPTIONS http://h/e?code=hush 127.0.0.1 1.0"; (*seen)[0] != want {
				t.Errorf("request %s", (*seen)[0])
			}
			if want := map[bool]int{true: 2, false: 1}[tt.get != nil]; len(*seen) != want {
				t.Errorf("requests %v", *seen)
			}
		})
	}
}

// TestValidationIsRemembered: asked once, renewed in the background after a minute; a refusal counts
// for a second.
func TestValidationIsRemembered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		down := false
		u, seen := scriptedUpstream(func(*http.Request) (*http.Response, error) {
			if down {
				return nil, errors.New("down")
			}
			return answerWith(200, "*"), nil
		})
		v := newValidations()
		steps := []struct {
			wait time.Duration
			down bool
			ok   bool
			asks int // so far, when the background has come to rest
		}{
			{0, false, true, 1},
			{59 * time.Second, false, true, 1},
			{time.Second, true, true, 2}, // the last answer still counts while it is renewed
			{0, true, false, 2},
			{time.Second, true, false, 3},
			{500 * time.Millisecond, false, false, 3},
			{500 * time.Millisecond, false, true, 4},
		}
		for i, step := range steps {
			time.Sleep(step.wait)
			down = step.down
			err := v.check(u, "http://h/e")
			synctest.Wait()
			if (err == nil) != step.ok || len(*seen) != step.asks {
				t.Errorf("step %d: error %v, %d requests", i, err, len(*seen))
			}
		}
	})
}
