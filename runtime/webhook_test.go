package wps

import (
	"bytes"
	"errors"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wpsgen/wpsgen/internal/wire"
)

// TestRefusedBeforeTheBody sends bodies that must not be read.
func TestRefusedBeforeTheBody(t *testing.T) {
	app := mustNew(t, []Function{userFunction("message", func(*Invocation) error { t.Error("the function ran"); return nil })})
	for _, c := range []struct {
		name   string
		change func(r *http.Request)
		want   int
	}{
		{"forged signature", func(r *http.Request) { r.Header.Set("ce-signature", wire.NewSigner("other").Sign("conn-1")) }, 401},
		{"signature of another connection", func(r *http.Request) { r.Header.Set("ce-connectionId", "conn-2") }, 401},
		{"no signature", func(r *http.Request) { r.Header.Del("ce-signature") }, 401},
		{"nine signatures", func(r *http.Request) {
			r.Header.Set("ce-signature", strings.Repeat("sha256=00,", 8)+r.Header.Get("ce-signature"))
		}, 401},
		{"another origin", func(r *http.Request) { r.Header.Set("WebHook-Request-Origin", "evil.example") }, 401},
		{"origin with the host as prefix", func(r *http.Request) { r.Header.Set("WebHook-Request-Origin", "svc.example.evil") }, 401},
		{"no origin", func(r *http.Request) { r.Header.Del("WebHook-Request-Origin") }, 400},
		{"two hubs", func(r *http.Request) { r.Header.Add("ce-hub", "chat") }, 400},
		{"two users", func(r *http.Request) { r.Header.Add("ce-userId", "eve") }, 400},
		{"two states", func(r *http.Request) { r.Header["Ce-Connectionstate"] = []string{"", ""} }, 400},
		{"another event", func(r *http.Request) { r.Header.Set("ce-eventName", "other") }, 404},
		{"PUT", func(r *http.Request) { r.Method = http.MethodPut }, 400},
		{"content type missing", func(r *http.Request) { r.Header.Del("Content-Type") }, 400},
		{"protobuf", func(r *http.Request) { r.Header.Set("Content-Type", "application/x-protobuf") }, 400},
		{"too large", func(r *http.Request) { r.ContentLength = 64 << 20 }, 413},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newEvent(EventTypeUser, "message", untouchable{t})
			r.ContentLength = 5
			c.change(r)
			if w := serve(app, r); w.Code != c.want {
				t.Errorf("status %d, want %d", w.Code, c.want)
			}
		})
	}
}

// TestLargeBodyOverTheWire sends 64 MiB to a real server: it answers at once and closes the connection.
func TestLargeBodyOverTheWire(t *testing.T) {
	server := httptest.NewServer(mustNew(t, []Function{userFunction("message", nothing)}))
	defer server.Close()
	for _, chunked := range []bool{false, true} {
		body := &countingReader{}
		body.left.Store(64 << 20)
		r := userEvent("message", "")
		req, err := http.NewRequest(http.MethodPost, server.URL+wire.WebhookPath, body)
		if err != nil {
			t.Fatal(err)
		}
		req.Header = r.Header
		if !chunked {
			req.ContentLength = 64 << 20
		}
		res, err := server.Client().Do(req)
		if err != nil {
			t.Logf("chunked %v: the server closed the connection while the body was on its way: %v", chunked, err)
		} else {
			if res.StatusCode != http.StatusRequestEntityTooLarge || !res.Close {
				t.Errorf("chunked %v: status %d, close %v, want 413 and a closed connection", chunked, res.StatusCode, res.Close)
			}
			res.Body.Close()
		}
		if sent := 64<<20 - body.left.Load(); sent > 32<<20 {
			t.Errorf("chunked %v: %d bytes were taken", chunked, sent)
		}
	}
}

// countingReader is a long body of which the transport may still read when its answer is there.
type countingReader struct{ left atomic.Int64 }

func (r *countingReader) Read(p []byte) (int, error) {
	n := min(len(p), int(r.left.Load()))
	if n == 0 {
		return 0, io.EOF
	}
	r.left.Add(-int64(n))
	return n, nil
}

