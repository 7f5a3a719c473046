package wps

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/internal/wire"
)

// FuzzEvent sends events with hostile headers and bodies to functions that decode everything, through the
// webhook and a context binding: each is answered, and nothing unsigned gets through.
func FuzzEvent(f *testing.F) {
	decode := func(inv *Invocation) error {
		inv.ConnectionContext().States()
		if inv.event.kind == kindConnect {
			inv.Respond(&ConnectEventResponse{UserID: inv.ConnectEventRequest().Claims.Get("sub")})
			return nil
		}
		inv.Respond(&UserEventResponse{Data: Binary(inv.Data())})
		return nil
	}
	hook := contextFunction(WebPubSubContext{}, func(inv *Invocation) error {
		inv.event.context.States()
		return nil
	})
	app := mustNew(f, []Function{systemFunction("connect", decode), userFunction("message", decode), hook})
	signature := wire.NewSigner(testKey).Sign("conn-1")
	f.Add("azure.webpubsub.sys.connect", "connect", signature, "svc.example", "eyJhIjoiTVE9PSJ9", "application/json", connectBodyText)
	f.Add("azure.webpubsub.user.message", "message", "sha256=00, "+signature, "a, svc.example", "???", "text/plain;x", "hi")
	f.Add("", "", ",", " ", "e30=", "", "{")
	f.Fuzz(func(t *testing.T, eventType, name, signed, origin, state, contentType, body string) {
		r := userEvent("message", body)
		for header, value := range map[string]string{
			"Ce-Type": eventType, "Ce-Eventname": name, "Ce-Signature": signed,
			"Webhook-Request-Origin": origin, "Ce-Connectionstate": state, "Content-Type": contentType,
		} {
			r.Header[header] = []string{value}
		}
		for _, path := range []string{wire.WebhookPath, "/api/hook"} {
			r.URL.Path, r.Body = path, io.NopCloser(strings.NewReader(body))
			switch w := serve(app, r); w.Code {
			case http.StatusBadRequest, http.StatusNotFound, http.StatusUnauthorized:
			case http.StatusOK:
				if !strings.Contains(strings.ToLower(signed), signature[len("sha256="):]) {
					t.Errorf("%s: signature %q is accepted", path, signed)
				}
			default:
				t.Errorf("%s: status %d", path, w.Code)
			}
		}
	})
}

// FuzzStates checks that what can be decoded comes back the same.
func FuzzStates(f *testing.F) {
	f.Add("eyJhIjoiTVE9PSJ9")
	f.Add("e30=")
	f.Add("!")
	f.Fuzz(func(t *testing.T, header string) {
		states := decodeStates(header)
		if again := decodeStates(states.encode()); !reflect.DeepEqual(again, states) {
			t.Errorf("states %v became %v", states, again)
		}
	})
}

// FuzzBodies holds what is read of a system event's body against encoding/json: the same is accepted, and the
// same comes of it.
func FuzzBodies(f *testing.F) {
	f.Add("connect", connectBodyText, false)
	f.Add("connect", strings.TrimSuffix(noClaims, "}")+`,"mqtt":{"protocolVersion":4,"username":null,"password":"cA==","userProperties":[{"name":"a","value":"b"}]}}`, true)
	f.Add("disconnected", `{"reason":"bye","mqtt":{"initiatedByClient":true,"disconnectPacket":{"code":4,"userProperties":null}}}`, true)
	f.Add("disconnected", `{"reason":null}`, false)
	f.Fuzz(func(t *testing.T, name, body string, mqtt bool) {
		e := &event{body: []byte(body)}
		e.context.EventName, e.context.mqtt = name, mqtt
		e.setKind(EventTypeSystem)
		if e.decodeBody() != nil || e.kind != kindConnect && e.kind != kindDisconnected {
			return
		}
		var want struct {
			Claims, Query map[string][]string
			Subprotocols  []string
			Reason        string
		}
		if !json.Valid([]byte(body)) {
			t.Fatalf("%q is read and is no JSON", body)
		}
		if json.Unmarshal([]byte(body), &want) != nil || strings.Contains(strings.ToLower(body), `\u`) || !exactNames(body) {
			return // encoding/json takes members for others that differ in case
		}
		if c := e.connect; c != nil && (!reflect.DeepEqual(map[string][]string(c.Claims), want.Claims) || !equal(c.Subprotocols, want.Subprotocols) ||
			!reflect.DeepEqual(map[string][]string(c.Query), want.Query)) {
			t.Errorf("%q is read as %+v", body, c)
		}
		if d := e.disconnected; d != nil && d.Reason != want.Reason {
			t.Errorf("%q is read as %+v", body, d)
		}
	})
}

