package hosttest

import (
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/internal/vectors"
	"github.com/wpsgen/wpsgen/internal/wire"
)

// TestInvokeInputVectors calls HTTP functions with webPubSubConnection and webPubSubContext inputs.
func TestInvokeInputVectors(t *testing.T) {
	for _, v := range vectors.Load[*invokeVector](t, "host/invoke-webpubsub-inputs.json") {
		t.Run(v.ID, func(t *testing.T) {
			if v.Request == nil {
				v.checkWords(t)
				return
			}
			doc := v.envelope(t)
			r := httpRequestOf(t, doc.Data["req"])
			for name, value := range doc.Data {
				switch {
				case name == "req":
				case isObject(value):
					v.checkConnection(t, name, value, r)
				default:
					v.checkContext(t, name, r)
				}
			}
		})
	}
}

// checkConnection wants the connection that the vector shows, whatever its token.
func (v *invokeVector) checkConnection(t *testing.T, name string, shown json.RawMessage, r *httpRequest) {
	var c clientConnection
	decodeInto(t, shown, &c)
	u, err := url.Parse(c.BaseURL)
	if err != nil {
		t.Fatal(err)
	}
	b := v.Binding
	if b == nil {
		b = marshal(object{{"type", marshal(typeConnection)}, {"direction", marshal("in")}, {"name", marshal(name)}, {"hub", marshal("chat")}})
	}
	o, err := parseObject(b)
	if err != nil {
		t.Fatal(err)
	}
	o = o.set("connection", marshal("Shown"))
	v.checkIn(t, &call{input: r.input(), http: r}, map[string]string{"Shown": "Endpoint=https://" + u.Host + ";AccessKey=" + testKey}, string(marshal(o)))
}

// checkIn is check with more settings and a function of an HTTP trigger, one input and an http output.
func (v *invokeVector) checkIn(t *testing.T, c *call, settings map[string]string, input string) {
	for name, value := range testSettings() {
		if _, ok := settings[name]; !ok {
			settings[name] = value
		}
	}
	v.settings = settings
	v.check(t, c, httpTrigger, input, httpOut)
}

// checkContext makes the request that the vector's context tells of, and compares what the host's and
// the extension's notes agree on: texts of errors are examples, a preflight's request is null in the one
// and an object in the other, and a body may be null or empty.
func (v *invokeVector) checkContext(t *testing.T, name string, r *httpRequest) {
	doc := v.envelope(t)
	var text string
	decodeInto(t, doc.Data[name], &text)
	decodeInto(t, json.RawMessage(text), &text)
	want := describedContext(t, json.RawMessage(text))
	keyed := []accessVector{{Endpoint: "https://example.webpubsub.azure.com", AccessKey: new(string)}}
	if want.request != nil && !want.isPreflight {
		keyed = nil // signatures of vectors are examples
	}
	got := newRequestContext(validatorOf(t, keyed), requestFor(t, want))
	if got.isPreflight != want.isPreflight || (got.errorMessage == nil) != (want.errorMessage == nil) || got.status != want.status {
		t.Errorf("got %s, want %s", marshal(got.json()), text)
	}
	if err := vectors.Same(marshal(emptyNotNil(want.headers)), marshal(emptyNotNil(got.headers))); err != nil {
		t.Errorf("headers: %v", err)
	}
	if !want.isPreflight && want.request != nil {
		if err := vectors.Subset(normalJSON(want.request), normalJSON(got.request)); err != nil {
			t.Errorf("request: %v", err)
		}
	}
	// In the envelope the value is JSON text, encoded twice.
	var e map[string]map[string]json.RawMessage
	decodeInto(t, v.Request.Body, &e)
	r2 := requestFor(t, want)
	e["Data"][name] = marshal(string(marshal(string(marshal(newRequestContext(&validator{}, r2).json())))))
	v.Request.Body = marshal(e)
	v.checkIn(t, &call{input: r.input(), http: r2}, map[string]string{settingConnection: ""},
		string(marshal(object{{"type", marshal(typeContext)}, {"direction", marshal("in")}, {"name", marshal(name)}})))
}

func emptyNotNil(headers map[string][]string) map[string][]string {
	if headers == nil {
		return map[string][]string{}
	}
	return headers
}

// requestFor is a request to which a context is the answer.
func requestFor(t testing.TB, c *requestContext) *httpRequest {
	t.Helper()
	const origin = "example.webpubsub.azure.com"
	h := http.Header{"WebHook-Request-Origin": {origin}}
	r := &httpRequest{method: http.MethodPost, header: h}
	switch {
	case c.isPreflight:
		r.method = http.MethodOptions
		if c.status != http.StatusOK {
			h["WebHook-Request-Origin"] = []string{"elsewhere.example"}
		}
	case c.request != nil:
		e := eventOf(t, c.request)
		r.header, r.content = headerOfEvent(e), bodyOfEvent(e)
	case c.status == http.StatusUnauthorized:
		h["ce-type"], h["ce-eventName"], h["ce-signature"] = []string{"azure.webpubsub.sys.connected"}, []string{"connected"}, []string{"sha256=00"}
	}
	return r
}