func TestChunkedBody(t *testing.T) {
	var got string
	app := mustNew(t, []Function{userFunction("message", func(inv *Invocation) error { got = string(inv.Data()); return nil })}, WithMaxBody(10))
	for _, c := range []struct {
		body string
		want int
	}{{"0123456789", 200}, {"0123456789a", 413}, {"", 200}} {
		r := userEvent("message", c.body)
		r.ContentLength = -1
		got = ""
		w := serve(app, r)
		if w.Code != c.want || c.want == 200 && got != c.body {
			t.Errorf("%q: status %d, data %q", c.body, w.Code, got)
		}
		if closes := w.Header().Get("Connection") == "close"; closes != (c.want == 413) {
			t.Errorf("%q: closes the connection: %v", c.body, closes)
		}
	}
	r := userEvent("message", "abc")
	r.ContentLength = 9 // the client breaks off
	if w := serve(app, r); w.Code != 400 {
		t.Errorf("a cut body: status %d", w.Code)
	}
}

// TestNoBoundOnBodies: the highest bound there can be is one to count with, and none below 1 is taken.
func TestNoBoundOnBodies(t *testing.T) {
	var got string
	f := userFunction("message", func(inv *Invocation) error { got = string(inv.Data()); return nil })
	app := mustNew(t, []Function{f}, WithMaxBody(math.MaxInt64))
	for _, length := range []int64{-1, 5, 1 << 45} {
		r := userEvent("message", "hello")
		r.ContentLength = length
		if w := serve(app, r); w.Code != 200 || got != "hello" {
			t.Errorf("length %d: %d, data %q", length, w.Code, got)
		}
		got = ""
	}
	if _, err := newHostFront(app, &hostConfig{}).readEnvelope(httptest.NewRequest("POST", "/f", strings.NewReader("{}"))); err != nil {
		t.Error(err)
	}
	for _, n := range []int64{0, -1} {
		_, err := New([]Function{f}, defaults(), WithMaxBody(n))
		wantError(t, err, "WithMaxBody")
	}
}

func TestPanicIsAnswered(t *testing.T) {
	var log logBuffer
	fail := true
	app := mustNew(t, []Function{userFunction("message", func(inv *Invocation) error {
		if fail {
			panic("secret 42")
		}
		inv.Respond(&UserEventResponse{Data: Text("fine")})
		return nil
	})}, logTo(&log))
	w := serve(app, userEvent("message", "x"))
	if w.Code != 500 || w.Body.String() != genericError {
		t.Errorf("%d %q", w.Code, w.Body)
	}
	for _, part := range []string{"secret 42", "webhook_test.go", "function=message", "source=chat.go:9", "connectionId=conn-1"} {
		if !strings.Contains(log.String(), part) {
			t.Errorf("the log lacks %q:\n%s", part, &log)
		}
	}
	fail = false
	if w := serve(app, userEvent("message", "x")); w.Code != 200 || w.Body.String() != "fine" {
		t.Errorf("the next event: %d %q", w.Code, w.Body)
	}
}

func TestAbortGoesThrough(t *testing.T) {
	app := mustNew(t, []Function{userFunction("message", func(*Invocation) error { panic(http.ErrAbortHandler) })})
	defer func() {
		if p := recover(); p != http.ErrAbortHandler {
			t.Errorf("recovered %v", p)
		}
	}()
	serve(app, userEvent("message", "x"))
	t.Error("the panic did not come through")
}

