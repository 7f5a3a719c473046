package wps

import (
	"io"
	"net/http"
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
		again, err := encodeStates(states)
		if err != nil {
			t.Fatal(err)
		}
		for key, value := range decodeStates(again) {
			if string(states[key]) != string(value) {
				t.Errorf("state %q became %q, was %q", key, value, states[key])
			}
		}
	})
}
