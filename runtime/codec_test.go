package wps

import (
	"encoding/base64"
	"net/http"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/wpsgen/wpsgen/internal/wire"
)

const connectBodyText = `{"claims":{"sub":["ann"],"role":["a","b"]},"query":{"x":["1","2"]},` +
	`"headers":{"X-Two":["2"],"x-one":["1"],"x-two":["3"]},"subprotocols":["json.webpubsub.azure.v1"],` +
	`"clientCertificates":[{"thumbprint":"t1","content":"c1"},{"thumbprint":"t2"}],"unknown":1}`

// noClaims is the body of a connect event with nothing in it.
const noClaims = `{"claims":null,"query":null,"headers":null,"subprotocols":null,"clientCertificates":null}`

func TestConnectRequest(t *testing.T) {
	var got *ConnectEventRequest
	app := mustNew(t, []Function{systemFunction("connect", func(inv *Invocation) error {
		got = inv.ConnectEventRequest()
		return nil
	})})
	if w := serve(app, systemEvent("connect", connectBodyText)); w.Code != 200 || w.Body.Len() > 0 {
		t.Fatalf("%d %q", w.Code, w.Body)
	}
	if got.Claims.Get("sub") != "ann" || len(got.Claims["role"]) != 2 || got.Query.Get("x") != "1" {
		t.Errorf("claims %v, query %v", got.Claims, got.Query)
	}
	if want := (http.Header{"X-One": {"1"}, "X-Two": {"2", "3"}}); !reflect.DeepEqual(got.Headers, want) {
		t.Errorf("headers %v, want %v", got.Headers, want)
	}
	if !equal(got.Subprotocols, []string{"json.webpubsub.azure.v1"}) {
		t.Errorf("subprotocols %v", got.Subprotocols)
	}
	if !equal(got.ClientCertificates, []ClientCertificate{{"t1", "c1"}, {"t2", ""}}) {
		t.Errorf("certificates %v", got.ClientCertificates)
	}
	c := got.ConnectionContext
	if c.Hub != "chat" || c.UserID != "ann" || c.ConnectionID != "conn-1" || c.Origin != "svc.example" ||
		c.EventType != EventTypeSystem || c.EventName != "connect" || c.Headers.Get("Content-Type") != "application/json" {
		t.Errorf("context %+v", c)
	}
}

func TestSystemEventBodies(t *testing.T) {
	for _, c := range []struct {
		event, body string
		want        int
	}{
		{"connect", noClaims, 200},
		{"connect", strings.Replace(noClaims, `"subprotocols":null`, `"subprotocols":["p",null]`, 1), 200},
		{"connect", strings.TrimSuffix(noClaims, "}") + `,"mqtt":5}`, 200},
		{"disconnected", `{"reason":null,"mqtt":{"initiatedByClient":"x"}}`, 200},
		{"connect", `{}`, 400},
		{"connect", `null`, 400},
		{"connect", strings.Replace(noClaims, "claims", "Claims", 1), 400},
		{"connect", ``, 400},
		{"connect", `{"claims":`, 400},
		{"connect", `[]`, 400},
		{"connect", `{"claims":{"a":"b"}}`, 400},
		{"disconnected", `{}`, 400},
		{"disconnected", `{"reason":5}`, 400},
		{"disconnected", `{"reason":null}`, 200},
		{"disconnected", `{`, 400},
	} {
		called := false
		decode := func(inv *Invocation) error {
			called = true
			if r := inv.ConnectEventRequest(); r != nil && (r.Claims != nil || r.Headers != nil || r.MQTT != nil) {
				t.Errorf("%s: %+v", c.body, r)
			}
			return nil
		}
		if w := serve(mustNew(t, []Function{systemFunction(c.event, decode)}), systemEvent(c.event, c.body)); w.Code != c.want {
			t.Errorf("%s %q: status %d, want %d", c.event, c.body, w.Code, c.want)
		}
		if called != (c.want == 200) {
			t.Errorf("%s %q: the function is called: %t", c.event, c.body, called)
		}
	}
}

func TestConnectReply(t *testing.T) {
	for _, c := range []struct {
		reply *ConnectEventResponse
		want  string
	}{
		{&ConnectEventResponse{}, `{"userId":null,"groups":null,"subprotocol":null,"roles":null}`},
		{&ConnectEventResponse{UserID: "u", Groups: []string{"g"}, Roles: []string{}, Subprotocol: "s"},
			`{"userId":"u","groups":["g"],"subprotocol":"s","roles":[]}`},
	} {
		app := mustNew(t, []Function{systemFunction("connect", func(inv *Invocation) error { inv.Respond(c.reply); return nil })})
		w := serve(app, systemEvent("connect", noClaims))
		if w.Body.String() != c.want || w.Header().Get("Content-Type") != "application/json" {
			t.Errorf("%s %q, want %s", w.Body, w.Header().Get("Content-Type"), c.want)
		}
	}
}

