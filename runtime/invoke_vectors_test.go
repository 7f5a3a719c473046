package wps_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path"
	"strings"
	"testing"
	"time"

	"github.com/wpsgen/wpsgen/e2e/observe"
	"github.com/wpsgen/wpsgen/internal/vectors"
	wps "github.com/wpsgen/wpsgen/runtime"
)

// invokeVector is a call of the Functions host. One without a request is about the host alone.
type invokeVector struct {
	ID      string
	Binding struct {
		Type, Name, Route, Hub, EventType, EventName, DataType, ClientProtocols, UserID string
	}
	Request *struct {
		URL  string
		Body json.RawMessage
	}
	Payload *string `json:"payload_base64"`
}

// invocations are the calls in a file of vectors.
func invocations(t *testing.T, file string) []*invokeVector {
	t.Helper()
	var list []*invokeVector
	for _, v := range vectors.Load[*invokeVector](t, file) {
		if v.Request != nil {
			list = append(list, v)
		}
	}
	return list
}

func (v *invokeVector) function() string { return path.Base(v.Request.URL) }

func (v *invokeVector) data(t testing.TB) map[string]json.RawMessage {
	return vectors.Decode[struct{ Data map[string]json.RawMessage }](t, v.Request.Body).Data
}

// invoke calls a function of the bindings.
func (v *invokeVector) invoke(t *testing.T, call func(*wps.Invocation) error, bindings ...wps.Binding) hostAnswer {
	t.Helper()
	front := newHostFront(t, []wps.Function{function(v.function(), call, bindings...)}, wps.TrustClientPrincipal())
	return invoke(t, front, v.function(), v.Request.Body)
}

// hostRequest is an HTTP request as the host shows it.
type hostRequest struct {
	URL, Method string
	Headers     http.Header
	Params      map[string]any
	Body        *string
}

func TestInvokeHTTPVectors(t *testing.T) {
	for _, v := range invocations(t, "host/invoke-http.json") {
		t.Run(v.ID, func(t *testing.T) {
			name := v.Binding.Name
			if name == "" {
				name = "req"
			}
			var r *http.Request
			var body []byte
			answer := v.invoke(t, func(inv *wps.Invocation) (err error) {
				r = inv.Request()
				body, err = io.ReadAll(r.Body)
				return err
			}, wps.HTTPTrigger{Name: name, Route: v.Binding.Route}, wps.HTTPOutput{Name: "res"})
			if err := vectors.Subset(json.RawMessage(`{"statusCode":200}`), answer.Outputs["res"]); err != nil {
				t.Fatal(err)
			}
			want := vectors.Decode[hostRequest](t, v.data(t)[name])
			want.check(t, r, body)
		})
	}
}

// check compares a request that a function got with the host's.
func (want *hostRequest) check(t *testing.T, r *http.Request, body []byte) {
	t.Helper()
	u, err := url.Parse(want.URL)
	if err != nil {
		t.Fatal(err)
	}
	if r.Method != want.Method || r.URL.String() != u.RequestURI() || r.RequestURI != u.RequestURI() {
		t.Errorf("%s %s, want %s %s", r.Method, r.URL, want.Method, want.URL)
	}
	header := make(http.Header)
	for name, lines := range want.Headers {
		for _, line := range lines {
			header.Add(name, line)
		}
	}
	if host := header.Get("Host"); host != "" && r.Host != host {
		t.Errorf("host %s, want %s", r.Host, host)
	}
	header.Del("Host")
	if err := vectors.Same(encode(t, header), encode(t, r.Header)); err != nil {
		t.Errorf("headers: %v", err)
	}
	for name, value := range want.Params {
		if got := r.PathValue(name); value == nil && got != "" || value != nil && got != fmt.Sprint(value) {
			t.Errorf("{%s} is %q, want %v", name, got, value)
		}
	}
	if got := string(want.content(t)); string(body) != got {
		t.Errorf("body %q, want %q", body, got)
	}
}

