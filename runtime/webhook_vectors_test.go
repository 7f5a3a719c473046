package wps

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

type requestVector struct {
	ID        string
	Settings  map[string]string
	Listeners []struct {
		Hub, EventType, EventName, ClientProtocols string
		Connections                                []string
		Connection                                 string
	}
	Request struct {
		Method, Path string
		Headers      [][2]string
		BodyBase64   string
	}
	FunctionReturns json.RawMessage
	Expected        struct {
		Status                  int
		Dispatched              bool
		DispatchedListenerIndex *int
		BodyText                *string
		Decoded                 map[string]json.RawMessage
	}
}

// otherwise are vectors this package answers in another way on purpose (DESIGN 4).
var otherwise = map[string]int{
	"req-disconnected-body-missing-reason": 400, // the extension fails on a missing member: 500
}

// laterRequests are vectors whose reply belongs to a later version.
var laterRequests = map[string]string{
	"req-mqtt-connect-err500": "MQTT replies",
}

func TestRequestVectors(t *testing.T) {
	for _, v := range loadVectors[requestVector](t, "requests.json") {
		t.Run(v.ID, func(t *testing.T) {
			if why := laterRequests[v.ID]; why != "" {
				t.Skip(why + ": a later version")
			}
			if status, ok := otherwise[v.ID]; ok {
				v.Expected.Status = status
			}
			runRequestVector(t, v)
		})
	}
}

func runRequestVector(t *testing.T, v requestVector) {
	seen := -1
	var decoded map[string]string
	var functions []Function
	for i, l := range v.Listeners {
		functions = append(functions, Function{Name: fmt.Sprintf("f%d", i), Bindings: []Binding{WebPubSubTrigger{
			Hub: l.Hub, EventType: l.EventType, EventName: l.EventName, ClientProtocols: l.ClientProtocols,
			Connections: l.Connections, Connection: l.Connection,
			// A trigger without any connection accepts everything in the extension; here it must say so.
			Unsigned: unprotected(v.Settings),
		}}, Handler: handler(func(inv *Invocation) error {
			seen = i
			decoded = map[string]string{"data": string(inv.Data()), "dataType": capitalised(string(inv.DataType()))}
			if inv.event.kind == kindDisconnected {
				decoded["reason"] = inv.DisconnectedEventRequest().Reason
			}
			return nil
		})})
	}
	app, err := New(functions, WithSettings(v.Settings), silent())
	if err != nil {
		t.Fatal(err)
	}
	w := serve(app, v.request(t))
	if w.Code != v.Expected.Status {
		t.Errorf("status %d, want %d", w.Code, v.Expected.Status)
	}
	if v.Expected.BodyText != nil && w.Body.String() != *v.Expected.BodyText {
		t.Errorf("body %q, want %q", w.Body, *v.Expected.BodyText)
	}
	if dispatched := seen >= 0; dispatched != v.Expected.Dispatched {
		t.Errorf("dispatched = %v, want %v", dispatched, v.Expected.Dispatched)
	}
	if want := v.Expected.DispatchedListenerIndex; want != nil && seen != *want {
		t.Errorf("listener %d, want %d", seen, *want)
	}
	v.checkDecoded(t, decoded)
}

// unprotected reports whether no setting holds a key.
func unprotected(settings map[string]string) bool {
	for _, value := range settings {
		if strings.Contains(value, "AccessKey=") {
			return false
		}
	}
	return true
}

func (v requestVector) request(t *testing.T) *http.Request {
	t.Helper()
	body, err := base64.StdEncoding.DecodeString(v.Request.BodyBase64)
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(v.Request.Method, v.Request.Path, bytes.NewReader(body))
	for _, h := range v.Request.Headers {
		r.Header.Add(h[0], h[1])
	}
	return r
}

// checkDecoded compares what this package decodes; members of MQTT events belong to a later version.
func (v requestVector) checkDecoded(t *testing.T, got map[string]string) {
	t.Helper()
	for _, name := range []string{"data", "dataType", "reason"} {
		raw, ok := v.Expected.Decoded[name]
		if !ok {
			continue
		}
		var want string
		if err := json.Unmarshal(raw, &want); err != nil {
			t.Fatal(err)
		}
		if got[name] != want {
			t.Errorf("%s %q, want %q", name, got[name], want)
		}
	}
}

func TestPreflightVectors(t *testing.T) {
	for _, v := range loadVectors[struct {
		ID, Surface, Method string
		OriginHeaderLines   []string
		Listeners           [][]accessVector
		Expected            struct {
			Status  int
			Headers map[string]string
		}
	}](t, "preflight.json") {
		t.Run(v.ID, func(t *testing.T) {
			if v.Surface != "trigger" {
				t.Skip("webPubSubContext: TestContextPreflightVectors")
			}
			app := &App{config: newConfig([]Option{defaults(), silent()})}
			for _, accesses := range v.Listeners {
				v, _, err := resolve(accesses)
				if err != nil {
					t.Fatal(err)
				}
				app.listeners = append(app.listeners, &boundFunction{verifier: v})
			}
			r := httptest.NewRequest(v.Method, "/runtime/webhooks/webpubsub", nil)
			for _, line := range v.OriginHeaderLines {
				r.Header.Add("WebHook-Request-Origin", line)
			}
			w := serve(app, r)
			want := v.Expected.Status
			if len(v.OriginHeaderLines) == 0 {
				want = 400 // the extension fails with 500
			}
			if w.Code != want || w.Header().Get("WebHook-Allowed-Origin") != v.Expected.Headers["WebHook-Allowed-Origin"] {
				t.Errorf("%d, allowed origin %q, want %d, %q", w.Code, w.Header().Get("WebHook-Allowed-Origin"), want, v.Expected.Headers["WebHook-Allowed-Origin"])
			}
		})
	}
}