// exactNames reports whether the known members of an object are there once at most, in their own spelling.
func exactNames(body string) bool {
	for _, name := range append(connectMembers, disconnectedMembers...) {
		if strings.Count(strings.ToLower(body), `"`+strings.ToLower(name)+`"`) > 1 || strings.Contains(strings.ToLower(body), strings.ToLower(name)) != strings.Contains(body, name) {
			return false
		}
	}
	return true
}

// FuzzEnvelope calls functions of every kind with hostile envelopes: whatever comes, the host gets an answer
// that it can read, and a webPubSubTrigger one that does not leave the service waiting.
func FuzzEnvelope(f *testing.F) {
	front := fuzzFront(f)
	for _, seed := range []struct{ function, body string }{
		{"message", `{"Data":{"data":"aGk="},"Metadata":{"Request":{"connectionContext":{"userId":"ann","states":{"a":{"n":1}}},"dataType":"Text"}}}`},
		{"connect", `{"Data":{"request":"\"{\\\"claims\\\":{\\\"sub\\\":[\\\"ann\\\"]}}\""},"Metadata":{}}`},
		{"page", `{"Data":{"req":{"Url":"http://localhost/api/page?x=1","Method":"POST","Headers":{"A":["b"]},"Params":{"id":null},"Body":"hi"}},"Metadata":{}}`},
		{"hook", `{"Data":{"req":{"Url":"/","Method":"POST"},"wpsContext":"\"{\\\"isPreflight\\\":true,\\\"response\\\":{\\\"status\\\":200}}\""}}`},
		{"tick", `{"Data":{"timer":{"ScheduleStatus":null,"IsPastDue":false}}}`},
		{"queue", `{"Data":{"item":"\"{\\\"a\\\":1}\""}}`},
	} {
		f.Add(seed.function, seed.body)
	}
	f.Fuzz(func(t *testing.T, function, body string) {
		inside := front.functions[function]
		if inside == nil {
			return
		}
		w := serve(front, httptest.NewRequest(http.MethodPost, "/"+function, strings.NewReader(body)))
		var answer struct {
			Outputs     map[string]json.RawMessage
			Logs        []string
			ReturnValue json.RawMessage
		}
		if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil || answer.Outputs == nil {
			t.Fatalf("%s: %d %s: %v", function, w.Code, w.Body, err)
		}
		if w.Code != http.StatusOK && (inside.trigger != nil || inside.http != nil) {
			t.Errorf("%s: status %d", function, w.Code)
		}
		if inside.http != nil && answer.Outputs["res"] == nil {
			t.Errorf("%s: no answer for the client: %s", function, w.Body)
		}
	})
}

// fuzzFront has a function of every kind, each using all it is given.
func fuzzFront(f *testing.F) *hostFront {
	use := func(inv *Invocation) error {
		if c := inv.ConnectionContext(); c != nil {
			c.States()
			inv.Actions("actions").Add(SendToUser{UserID: c.UserID, Data: Binary(inv.Data())})
		}
		if inv.event != nil && inv.event.kind == kindUser {
			r := &UserEventResponse{Data: Binary(inv.Data())}
			r.ClearStates()
			inv.Respond(r)
		}
		if w := inv.ResponseWriter(); w != nil {
			_, err := io.Copy(w, inv.Request().Body)
			return err
		}
		return nil
	}
	queue := func(inv *Invocation) error {
		v, err := inv.Input("item")
		if err != nil {
			return err
		}
		var into any
		return v.Decode(&into)
	}
	output := WebPubSub{Name: "actions"}
	functions := []Function{
		systemFunction("connect", use, output), systemFunction("disconnected", use, output),
		httpFunction("page", anonymous("page/{id?}"), use, output),
		contextFunction(WebPubSubContext{Name: "wpsContext"}, use),
		timerFunction("tick", TimerTrigger{Name: "timer", Schedule: "0 * * * * *"}, use),
		{Name: "queue", Bindings: []Binding{OtherBinding{Name: "item", Type: "queueTrigger", Direction: "in"}}, Handler: handler(queue)},
	}
	return newFront(f, append(functions, userFunction("message", use, output)))
}