// content is the body: text, but base64 of octets and of several parts.
func (want *hostRequest) content(t *testing.T) []byte {
	t.Helper()
	if want.Body == nil {
		return nil
	}
	mediaType := ""
	for name, lines := range want.Headers {
		if strings.EqualFold(name, "Content-Type") {
			mediaType = strings.ToLower(lines[0])
		}
	}
	if !strings.HasPrefix(mediaType, "application/octet-stream") && !strings.HasPrefix(mediaType, "multipart/") {
		return []byte(*want.Body)
	}
	content, err := base64.StdEncoding.DecodeString(*want.Body)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func TestInvokeTimerVectors(t *testing.T) {
	for _, v := range invocations(t, "host/invoke-timer.json") {
		t.Run(v.ID, func(t *testing.T) {
			name := v.Binding.Name
			if name == "" {
				name = "timer"
			}
			var info *wps.TimerInfo
			v.invoke(t, func(inv *wps.Invocation) error { info = inv.TimerInfo(); return nil }, wps.TimerTrigger{Name: name, Schedule: "0 */5 * * * *"})
			want := vectors.Decode[struct {
				Schedule       struct{ AdjustForDST bool }
				ScheduleStatus *struct{ Last, LastUpdated, Next string }
				IsPastDue      bool
			}](t, v.data(t)[name])
			if info.IsPastDue != want.IsPastDue || info.Schedule.AdjustForDST != want.Schedule.AdjustForDST || (info.ScheduleStatus == nil) != (want.ScheduleStatus == nil) {
				t.Errorf("%+v, want %+v", info, want)
			}
			if got, want := info.ScheduleStatus, want.ScheduleStatus; want != nil {
				checkTimes(t, got.Last, want.Last)
				checkTimes(t, got.LastUpdated, want.LastUpdated)
				checkTimes(t, got.Next, want.Next)
			}
		})
	}
}

// checkTimes compares a time with the host's text; the first day there is means that there was none.
func checkTimes(t *testing.T, got time.Time, want string) {
	t.Helper()
	if strings.HasPrefix(want, "0001-01-01T00:00:00") {
		if !got.IsZero() {
			t.Errorf("%s, want no time", got)
		}
		return
	}
	at, err := time.Parse(time.RFC3339Nano, want)
	if err != nil {
		at, err = time.Parse("2006-01-02T15:04:05.999999999", want)
	}
	if err != nil || !got.Equal(at) {
		t.Errorf("%s, want %s: %v", got, want, err)
	}
}

func TestScheduleVectors(t *testing.T) {
	var file struct {
		Schedules []struct {
			Schedule string
			Accepted bool
		}
	}
	vectors.Read(t, "host/invoke-timer.json", &file)
	vectors.Some(t, len(file.Schedules), "schedules")
	for _, s := range file.Schedules {
		f := function("tick", nothing, wps.TimerTrigger{Name: "timer", Schedule: s.Schedule})
		_, err := wps.New([]wps.Function{f}, silent(), wps.WithSettings(map[string]string{strings.Trim(s.Schedule, "%"): "0 */5 * * * *"}))
		if (err == nil) != s.Accepted {
			t.Errorf("%q: %v, accepted %t", s.Schedule, err, s.Accepted)
		}
	}
}

// TestInvokeTriggerVectors holds what a function sees against the event's request, which the host hands
// over beside the trigger's value, and the payload's own bytes.
func TestInvokeTriggerVectors(t *testing.T) {
	for _, v := range invocations(t, "host/invoke-webpubsub-trigger.json") {
		t.Run(v.ID, func(t *testing.T) {
			b := v.Binding
			trigger := wps.WebPubSubTrigger{Name: b.Name, Hub: b.Hub, EventType: b.EventType, EventName: b.EventName, ClientProtocols: b.ClientProtocols}
			var seen json.RawMessage
			answer := v.invoke(t, func(inv *wps.Invocation) error { seen = observe.Event(inv); return nil }, trigger)
			if v.shadowed(t) {
				if seen != nil || !strings.Contains(string(answer.ReturnValue), `"serverError"`) {
					t.Errorf("a function saw %s, and %s was answered", seen, answer.ReturnValue)
				}
				return
			}
			request := vectors.Decode[struct{ Metadata map[string]json.RawMessage }](t, v.Request.Body).Metadata["Request"]
			if request == nil { // an event without a type
				request = json.RawMessage(`{"request":null}`)
			}
			want := vectors.Decode[map[string]any](t, request)
			if payload, exact := v.payload(t); exact {
				want["data"], want["dataBytes"] = string(payload), payload
			}
			observe.CheckEvent(t, seen, encode(t, want))
		})
	}
}

// payload are the bytes that a function gets where the binding's value is the payload; everywhere else they
// are the request's text.
func (v *invokeVector) payload(t *testing.T) (payload []byte, exact bool) {
	t.Helper()
	if v.Payload == nil || !strings.EqualFold(v.Binding.Name, "data") || !strings.EqualFold(v.Binding.DataType, "binary") {
		return nil, false
	}
	payload, err := base64.StdEncoding.DecodeString(*v.Payload)
	if err != nil {
		t.Fatal(err)
	}
	return payload, true
}

// shadowed reports whether a payload that is no bytes to the host has a member that replaces the request.
func (v *invokeVector) shadowed(t *testing.T) bool {
	t.Helper()
	if v.Payload == nil || !strings.EqualFold(v.Binding.Name, "data") || strings.EqualFold(v.Binding.DataType, "binary") {
		return false
	}
	payload, err := base64.StdEncoding.DecodeString(*v.Payload)
	if err != nil {
		t.Fatal(err)
	}
	var members map[string]json.RawMessage
	if json.Unmarshal(payload, &members) != nil {
		return false
	}
	for name, value := range members {
		if left := strings.HasPrefix(string(value), "[") || string(value) == "null"; strings.EqualFold(name, "request") && !left {
			return true
		}
	}
	return false
}

// TestInvokeInputVectors hands over connections and contexts.
func TestInvokeInputVectors(t *testing.T) {
	for _, v := range invocations(t, "host/invoke-webpubsub-inputs.json") {
		t.Run(v.ID, func(t *testing.T) {
			for name, value := range v.data(t) {
				switch {
				case name == "req":
				case strings.HasPrefix(string(value), "{"):
					v.checkConnection(t, name, value)
				default:
					v.checkContext(t, name, value)
				}
			}
		})
	}
}

func (v *invokeVector) checkConnection(t *testing.T, name string, want json.RawMessage) {
	t.Helper()
	var got wps.Connection
	v.invoke(t, func(inv *wps.Invocation) error { got = inv.Connection(name); return nil },
		wps.HTTPTrigger{Name: "req"}, wps.HTTPOutput{Name: "res"}, wps.WebPubSubConnection{Name: name, Hub: "chat"})
	if err := vectors.Same(want, encode(t, got)); err != nil {
		t.Error(err)
	}
}

// checkContext wants an event to reach the function, and anything else to be answered as the host says.
func (v *invokeVector) checkContext(t *testing.T, name string, value json.RawMessage) {
	t.Helper()
	var text string
	if err := json.Unmarshal(value, &text); err != nil {
		t.Fatal(err)
	}
	if inner := ""; json.Unmarshal([]byte(text), &inner) == nil {
		text = inner
	}
	doc := vectors.Decode[struct {
		Request  json.RawMessage
		Response struct {
			Body    *string
			Status  int
			Headers map[string][]string
		}
		HasError, IsPreflight bool
	}](t, json.RawMessage(text))
	var seen json.RawMessage
	answer := v.invoke(t, func(inv *wps.Invocation) error { seen = observe.Event(inv); return nil },
		wps.HTTPTrigger{Name: "req"}, wps.HTTPOutput{Name: "res"}, wps.WebPubSubContext{Name: name})
	if !doc.HasError && !doc.IsPreflight {
		if len(doc.Request) > 0 {
			observe.CheckEvent(t, seen, doc.Request)
		}
		return
	}
	headers := make(map[string]string)
	for name, lines := range doc.Response.Headers {
		headers[name] = strings.Join(lines, ", ")
	}
	want := map[string]any{"statusCode": doc.Response.Status, "headers": headers, "body": ""}
	if doc.Response.Body != nil {
		want["body"] = *doc.Response.Body
	}
	if err := vectors.FoldSubset(encode(t, want), answer.Outputs["res"]); err != nil || seen != nil {
		t.Errorf("%v; a function saw %s", err, seen)
	}
}
