package wps

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

const hostGet = `{"Url":"http://localhost:7071/api/rooms/red?x=1&x=2","Method":"GET","Query":{"x":"1,2"},"Headers":{"Host":["app.example"],"X-Multi":["a","b"],` +
	`"x-ms-client-principal-id":["mallory"]},"Params":{"room":"red","id":null},"Identities":[]}`

func hostPost(contentType, body string) string {
	text, _ := json.Marshal(body)
	return fmt.Sprintf(`{"Url":"http://localhost/api/f","Method":"POST","Headers":{"Content-Type":[%q]},"Params":{},"Body":%s}`, contentType, text)
}

func TestEnvelopeRequest(t *testing.T) {
	var seen *http.Request
	var body string
	front := newFront(t, []Function{httpFunction("f", HTTPTrigger{Name: "req"}, func(inv *Invocation) error {
		seen = inv.Request()
		b, err := io.ReadAll(seen.Body)
		body = string(b)
		return err
	})})
	call := func(req string) {
		t.Helper()
		if status, answer := invoke(t, front, "f", `{"Data":{"req":`+req+`},"Metadata":{}}`); status != 200 || !strings.Contains(string(answer.Outputs["res"]), `"statusCode":200`) {
			t.Errorf("%d %s", status, answer.Outputs)
		}
	}
	call(hostGet)
	if seen.Method != "GET" || seen.URL.String() != "/api/rooms/red?x=1&x=2" || seen.RequestURI != seen.URL.String() || seen.Host != "app.example" ||
		seen.PathValue("room") != "red" || len(seen.Header["X-Multi"]) != 2 || seen.Header.Get("X-Ms-Client-Principal-Id") != "" || body != "" {
		t.Errorf("%s %s %s, headers %v, body %q", seen.Method, seen.URL, seen.Host, seen.Header, body)
	}
	call(strings.Replace(hostGet, `"room":"red"`, `"room":"null","n":5`, 1))
	if seen.PathValue("room") != "null" || seen.PathValue("n") != "5" || seen.PathValue("id") != "" {
		t.Errorf("route values %q, %q, %q", seen.PathValue("room"), seen.PathValue("n"), seen.PathValue("id"))
	}
	for _, c := range []struct{ contentType, sent, want string }{
		{"text/plain", "aGk=", "aGk="},
		{"application/octet-stream", "AP8=", "\x00\xff"},
		{"Multipart/form-data; boundary=x", "aGk=", "hi"},
		{"application/json", `{"a":1}`, `{"a":1}`},
	} {
		call(hostPost(c.contentType, c.sent))
		if body != c.want || seen.ContentLength != int64(len(c.want)) {
			t.Errorf("%s: body %q of %d bytes, want %q", c.contentType, body, seen.ContentLength, c.want)
		}
	}
}

