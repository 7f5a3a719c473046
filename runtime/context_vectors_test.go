package wps_test

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/e2e/observe"
	"github.com/wpsgen/wpsgen/internal/vectors"
	wps "github.com/wpsgen/wpsgen/runtime"
)

type contextVector struct {
	*vectors.Case
	Request *struct {
		Method, URL, BodyBase64 string
		Headers                 [][2]string
	}
	Accesses []access
}

// TestContextVectors sends requests to an event handler. Those without a request show the JSON that the
// Functions host makes of one, and go through its envelope.
func TestContextVectors(t *testing.T) {
	for _, c := range vectors.Cases(t, vectors.FileContext) {
		v := &contextVector{Case: c}
		c.Decode(t, v)
		t.Run(c.ID, func(t *testing.T) {
			switch {
			case v.Refused:
				_, err := wps.New([]wps.Function{function("hook", nothing, wps.TimerTrigger{Schedule: "0 * * * * *"}, wps.WebPubSubContext{Unsigned: true})}, silent())
				if err == nil || !strings.Contains(err.Error(), "an httpTrigger must bring the requests") {
					t.Errorf("error %v", err)
				}
			case v.Request != nil:
				v.checkRequest(t)
			default:
				c.Check(t, observe.Checks{"json": checkContextJSON})
			}
		})
	}
}

func (v *contextVector) checkRequest(t *testing.T) {
	var seen json.RawMessage
	app := hook(t, v.Accesses, func(inv *wps.Invocation) error { seen = observe.Event(inv); return nil })
	body, err := base64.StdEncoding.DecodeString(v.Request.BodyBase64)
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(v.Request.URL)
	if err != nil {
		t.Fatal(err)
	}
	u.Path = "/api/hook"
	r, err := http.NewRequestWithContext(t.Context(), v.Request.Method, u.String(), strings.NewReader(string(body)))
	if err != nil {
		t.Fatal(err)
	}
	observe.SetHeaders(r, v.Request.Headers)
	got := exchange(app, r)
	called := seen != nil
	v.Check(t, observe.Checks{
		"isPreflight": func(t testing.TB, want json.RawMessage) {
			if is := !called && len(got.Body) == 0; is != vectors.Decode[bool](t, want) {
				t.Errorf("preflight %t, want %s", is, want)
			}
		},
		"hasError": func(t testing.TB, want json.RawMessage) {
			if is := !called && len(got.Body) > 0; is != vectors.Decode[bool](t, want) {
				t.Errorf("error %t, want %s: %s", is, want, got.Body)
			}
		},
		"errorMessage": func(t testing.TB, want json.RawMessage) {
			if message := vectors.Decode[*string](t, want); message != nil && string(got.Body) != *message || message == nil && !called && len(got.Body) > 0 {
				t.Errorf("error %q, want %s", got.Body, want)
			}
		},
		"request": func(t testing.TB, want json.RawMessage) { checkContextRequest(t, seen, got, want) },
		"requestKind": func(t testing.TB, want json.RawMessage) {
			if kind := vectors.Text(t, want); kind != "preflight" {
				checkKind(t, seen, kind)
			} else if called || len(got.Body) > 0 {
				t.Errorf("no preflight: %s, and a function saw %s", got.Body, seen)
			}
		},
		"response": func(t testing.TB, want json.RawMessage) { checkContextResponse(t, got, want) },
	})
}

// checkContextRequest compares what the function saw, or for a preflight, whether it is answered as valid.
func checkContextRequest(t testing.TB, seen json.RawMessage, got *observe.Response, want json.RawMessage) {
	t.Helper()
	var preflight struct{ IsValid *bool }
	switch {
	case string(want) == `"`+vectors.Absent+`"` || string(want) == "null":
		if seen != nil {
			observe.CheckEvent(t, seen, json.RawMessage(`{"request":null}`))
		}
	case json.Unmarshal(want, &preflight) == nil && preflight.IsValid != nil:
		if valid := got.Header.Get("WebHook-Allowed-Origin") == "*"; valid != *preflight.IsValid || seen != nil {
			t.Errorf("valid %t, want %s; a function saw %s", valid, want, seen)
		}
	default:
		observe.CheckEvent(t, seen, want)
	}
}

// checkKind wants the event's request to have the members of a kind's.
func checkKind(t testing.TB, seen json.RawMessage, kind string) {
	t.Helper()
	context := map[string]string{"eventType": "System", "eventName": kind}
	if kind == "user" {
		context = map[string]string{"eventType": "User"}
	}
	observe.CheckEvent(t, seen, encode(t, map[string]any{"request": map[string]any{"connectionContext": context}}))
}

func checkContextResponse(t testing.TB, got *observe.Response, want json.RawMessage) {
	t.Helper()
	checks := got.Checks()
	checks["body"] = checks["bodyText"]
	checks["headers"] = func(t testing.TB, want json.RawMessage) {
		for name, values := range vectors.Decode[map[string][]string](t, want) {
			if lines := got.Header.Values(name); strings.Join(lines, ",") != strings.Join(values, ",") {
				t.Errorf("header %s: %q, want %q", name, lines, values)
			}
		}
	}
	vectors.Check(t, want, checks)
}

// checkContextJSON hands a context over in the envelope. The vector shows a part of it, and in it the
// request of an event that no service sent: the rest is added.
func checkContextJSON(t testing.TB, want json.RawMessage) {
	doc := vectors.Decode[map[string]any](t, want)
	if doc["response"] == nil {
		doc["response"] = map[string]any{"body": "", "status": http.StatusOK, "headers": map[string]any{}}
	}
	request, isEvent := doc["request"].(map[string]any)
	isEvent = isEvent && doc["isPreflight"] != true && doc["hasError"] != true
	if isEvent && request["connectionContext"] == nil {
		request["connectionContext"] = contextOf(request)
	}
	var seen json.RawMessage
	f := function("hook", func(inv *wps.Invocation) error { seen = observe.Event(inv); return nil },
		wps.HTTPTrigger{Name: "req"}, wps.HTTPOutput{Name: "res"}, wps.WebPubSubContext{Name: "wps"})
	front, err := wps.NewHostFront([]wps.Function{f}, silent())
	if err != nil {
		t.Fatal(err)
	}
	got := invoke(t, front, "hook", encode(t, map[string]any{"Data": map[string]any{
		"req": map[string]any{"Url": "http://app.example/api/hook", "Method": "POST", "Headers": map[string]any{}},
		"wps": string(encode(t, string(encode(t, doc)))),
	}}))
	if isEvent {
		observe.CheckEvent(t, seen, encode(t, request))
		return
	}
	if seen != nil {
		t.Errorf("a function saw %s", seen)
	}
	response := doc["response"].(map[string]any)
	if err := vectors.Subset(encode(t, map[string]any{"statusCode": response["status"]}), got.Outputs["res"]); err != nil {
		t.Errorf("the answer: %v", err)
	}
}

// contextOf is the connection context of an event request, by its members.
func contextOf(request map[string]any) map[string]any {
	has := func(name string) bool { _, ok := request[name]; return ok }
	switch {
	case has("dataType"):
		return map[string]any{"eventType": "User", "eventName": "message"}
	case has("claims") || has("subprotocols"):
		return map[string]any{"eventType": "System", "eventName": "connect"}
	case has("reason"):
		return map[string]any{"eventType": "System", "eventName": "disconnected"}
	}
	return map[string]any{"eventType": "System", "eventName": "connected"}
}