func TestStates(t *testing.T) {
	encoded := func(doc string) string { return base64.StdEncoding.EncodeToString([]byte(doc)) }
	const one = `{"n":"MQ=="}` // n: 1
	for _, c := range []struct {
		name, header string
		change       func(r *UserEventResponse)
		want         string // the document in the header, "" for no header
		status       int
	}{
		{"none", "", func(*UserEventResponse) {}, "", 200},
		{"sent back", encoded(one), func(*UserEventResponse) {}, one, 200},
		{"set", encoded(one), func(r *UserEventResponse) { r.SetState("m", "x") }, `{"n":"MQ==","m":"Ingi"}`, 200},
		{"replaced", encoded(one), func(r *UserEventResponse) { r.SetState("n", 2) }, `{"n":"Mg=="}`, 200},
		{"cleared", encoded(one), func(r *UserEventResponse) { r.ClearStates() }, `{}`, 200},
		{"cleared, then set", encoded(one), func(r *UserEventResponse) { r.ClearStates(); r.SetState("m", "x") }, `{"m":"Ingi"}`, 200},
		{"in their order", encoded(`{"z":"MQ==","b":"Mg=="}`), func(r *UserEventResponse) { r.SetState("a", 3); r.SetState("z", 4) }, `{"z":"NA==","b":"Mg==","a":"Mw=="}`, 200},
		{"a key twice", encoded(`{"n":"MQ==","m":"Mg==","n":"Mw=="}`), func(*UserEventResponse) {}, `{"n":"Mw==","m":"Mg=="}`, 200},
		{"unreadable", "???", func(*UserEventResponse) {}, "", 200},
		{"a null among them", encoded(`{"n":"MQ==","m":null}`), func(*UserEventResponse) {}, "", 200},
		{"bytes among them", encoded(`{"n":"MQ==","m":[1,2]}`), func(*UserEventResponse) {}, "", 200},
		{"a text among them", encoded(`{"n":"MQ==","m":"not base64!"}`), func(*UserEventResponse) {}, "", 200},
		{"no object", encoded(`["MQ=="]`), func(*UserEventResponse) {}, "", 200},
		{"something behind them", encoded(one + "x"), func(*UserEventResponse) {}, "", 200},
		{"not encodable", "", func(r *UserEventResponse) { r.SetState("f", func() {}) }, "", 500},
	} {
		t.Run(c.name, func(t *testing.T) {
			app := mustNew(t, []Function{userFunction("message", func(inv *Invocation) error {
				r := &UserEventResponse{Data: Text("x")}
				c.change(r)
				inv.Respond(r)
				return nil
			})})
			r := userEvent("message", "x")
			if c.header != "" {
				r.Header.Set("ce-connectionState", c.header)
			}
			w := serve(app, r)
			doc, err := base64.StdEncoding.DecodeString(w.Header().Get(wire.HeaderConnectionState))
			if err != nil || string(doc) != c.want || w.Code != c.status {
				t.Errorf("%d, states %s, %v, want %d, %s", w.Code, doc, err, c.status, c.want)
			}
		})
	}
}

func TestContextState(t *testing.T) {
	app := mustNew(t, []Function{userFunction("message", func(inv *Invocation) error {
		var n int
		if ok, err := inv.ConnectionContext().State("n", &n); !ok || err != nil || n != 1 {
			t.Errorf("n = %d, %v, %v", n, ok, err)
		}
		if ok, err := inv.ConnectionContext().State("none", &n); ok || err != nil {
			t.Errorf("none: %v, %v", ok, err)
		}
		return nil
	})})
	r := userEvent("message", "x")
	r.Header.Set("ce-connectionState", base64.StdEncoding.EncodeToString([]byte(`{"n":"MQ=="}`)))
	serve(app, r)
}

func TestUserEvent(t *testing.T) {
	for _, c := range []struct {
		contentType string
		want        DataType
	}{
		{"text/plain", DataTypeText}, {"Text/Plain ; charset=utf-8", DataTypeText},
		{"APPLICATION/JSON", DataTypeJSON}, {"application/octet-stream", DataTypeBinary},
	} {
		app := mustNew(t, []Function{userFunction("message", func(inv *Invocation) error {
			r := inv.UserEventRequest()
			if string(r.Data) != "hi" || r.DataType != c.want || inv.DataType() != c.want || r.UserID != "ann" {
				t.Errorf("%s: %+v", c.contentType, r)
			}
			inv.Respond(&UserEventResponse{Data: Payload{dataType: r.DataType, bytes: r.Data}})
			return nil
		})})
		r := userEvent("message", "hi")
		r.Header.Set("Content-Type", c.contentType)
		w := serve(app, r)
		want, _, _ := strings.Cut(strings.ToLower(c.contentType), " ")
		if got := w.Header().Get("Content-Type"); w.Code != 200 || got != want || w.Body.String() != "hi" {
			t.Errorf("%s: %d %q %q", c.contentType, w.Code, got, w.Body)
		}
	}
}

func TestDispatchIgnoresCase(t *testing.T) {
	f := userFunction("Grüße", nothing)
	f.Bindings = []Binding{WebPubSubTrigger{Hub: "CHÄT", EventType: "User", EventName: "Grüße"}}
	app := mustNew(t, []Function{f})
	r := userEvent("message", "x")
	r.Header.Set("ce-hub", "chät")
	r.Header.Set("ce-eventName", "GRÜSSE")
	if w := serve(app, r); w.Code != 404 { // ß and SS are two spellings, not two cases
		t.Errorf("status %d", w.Code)
	}
	r.Header.Set("ce-eventName", "GRÜßE")
	if w := serve(app, r); w.Code != 200 {
		t.Errorf("status %d", w.Code)
	}
}

// TestStatesReadAtOnce reads states from several goroutines: the race detector finds what a reader writes.
func TestStatesReadAtOnce(t *testing.T) {
	app := mustNew(t, []Function{userFunction("message", func(inv *Invocation) error {
		var readers sync.WaitGroup
		for range 4 {
			readers.Go(func() {
				var n int
				if ok, err := inv.ConnectionContext().State("n", &n); !ok || err != nil || len(inv.ConnectionContext().States()) != 1 {
					t.Errorf("n = %d, %v, %v", n, ok, err)
				}
			})
		}
		readers.Wait()
		return nil
	})})
	r := userEvent("message", "x")
	r.Header.Set("ce-connectionState", base64.StdEncoding.EncodeToString([]byte(`{"n":"MQ=="}`)))
	serve(app, r)
}