func TestEnvelopeAnswer(t *testing.T) {
	for _, c := range []struct {
		name  string
		write func(http.ResponseWriter) error
		want  string
	}{
		{"nothing", func(http.ResponseWriter) error { return nil }, `{"statusCode":200,"headers":{},"body":""}`},
		{"text", func(w http.ResponseWriter) error {
			w.Header().Set("Content-Length", "2")
			w.WriteHeader(http.StatusEarlyHints)
			w.WriteHeader(201)
			io.WriteString(w, "hi")
			return nil
		}, `{"statusCode":201,"headers":{"Content-Type":"text/plain; charset=utf-8"},"body":"hi"}`},
		{"several values", func(w http.ResponseWriter) error {
			w.Header()["X-A"] = []string{"1", "2"}
			w.Header()["Set-Cookie"] = []string{"a=1", "b=2"}
			w.Header().Set("X-B", "1\r\nX-C: 2")
			return nil
		}, `{"statusCode":200,"headers":{"Set-Cookie":"a=1","X-A":"1, 2","X-B":"1  X-C: 2"},"body":""}`},
		{"dates", func(w http.ResponseWriter) error {
			w.Header().Set("Content-Type", "text/plain")
			w.Header().Set("X-At", "2026-08-22T10:00:00Z")
			io.WriteString(w, "2026-08-22T10:00:00Z")
			return nil
		}, `{"statusCode":200,"headers":{"Content-Type":"text/plain","X-At":" 2026-08-22T10:00:00Z"},"body":"2026-08-22T10:00:00Z\n"}`},
		{"octets", func(w http.ResponseWriter) error { w.Write([]byte{0xff}); return nil }, failedOutput},
		{"failed", func(http.ResponseWriter) error { return errors.New("secret") }, failedOutput},
		{"failed half way", func(w http.ResponseWriter) error { io.WriteString(w, "half"); return errors.New("secret") }, failedOutput},
		{"panicked", func(w http.ResponseWriter) error { panic("secret") }, failedOutput},
		{"broken off", func(w http.ResponseWriter) error { panic(http.ErrAbortHandler) }, failedOutput},
		{"refused", func(http.ResponseWriter) error { return Unauthorized("who?") },
			`{"statusCode":401,"headers":{"Content-Type":"text/plain; charset=utf-8","X-Content-Type-Options":"nosniff"},"body":"who?"}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := httpFunction("f", HTTPTrigger{Name: "req"}, func(inv *Invocation) error {
				inv.Actions("actions").Add(SendToAll{Data: Text("x")})
				return c.write(inv.ResponseWriter())
			}, WebPubSub{Name: "actions"})
			status, answer := invoke(t, newFront(t, []Function{f}, logTo(&logBuffer{})), "f", `{"Data":{"req":`+hostGet+`}}`)
			if status != 200 {
				t.Errorf("status %d", status)
			}
			got := strings.Replace(string(answer.Outputs["res"]), `,"X-Content-Type-Options":"nosniff"},"body":"The`, `},"body":"The`, 1)
			if got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
			if failed := !strings.Contains(c.want, `"statusCode":20`); failed != (answer.Outputs["actions"] == nil) {
				t.Errorf("outputs %s", answer.Outputs)
			}
		})
	}
}

const failedOutput = `{"statusCode":500,"headers":{"Content-Type":"text/plain; charset=utf-8"},"body":"The function failed."}`

// TestEnvelopeBounds: what is too large is refused, and the host still gets an answer.
func TestEnvelopeBounds(t *testing.T) {
	front := newFront(t, []Function{httpFunction("f", HTTPTrigger{Name: "req"}, nothing), userFunction("message", nothing)}, WithMaxBody(100), logTo(&logBuffer{}))
	_, answer := invoke(t, front, "f", `{"Data":{"req":`+hostPost("text/plain", strings.Repeat("x", 101))+`}}`)
	if !strings.Contains(string(answer.Outputs["res"]), `"statusCode":413`) {
		t.Errorf("%s", answer.Outputs)
	}
	status, answer := invoke(t, front, "message", strings.Repeat(" ", 1<<20+1600)+`{}`)
	if status != 200 || !strings.Contains(string(answer.ReturnValue), "serverError") {
		t.Errorf("%d %s", status, answer.ReturnValue)
	}
	for size, want := range map[int]string{100: "null", 101: `{"code":"userError","errorMessage":"The body is too large."}`} {
		payload := base64.StdEncoding.EncodeToString(make([]byte, size))
		if _, answer := invoke(t, front, "message", hostEvent(`{"data":"`+payload+`"}`, hostUserRequest)); string(answer.ReturnValue) != want {
			t.Errorf("%d bytes: %s, want %s", size, answer.ReturnValue, want)
		}
	}
}

func TestEnvelopeConnection(t *testing.T) {
	var seen Connection
	f := httpFunction("negotiate", HTTPTrigger{Name: "req"}, func(inv *Invocation) error {
		seen = inv.Connection("connection")
		inv.RespondHTTP(&HTTPResponse{Body: []byte(seen.URL), Header: http.Header{"Content-Type": {"text/plain"}}})
		return nil
	}, WebPubSubConnection{Name: "connection", UserID: "{query.nobody}"})
	// No connection is set: the host has it, and makes what needs it.
	front := newFront(t, []Function{f}, WithSettings(nil), logTo(&logBuffer{}))
	_, answer := invoke(t, front, "negotiate", `{"Data":{"req":`+hostGet+`,"connection":{"baseUrl":"wss://a/b","url":"wss://a/b?access_token=t","accessToken":"t"}}}`)
	if seen != (Connection{"wss://a/b", "wss://a/b?access_token=t", "t"}) || !strings.Contains(string(answer.Outputs["res"]), `"Cache-Control":"no-store"`) {
		t.Errorf("%#v, %s", seen, answer.Outputs)
	}
	if _, answer := invoke(t, front, "negotiate", `{"Data":{"req":`+hostGet+`}}`); !strings.Contains(string(answer.Outputs["res"]), `"statusCode":500`) {
		t.Errorf("without a connection: %s", answer.Outputs)
	}
}

func TestEnvelopeContext(t *testing.T) {
	var seen EventRequest
	front := newFront(t, []Function{contextFunction(WebPubSubContext{}, func(inv *Invocation) error {
		seen = inv.RequestContext().Request
		if r, ok := seen.(*UserEventRequest); ok {
			reply := r.CreateResponse(Text("pong"))
			reply.SetState("n", 2)
			inv.Respond(reply)
		}
		return nil
	})}, WithSettings(nil), logTo(&logBuffer{}))
	hook := func(context string) string {
		t.Helper()
		status, answer := invoke(t, front, "hook", `{"Data":{"req":`+hostGet+`,"wpsContext":`+twice(context)+`}}`)
		if status != 200 {
			t.Errorf("status %d", status)
		}
		return string(answer.Outputs["res"])
	}
	ok := `{"request":` + hostUserRequest + `,"response":{"body":"","status":200,"headers":{}},"errorMessage":null,"hasError":false,"isPreflight":false}`
	header := base64.StdEncoding.EncodeToString([]byte(`{"n":"Mg==","gone":"bnVsbA=="}`))
	if got, want := hook(ok), `{"statusCode":200,"headers":{"Ce-Connectionstate":"`+header+`","Content-Type":"text/plain"},"body":"pong"}`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if r, ok := seen.(*UserEventRequest); !ok || string(r.Data) != "x" || r.EventType != EventTypeUser {
		t.Errorf("request %+v", seen)
	}
	seen = nil
	preflight := `{"request":{"isValid":true,"connectionContext":null},"response":{"body":null,"status":200,"headers":{"WebHook-Allowed-Origin":["*"]}},"hasError":false,"isPreflight":true}`
	if got := hook(preflight); got != `{"statusCode":200,"headers":{"Webhook-Allowed-Origin":"*"},"body":""}` || seen != nil {
		t.Errorf("preflight: %s", got)
	}
	refused := `{"response":{"body":"Signature validation failed.","status":401,"headers":{}},"errorMessage":"x","hasError":true,"isPreflight":false}`
	if got := hook(refused); !strings.Contains(got, `"statusCode":401`) || !strings.Contains(got, "Signature validation failed.") || seen != nil {
		t.Errorf("refused: %s", got)
	}
	if got := hook(`{"response":{"status":200},"hasError":false,"isPreflight":false}`); !strings.Contains(got, `"statusCode":200`) {
		t.Errorf("an event without a type: %s", got)
	}
}

// TestEnvelopeContextRequest: what the host has no place for in the context is in its request.
func TestEnvelopeContextRequest(t *testing.T) {
	var seen *event
	front := newFront(t, []Function{contextFunction(WebPubSubContext{}, func(inv *Invocation) error { seen = inv.event; return nil })},
		WithSettings(nil), WithMaxBody(200), logTo(&logBuffer{}))
	hook := func(context, contentType, body string) string {
		t.Helper()
		seen = nil
		req := strings.Replace(hostPost(contentType, body), `"Headers":{`, `"Headers":{"ce-type":["azure.webpubsub.sys.paused"],"ce-eventName":["paused"],"ce-userId":["ann"],`, 1)
		_, answer := invoke(t, front, "hook", `{"Data":{"req":`+req+`,"wpsContext":`+twice(context)+`}}`)
		return string(answer.Outputs["res"])
	}
	userEvent := `{"request":` + hostUserRequest + `,"response":{"status":200},"hasError":false,"isPreflight":false}`
	if hook(userEvent, "application/octet-stream", "AP8="); seen == nil || string(seen.body) != "\x00\xff" {
		t.Errorf("octets: %+v", seen)
	}
	if got := hook(userEvent, "text/plain", strings.Repeat("x", 201)); !strings.Contains(got, `"statusCode":413`) || seen != nil {
		t.Errorf("too large: %s", got)
	}
	if hook(`{"response":{"status":200},"hasError":false,"isPreflight":false}`, "application/json", "{}"); seen == nil || seen.kind != kindOther || seen.context.UserID != "ann" {
		t.Errorf("an event without a type: %+v", seen)
	}
}

func TestEnvelopeTimer(t *testing.T) {
	var seen *TimerInfo
	var failure error
	front := newFront(t, []Function{timerFunction("tick", TimerTrigger{Schedule: "0 * * * * *"}, func(inv *Invocation) error {
		seen = inv.TimerInfo()
		inv.Actions("actions").Add(SendToAll{Data: Text("tick")})
		return failure
	}, WebPubSub{Name: "actions"})}, logTo(&logBuffer{}))
	run := `{"Data":{"timer":{"Schedule":{"AdjustForDST":true},"ScheduleStatus":{"Last":"2026-08-22T10:00:00","LastUpdated":"2026-08-22T10:00:00","Next":"2026-08-22T10:01:00"},"IsPastDue":true}}}`
	status, answer := invoke(t, front, "tick", run)
	if status != 200 || !seen.IsPastDue || seen.ScheduleStatus.Next.Minute() != 1 || !strings.Contains(string(answer.Outputs["actions"]), "sendToAll") {
		t.Errorf("%d %+v %s", status, seen, answer.Outputs)
	}
	failure = errors.New("x")
	if status, answer := invoke(t, front, "tick", run); status != 500 || len(answer.Outputs) > 0 {
		t.Errorf("a failed run: %d %s, want a status that the host takes for a failure", status, answer.Outputs)
	}
	if status, _ := invoke(t, front, "tick", `{}`); status != 500 {
		t.Errorf("no timer: %d", status)
	}
}

func TestEnvelopeDeadline(t *testing.T) {
	var left time.Duration
	front := newFront(t, []Function{userFunction("message", func(inv *Invocation) error {
		deadline, _ := inv.Context().Deadline()
		left = time.Until(deadline)
		return nil
	})})
	invoke(t, front, "message", hostEvent(`{"data":""}`, hostUserRequest))
	if left > 58*time.Second || left < 50*time.Second {
		t.Errorf("%v left of a minute", left)
	}
}

// TestHostFrontRoutes: probes, envelopes and requests that the host passes through share one server.
func TestHostFrontRoutes(t *testing.T) {
	called := ""
	page := httpFunction("page", HTTPTrigger{Name: "req", AuthLevel: "function", Route: "rooms/{room}"}, func(inv *Invocation) error {
		called = inv.Request().PathValue("room")
		return nil
	})
	front := newFront(t, []Function{page, userFunction("message", nothing)}, logTo(&logBuffer{}))
	for _, c := range []struct {
		method, path string
		want         int
	}{
		{"GET", "/", 200}, {"GET", "/message", 404}, {"POST", "/nothing", 404}, {"POST", "/api/rooms/red", 200}, {"POST", "/message", 200}, {"POST", "/runtime/webhooks/webpubsub", 400},
	} {
		if w := serve(front, httptest.NewRequest(c.method, c.path, nil)); w.Code != c.want {
			t.Errorf("%s %s: %d, want %d", c.method, c.path, w.Code, c.want)
		}
	}
	if called != "red" {
		t.Errorf("passed through: %q", called)
	}
}
