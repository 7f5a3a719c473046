package wps_test

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/e2e/observe"
	"github.com/wpsgen/wpsgen/internal/vectors"
	wps "github.com/wpsgen/wpsgen/runtime"
)

// replyVector is what a handler answers the Functions host with, and what the service sees then.
type replyVector struct {
	returnVector
	ID          string
	Response    json.RawMessage
	ServiceSees json.RawMessage `json:"service_sees"`
}

// TestHostReplyVectors has functions answer through the host what handlers answer it. What the host takes
// for something else on its way, the runtime writes so that it does not.
func TestHostReplyVectors(t *testing.T) {
	for _, v := range vectors.Load[*replyVector](t, "host/replies-webpubsub-trigger.json") {
		t.Run(v.ID, func(t *testing.T) {
			v.Returned = vectors.Decode[struct{ ReturnValue json.RawMessage }](t, v.Response).ReturnValue
			if !strings.HasPrefix(string(v.Returned), "{") && !strings.HasPrefix(string(v.Returned), "[") {
				v.Returned = nil // to the extension, a value that is no JSON is no reply
			}
			base := behindHost(t, v.functions(), v.functionJSON(t), nil)
			v.check(t, fetch(t, v.request(t, base)))
		})
	}
}

// asReturn is the vector as one of returns.json, with what the runtime does otherwise.
func (v *replyVector) asReturn(t *testing.T) *vectors.Case {
	t.Helper()
	c := &vectors.Case{File: vectors.FileReturns, Expected: vectors.Decode[map[string]json.RawMessage](t, v.ServiceSees)}
	c.Members = map[string]json.RawMessage{"event": encode(t, v.Event), "returned": v.Returned}
	if body, ok := c.Expected["body"]; ok {
		delete(c.Expected, "body")
		name := "bodyJSON"
		if strings.HasPrefix(string(body), `"`) {
			name = "bodyText"
		}
		c.Expected[name] = body
	}
	c.Apply()
	return c
}

func (v *replyVector) check(t *testing.T, got *observe.Response) {
	t.Helper()
	data := vectors.Decode[struct{ Data json.RawMessage }](t, orObject(v.Returned)).Data
	var text string
	if json.Unmarshal(data, &text) == nil && wps.LooksLikeDate(text) { // data that the host takes for a date
		if got.Status != http.StatusOK || string(got.Body) != text {
			t.Errorf("%d %s, want %s", got.Status, got.Body, text)
		}
		return
	}
	checks := got.Checks()
	checks["bodyHex"] = func(t testing.TB, want json.RawMessage) {
		if got := hex.EncodeToString(got.Body); got != vectors.Text(t, want) {
			t.Errorf("body %s, want %s", got, want)
		}
	}
	checks["states"] = func(t testing.TB, want json.RawMessage) {
		states := make(map[string]json.RawMessage)
		for key, text := range observe.States(t, got.Header.Get("ce-connectionState")) {
			states[key] = json.RawMessage(text)
		}
		if err := vectors.Same(want, encode(t, states)); err != nil {
			t.Error(err)
		}
	}
	v.asReturn(t).Check(t, checks)
}

// orObject is a JSON object, or an empty one.
func orObject(raw json.RawMessage) json.RawMessage {
	if strings.HasPrefix(string(raw), "{") {
		return raw
	}
	return json.RawMessage("{}")
}

// TestHostFailureVectors: where a handler that fails leaves the service without an answer, a function that
// does is answered for.
func TestHostFailureVectors(t *testing.T) {
	var file struct{ Failures []*replyVector }
	vectors.Read(t, "host/replies-webpubsub-trigger.json", &file)
	for _, v := range file.Failures {
		for name, fail := range map[string]func() error{
			"error": func() error { return errors.New("secret") },
			"panic": func() error { panic("secret") },
		} {
			f := function("f", func(*wps.Invocation) error { return fail() }, v.trigger())
			got := fetch(t, v.request(t, behindHost(t, []wps.Function{f}, v.functionJSON(t), nil)))
			want, body := http.StatusInternalServerError, "The function failed."
			if v.Event != "connect" && v.Event != "user" {
				want, body = http.StatusOK, ""
			}
			if got.Status != want || string(got.Body) != body {
				t.Errorf("%s, %s: %d %s", v.ID, name, got.Status, got.Body)
			}
		}
	}
	vectors.Some(t, len(file.Failures), "failures")
}

// TestReadinessVectors: the host's probes are answered at once, whatever functions there are.
func TestReadinessVectors(t *testing.T) {
	var file struct {
		Readiness []struct {
			ID    string
			Probe struct{ Method, Path string }
		}
	}
	vectors.Read(t, "host/lifecycle.json", &file)
	vectors.Some(t, len(file.Readiness), "probes")
	front := newHostFront(t, nil)
	for _, v := range file.Readiness {
		if got := exchange(front, httptest.NewRequest(v.Probe.Method, v.Probe.Path, nil)); got.Status != http.StatusOK {
			t.Errorf("%s: %d", v.ID, got.Status)
		}
	}
}