func TestFunctionErrors(t *testing.T) {
	for _, c := range []struct {
		name   string
		err    error
		reply  EventResponse
		status int
		body   string
		logged string
	}{
		{"unauthorized", Unauthorized("who are you?"), nil, 401, "who are you?", ""},
		{"wrapped", errors.Join(errors.New("x"), UserError("no")), nil, 400, "no", ""},
		{"without a message", &EventErrorResponse{Code: "UserError"}, nil, 400, "", ""},
		{"server error", ServerError("later"), nil, 500, "later", ""},
		{"unknown code", &EventErrorResponse{Code: "teapot", Message: "m"}, nil, 500, "m", ""},
		{"other", errors.New("db password"), nil, 500, genericError, "db password"},
		{"payload", &PayloadError{Type: "chat.Say", Err: errors.New("detail")}, nil, 400, "The payload could not be read.", "detail"},
		{"reply that does not encode", nil, &UserEventResponse{Data: JSON(make(chan int))}, 500, genericError, "unsupported type"},
		{"reply of another kind", nil, &ConnectEventResponse{}, 500, genericError, "*wps.ConnectEventResponse cannot answer the event message"},
		{"error as the reply", nil, Unauthorized("no"), 401, "no", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var log logBuffer
			app := mustNew(t, []Function{userFunction("message", func(inv *Invocation) error { inv.Respond(c.reply); return c.err })}, logTo(&log))
			w := serve(app, userEvent("message", "x"))
			if w.Code != c.status || w.Body.String() != c.body {
				t.Errorf("%d %q, want %d %q", w.Code, w.Body, c.status, c.body)
			}
			if c.logged == "" && log.String() != "" || !strings.Contains(log.String(), c.logged) {
				t.Errorf("log %q, want %q", &log, c.logged)
			}
		})
	}
}

// brokenError is an error whose nil pointer cannot be printed.
type brokenError struct{ text string }

func (e *brokenError) Error() string { return e.text }

func TestTypedNilErrors(t *testing.T) {
	for _, err := range []error{(*EventErrorResponse)(nil), (*brokenError)(nil)} {
		app := mustNew(t, []Function{userFunction("message", func(*Invocation) error { return err })}, logTo(&logBuffer{}))
		if w := serve(app, userEvent("message", "x")); w.Code != 500 || w.Body.String() != genericError {
			t.Errorf("%T: %d %q", err, w.Code, w.Body)
		}
	}
}

func TestEventsThatNobodyWaitsFor(t *testing.T) {
	for _, event := range []string{"connected", "disconnected", "somethingNew"} {
		for _, err := range []error{nil, errors.New("x"), Unauthorized("x")} {
			app := mustNew(t, []Function{systemFunction(event, func(inv *Invocation) error {
				inv.Respond(&UserEventResponse{Data: Text("ignored")})
				return err
			})})
			if w := serve(app, systemEvent(event, soundBody(event))); w.Code != 200 || w.Body.Len() > 0 {
				t.Errorf("%s with %v: %d %q", event, err, w.Code, w.Body)
			}
		}
	}
}

func TestConnectedBodyIsNotRead(t *testing.T) {
	app := mustNew(t, []Function{systemFunction("connected", nothing)})
	r := newEvent(EventTypeSystem, "connected", untouchable{t})
	r.ContentLength = 2
	if w := serve(app, r); w.Code != 200 {
		t.Errorf("status %d", w.Code)
	}
}

// TestRefusalsAreBrief: the log of a refusal does not grow with what was sent.
func TestRefusalsAreBrief(t *testing.T) {
	log := &logBuffer{}
	app := mustNew(t, []Function{userFunction("message", nothing)}, logTo(log))
	r := userEvent("message", "x")
	long := strings.Repeat("ü", 100_000)
	r.Method, r.URL.Path = long, "/Runtime/webhooks/webpubsub"
	for _, name := range []string{wire.HeaderHub, wire.HeaderEventName, wire.HeaderRequestOrigin} {
		r.Header[name] = []string{long}
	}
	if w := serve(app, r); w.Code != 404 || len(log.String()) > 4000 || !strings.Contains(log.String(), "üüü") {
		t.Errorf("%d, %d bytes are logged", w.Code, len(log.String()))
	}
}

// badAction is an action that panics when it is to be sent.
type badAction struct{ *SendToAll }

// TestActionsThatPanicAreAnswered: so do those of a function's own type, and nil pointers.
func TestActionsThatPanicAreAnswered(t *testing.T) {
	for name, action := range map[string]Action{"nil pointer": (*SendToAll)(nil), "own type": badAction{}} {
		log := &logBuffer{}
		app := mustNew(t, []Function{userFunction("message", func(inv *Invocation) error {
			inv.Actions("out").Add(action)
			return nil
		}, WebPubSub{Name: "out"})}, logTo(log))
		if w := serve(app, userEvent("message", "x")); w.Code != 500 || w.Body.String() != genericError || !strings.Contains(log.String(), "panic") {
			t.Errorf("%s: %d %s, log %s", name, w.Code, w.Body, log)
		}
	}
}