func headerOfEvent(e *event) http.Header {
	h := make(http.Header)
	for name, lines := range e.context.headers {
		h[name] = lines
	}
	set := func(name string, value *string) {
		if value != nil && len(headerLines(h, name)) == 0 {
			h[name] = []string{*value}
		}
	}
	prefix := wire.UserTypePrefix
	if e.context.eventType == typeSystem {
		prefix = wire.SystemTypePrefix
	}
	ceType := prefix + e.context.eventName
	set("ce-type", &ceType)
	set("ce-hub", &e.context.hub)
	set("ce-eventName", &e.context.eventName)
	set("ce-connectionId", &e.context.connectionID)
	set("ce-userId", e.context.userID)
	set("ce-signature", e.context.signature)
	set("WebHook-Request-Origin", e.context.origin)
	if e.kind == kindUser {
		contentType := map[string]string{"Text": wire.MediaTypeText, "Json": wire.MediaTypeJSON, "Binary": wire.MediaTypeBinary}[e.dataType]
		set("Content-Type", &contentType)
	}
	if len(e.context.states) > 0 {
		encoded := e.context.states.encode()
		set("ce-connectionState", &encoded)
	}
	return h
}

func bodyOfEvent(e *event) []byte {
	switch e.kind {
	case kindUser:
		return e.data
	case kindConnect:
		return marshal(object{
			{"claims", e.claims}, {"query", e.query}, {"subprotocols", e.subprotocols},
			{"clientCertificates", marshal(e.clientCertificates)}, {"headers", e.headers},
		})
	case kindDisconnected:
		return marshal(object{{"reason", marshal(e.reason)}})
	}
	return []byte("{}")
}

var beforeCall = regexp.MustCompile(`before the handler is called: (.*)$`)

// checkWords checks what a vector without a request says in words.
func (v *invokeVector) checkWords(t *testing.T) {
	switch words := v.Host; {
	case beforeCall.MatchString(words):
		v.checkInputFails(t, beforeCall.FindStringSubmatch(words)[1], string(v.Binding))
	case strings.Contains(words, "binding fails"), strings.Contains(words, "no converter"):
		v.checkInputFails(t, "", string(v.Binding))
	case strings.Contains(words, "needs an httpTrigger"):
		if got := newRequestContext(&validator{}, nil); got.errorMessage == nil || *got.errorMessage != "HttpContext is null." {
			t.Errorf("got %s", marshal(got.json()))
		}
	case strings.Contains(words, "were not found in the configured extension bundle"):
		only := `{"type": "webPubSubContext", "direction": "in", "name": "wps"}`
		_, err := loadApp(Options{Dir: writeApp(t, map[string]string{"f/function.json": functionJSON(httpTrigger, only, httpOut)}), Settings: testSettings()})
		if err == nil || !strings.Contains(err.Error(), "were not found in the configured extension bundle") {
			t.Errorf("got %v", err)
		}
	case strings.Contains(words, "start-up"), strings.Contains(words, "indexing"),
		strings.Contains(words, "Connection must be specified"), strings.Contains(words, "Resolved 'Hub'"):
		_, err := loadApp(Options{Dir: writeApp(t, map[string]string{"f/function.json": functionJSON(httpTrigger, string(v.Binding), httpOut)})})
		if err == nil {
			t.Error("the app starts")
		}
	default:
		t.Fatalf("host %q is not understood", v.Host)
	}
}

// checkInputFails wants a 500 without a call of the handler.
func (v *invokeVector) checkInputFails(t *testing.T, message, input string) {
	called := false
	h := New(t, Options{
		Dir:      writeApp(t, map[string]string{"f/function.json": functionJSON(httpTrigger, input, httpOut)}),
		Settings: testSettings(),
		HandlerURL: serveHandler(t, func(w http.ResponseWriter, r *http.Request) {
			called = true
			answerWith(`{"Outputs": {}}`)(w, r)
		}),
	})
	resp, _ := get(t, h.URL()+"/api/f")
	inv := h.Invocations()[0]
	if resp.StatusCode != http.StatusInternalServerError || called || inv.Err == nil || !strings.Contains(inv.Err.Error(), message) {
		t.Errorf("%s, called %t, %v, want %q", resp.Status, called, inv.Err, message)
	}
}
