package hosttest

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/wpsgen/wpsgen/internal/vectors"
)

type replyVector struct {
	ID, Event   string
	Response    json.RawMessage
	ServiceSees json.RawMessage `json:"service_sees"`
}

const connectBody = `{"claims":{},"query":{},"subprotocols":[],"clientCertificates":[],"headers":{}}`

// event is a signed event of the vector's kind.
func (v *replyVector) event(t *testing.T, h *Host) *http.Request {
	switch v.Event {
	case "user":
		return userEvent(t, h, "ping")
	case "connect":
		return newEvent(t, h, "azure.webpubsub.sys.connect", v.Event, "application/json", connectBody)
	case "connected":
		return newEvent(t, h, "azure.webpubsub.sys.connected", v.Event, "application/json", "{}")
	case "disconnected":
		return newEvent(t, h, "azure.webpubsub.sys.disconnected", v.Event, "application/json", `{"reason": null}`)
	}
	t.Fatalf("event %q is not understood", v.Event)
	return nil
}

// host runs one function for the vector's event, with a webPubSub output whose service refuses all.
func (v *replyVector) host(t *testing.T, answer http.HandlerFunc) *Host {
	trigger := object{
		{"type", marshal(typeTrigger)}, {"direction", marshal("in")}, {"name", marshal("request")},
		{"hub", marshal("chat")}, {"eventType", marshal("system")}, {"eventName", marshal(v.Event)},
	}
	if v.Event == "user" {
		trigger = trigger.set("eventType", marshal("user")).set("eventName", marshal("message"))
	}
	output := `{"type": "webPubSub", "direction": "out", "name": "actions", "hub": "chat"}`
	files := map[string]string{"f/function.json": functionJSON(string(marshal(trigger)), output)}
	if v.late() {
		files["host.json"] = `{"version": "2.0", "functionTimeout": "00:00:00.05", "extensionBundle": {"id": "` + bundleID + `"}}`
	}
	return New(t, Options{
		Dir:        writeApp(t, files),
		Settings:   testSettings(),
		HandlerURL: serveHandler(t, answer),
		HTTPClient: &http.Client{Transport: refusing{}},
	})
}

// refusing is a service that is not there.
type refusing struct{}

func (refusing) RoundTrip(*http.Request) (*http.Response, error) {
	return nil, errors.New("no service")
}

// TestReplyVectors sends events to functions that answer as the vectors say.
func TestReplyVectors(t *testing.T) {
	for _, v := range vectors.Load[*replyVector](t, "host/replies-webpubsub-trigger.json") {
		t.Run(v.ID, func(t *testing.T) {
			h := v.host(t, answerWith(string(v.Response)))
			v.check(t, h)
		})
	}
}

// TestReplyFailureVectors have handlers that fail.
func TestReplyFailureVectors(t *testing.T) {
	var file struct{ Failures []*replyVector }
	vectors.Read(t, "host/replies-webpubsub-trigger.json", &file)
	for _, v := range file.Failures {
		t.Run(v.ID, func(t *testing.T) { v.check(t, v.host(t, v.failing(t))) })
	}
}

// late tells that a vector's handler takes longer than the host waits.
func (v *replyVector) late() bool {
	text, _ := stringIn(v.Response)
	return strings.Contains(text, "timeout") || strings.Contains(text, "never") || strings.Contains(text, "hang")
}

// failing is a handler that fails as a vector's response says, in words or by its members.
func (v *replyVector) failing(t *testing.T) http.HandlerFunc {
	if text, ok := stringIn(v.Response); ok {
		switch {
		case strings.Contains(text, "closed"), strings.Contains(text, "reset"):
			return func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }
		case v.late():
			return func(_ http.ResponseWriter, r *http.Request) { // nobody tells it to stop (host-spec 1.3)
				select {
				case <-r.Context().Done():
				case <-time.After(500 * time.Millisecond):
				}
			}
		}
		t.Fatalf("response %q is not understood", text)
	}
	var r struct {
		Status                     int
		Note, ContentType, RawBody string
		Body                       json.RawMessage
	}
	decodeInto(t, v.Response, &r)
	if r.ContentType == "" {
		r.ContentType = "application/json"
	}
	body := string(r.Body) + r.RawBody
	if strings.Contains(r.Note, "output action fails") {
		body = `{"Outputs": {"actions": {"actionName": "sendToAll", "data": "x"}}, "ReturnValue": {"data": "x", "dataType": "text"}}`
	}
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", r.ContentType)
		w.WriteHeader(r.Status)
		_, _ = io.WriteString(w, body)
	}
}

// check sends the event and compares what the service sees, which may be that there is no answer.
func (v *replyVector) check(t *testing.T, h *Host) {
	if text, ok := stringIn(v.ServiceSees); ok {
		if !strings.HasPrefix(text, "no answer") {
			t.Fatalf("service_sees %q is not understood", text)
		}
		v.checkHang(t, h)
		return
	}
	resp, body := fetch(t, v.event(t, h))
	got := replyOf(resp, body)
	expectations := got.checks()
	expectations["body"] = func(t testing.TB, want json.RawMessage) {
		text, ok := stringIn(want)
		if ok && text == body || vectors.Same(want, json.RawMessage(body)) == nil {
			return
		}
		// Two versions of one text are in use: with "data" and without.
		if strings.Replace(body, "Message data should", "Message should", 1) != text {
			t.Errorf("body %q, want %s", body, want)
		}
	}
	expectations["bodyHex"] = func(t testing.TB, want json.RawMessage) {
		if body != string(fromHex(t, want)) {
			t.Errorf("body %x, want %s", body, want)
		}
	}
	expectations["headers"] = func(t testing.TB, want json.RawMessage) { checkHeaders(t, resp.Header, want) }
	expectations["states"] = func(t testing.TB, want json.RawMessage) {
		if err := vectors.Same(want, got.states.json()); err != nil {
			t.Error(err)
		}
	}
	vectors.Check(t, v.ServiceSees, expectations)
}

// checkHang waits until the function has failed, and then sees the caller give up.
func (v *replyVector) checkHang(t *testing.T, h *Host) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	answered := make(chan error, 1)
	go func() {
		resp, err := http.DefaultClient.Do(v.event(t, h).WithContext(ctx))
		if err == nil {
			err = resp.Body.Close()
		}
		answered <- err
	}()
	inv, err := h.WaitInvocation(ctx, func(*Invocation) bool { return true })
	if err != nil {
		t.Fatal(err)
	}
	if inv.Success() {
		t.Error("the function did not fail")
	}
	select {
	case err := <-answered:
		t.Fatalf("the service got an answer: %v", err)
	case <-time.After(20 * time.Millisecond): // an answer would have come
	}
	cancel()
	if err := <-answered; !errors.Is(err, context.Canceled) {
		t.Errorf("the caller got %v", err)
	}
}