// TestOneRefusalASecond checks that a flood of forged events does not fill the log.
func TestOneRefusalASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log logBuffer
		app := mustNew(t, []Function{userFunction("message", nothing)}, logTo(&log))
		forge := func() {
			r := userEvent("message", "x")
			r.Header.Set("ce-signature", "forged")
			serve(app, r)
		}
		for range 100 {
			forge()
		}
		time.Sleep(refusalEvery)
		forge()
		lines := strings.Split(strings.TrimSpace(log.String()), "\n")
		if len(lines) != 2 || !strings.Contains(lines[0], "status=401") || !strings.Contains(lines[1], "notLogged=99") {
			t.Errorf("log:\n%s", &log)
		}
	})
}

func TestPreflightOfMountedApp(t *testing.T) {
	app := mustNew(t, []Function{userFunction("message", nothing)})
	mux := http.NewServeMux()
	mux.Handle("/functions/", http.StripPrefix("/functions", app))
	r := httptest.NewRequest(http.MethodOptions, "/functions"+wire.WebhookPath, nil)
	r.Header.Set("WebHook-Request-Origin", "other.example, svc.example")
	if w := serve(mux, r); w.Code != 200 || w.Header().Get("WebHook-Allowed-Origin") != "*" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
}

func TestPreflightOfUnsignedFunction(t *testing.T) {
	f := userFunction("message", nothing)
	f.Bindings = []Binding{WebPubSubTrigger{Hub: "chat", EventType: EventTypeUser, EventName: "message", Unsigned: true}}
	app := mustNew(t, []Function{f}, WithSettings(nil))
	for _, c := range []struct {
		origins []string
		want    int
	}{{nil, 400}, {[]string{""}, 200}, {[]string{"any.example"}, 200}} {
		r := httptest.NewRequest(http.MethodGet, wire.WebhookPath, nil)
		r.Header[wire.HeaderRequestOrigin] = c.origins
		if w := serve(app, r); w.Code != c.want {
			t.Errorf("%q: %d, want %d", c.origins, w.Code, c.want)
		}
	}
}

func TestUnsignedIsWarnedAbout(t *testing.T) {
	var log logBuffer
	f := userFunction("message", nothing)
	f.Bindings = []Binding{WebPubSubTrigger{Hub: "chat", EventType: EventTypeUser, EventName: "message", Unsigned: true}}
	app := mustNew(t, []Function{f}, logTo(&log))
	if !strings.Contains(log.String(), "without a signature") || !strings.Contains(log.String(), "function=message") {
		t.Errorf("log %q", &log)
	}
	r := userEvent("message", "x")
	r.Header.Del("ce-signature")
	if w := serve(app, r); w.Code != 200 {
		t.Errorf("status %d", w.Code)
	}
}

func TestBodyIsOneExactSlice(t *testing.T) {
	body, err := readBody(httptest.NewRequest("POST", "/", bytes.NewReader(make([]byte, 1000))), 1000)
	if err != nil || len(body) != 1000 || cap(body) != 1000 {
		t.Errorf("len %d, cap %d, %v", len(body), cap(body), err)
	}
}

// TestSlowHandlers: a thousand events at once take no longer than one. The clock is the test's.
func TestSlowHandlers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		app := mustNew(t, []Function{userFunction("message", func(*Invocation) error { time.Sleep(time.Second); return nil })})
		begin := time.Now()
		var running sync.WaitGroup
		for range 1000 {
			running.Go(func() {
				if w := serve(app, userEvent("message", "x")); w.Code != 200 {
					t.Errorf("status %d", w.Code)
				}
			})
		}
		running.Wait()
		if took := time.Since(begin); took != time.Second {
			t.Errorf("they took %v", took)
		}
	})
}
