package hosttest

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/internal/leaktest"
	"github.com/wpsgen/wpsgen/internal/vectors"
	"github.com/wpsgen/wpsgen/internal/wire"
)

// echoEnvelope answers an HTTP function's caller with the envelope.
func echoEnvelope(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	answerWith(string(marshal(object{{"Outputs", marshal(object{{"res", marshal(object{{"body", marshal(string(body))}})}})}})))(w, r)
}

func TestHTTPEnvelope(t *testing.T) {
	trigger := `{"type": "httpTrigger", "direction": "in", "name": "req", "authLevel": "anonymous", "route": "rooms/{room}/{id?}", "methods": ["post"]}`
	h := New(t, Options{
		Dir:        writeApp(t, map[string]string{"room/function.json": functionJSON(trigger, httpOut)}),
		HandlerURL: serveHandler(t, echoEnvelope),
	})
	post := func(body io.Reader) string {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, h.URL()+"/api/rooms/red?a=1&a=2&code=k", body)
		if err != nil {
			t.Fatal(err)
		}
		r.Host, r.Header["X-Multi"] = "app.example", []string{"one", "two"}
		_, text := fetch(t, r)
		return text
	}
	got := post(strings.NewReader(`{"n": 5, "headers": {"x": "y"}}`))
	want := `{"Data": {"req": {"Url": "http://app.example/api/rooms/red?a=1&a=2&code=k", "Method": "POST", "Query": {"a": "1,2", "code": "k"},
		"Headers": {"X-Multi": ["one", "two"], "Host": ["app.example"]}, "Params": {"room": "red", "id": null}, "Body": "{\"n\": 5, \"headers\": {\"x\": \"y\"}}"}},
		"Metadata": {"n": "\"5\"", "headers": {"x": "y"}, "a": "\"2\"", "room": "\"red\"", "Query": {"a": "2", "code": "k"}, "code": "<absent>", "id": "<absent>", "Headers": "<absent>", "sys": {"MethodName": "room"}}}`
	if err := vectors.Subset(json.RawMessage(want), json.RawMessage(got)); err != nil {
		t.Errorf("%v\nof %s", err, got)
	}
	got = post(io.MultiReader(strings.NewReader("lost")))
	if strings.Contains(got, `"Body"`) {
		t.Errorf("a chunked body arrived: %s", got)
	}
	if resp, _ := get(t, h.URL()+"/api/rooms/red"); resp.StatusCode != http.StatusNotFound {
		t.Errorf("another method: %s", resp.Status)
	}
}

func TestKeys(t *testing.T) {
	h := New(t, Options{
		Dir: writeApp(t, map[string]string{
			"f/function.json": functionJSON(strings.Replace(httpTrigger, "anonymous", "function", 1), httpOut),
			"m/function.json": functionJSON(userTrigger),
		}),
		Settings: testSettings(), SystemKey: "system", FunctionKey: "function",
		HandlerURL: serveHandler(t, answerWith(`{"Outputs": {"res": {"body": "in"}}}`)),
	})
	for path, want := range map[string]int{
		"/api/f":                               http.StatusUnauthorized,
		"/api/f?code=wrong":                    http.StatusUnauthorized,
		"/api/f?code=function":                 http.StatusOK,
		wire.WebhookPath:                       http.StatusUnauthorized,
		wire.WebhookPath + "?code=function":    http.StatusUnauthorized,
		wire.WebhookPath + "?code=system":      http.StatusInternalServerError, // no origin
		"/api/none":                            http.StatusNotFound,
		"/admin/host/status":                   http.StatusNotFound,
		"/runtime/webhooks/durabletask?code=x": http.StatusNotFound,
	} {
		if resp, _ := get(t, h.URL()+path); resp.StatusCode != want {
			t.Errorf("%s: %s, want %d", path, resp.Status, want)
		}
	}
}

func TestFailedHTTPFunction(t *testing.T) {
	h := New(t, Options{
		Dir:        writeApp(t, map[string]string{"f/function.json": functionJSON(httpTrigger, httpOut)}),
		HandlerURL: serveHandler(t, func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "secret", http.StatusTeapot) }),
	})
	if resp, body := get(t, h.URL()+"/api/f"); resp.StatusCode != http.StatusInternalServerError || body != "" {
		t.Errorf("%s %q", resp.Status, body)
	}
}

func TestPrincipal(t *testing.T) {
	ids := identitiesOf(http.Header{"X-Ms-Client-Principal": {
		// {"auth_typ":"aad","name_typ":"name","role_typ":"r","claims":[{"typ":"name","val":"ann"}]}
		"eyJhdXRoX3R5cCI6ImFhZCIsIm5hbWVfdHlwIjoibmFtZSIsInJvbGVfdHlwIjoiciIsImNsYWltcyI6W3sidHlwIjoibmFtZSIsInZhbCI6ImFubiJ9XX0=",
	}})
	if len(ids) != 1 || !ids[0].IsAuthenticated || ids[0].Name == nil || *ids[0].Name != "ann" || len(ids[0].Claims) != 1 {
		t.Errorf("got %s", marshal(ids))
	}
	if ids := identitiesOf(http.Header{"X-Ms-Client-Principal": {"no base64"}}); ids[0].IsAuthenticated {
		t.Errorf("got %s", marshal(ids))
	}
}

func TestInvokeWithInputs(t *testing.T) {
	blob := `{"type": "blob", "direction": "in", "name": "blob", "path": "a/b"}`
	table := `{"type": "table", "direction": "in", "name": "row"}`
	queue := `{"type": "queue", "direction": "out", "name": "$return"}`
	var envelope json.RawMessage
	failure := error(nil)
	h := New(t, Options{
		Dir: writeApp(t, map[string]string{
			"f/function.json": functionJSON(`{"type": "queueTrigger", "direction": "in", "name": "item"}`, blob, table, queue),
		}),
		Settings: testSettings(),
		Inputs: map[string]InputFunc{"blob": func(in Input) (any, error) {
			if string(in.Properties["path"]) != `"a/b"` || in.Name != "blob" || in.Function != "f" {
				t.Errorf("asked for %+v", in)
			}
			return []byte("bytes"), failure
		}},
		HandlerURL: serveHandler(t, func(w http.ResponseWriter, r *http.Request) {
			envelope, _ = io.ReadAll(r.Body)
			answerWith(`{"ReturnValue": "test"}`)(w, r)
		}),
	})
	inv, err := h.Invoke(t.Context(), "f", "text", WithMetadata(map[string]any{"DequeueCount": 1}), WithRetry(1, 2))
	if err != nil || !inv.Success() {
		t.Fatal(err, inv)
	}
	want := `{"Data": {"item": "\"text\"", "blob": "Ynl0ZXM=", "row": "null"}, "Metadata": {"DequeueCount": "1", "RetryContext": {"RetryCount": 1, "MaxRetryCount": 2, "Exception": null}}}`
	if err := vectors.Subset(json.RawMessage(want), envelope); err != nil {
		t.Error(err)
	}
	if outputs := h.Outputs("f"); len(outputs) != 1 || len(outputs[0][returnName].bytes) != 3 {
		t.Errorf("outputs %v", outputs)
	}
	failure = errors.New("no such blob")
	if inv, err := h.Invoke(t.Context(), "f", "text"); err != nil || inv.Success() || inv.Envelope != nil {
		t.Errorf("got %+v, %v", inv, err)
	}
	if _, err := h.Invoke(t.Context(), "g", "text"); !errors.Is(err, errNoFunction) {
		t.Errorf("got %v", err)
	}
}

func TestRunTimer(t *testing.T) {
	h := New(t, Options{
		Dir: writeApp(t, map[string]string{
			"tick/function.json": functionJSON(`{"type": "timerTrigger", "direction": "in", "name": "timer", "schedule": "%Every%"}`),
		}),
		Settings:   map[string]string{"Every": "0 */5 * * * *", settingStorage: "x"},
		HandlerURL: serveHandler(t, answerWith(`{}`)),
	})
	last := `"0001-01-01T00:00:00"`
	for range 2 {
		inv, err := h.RunTimer(t.Context(), "tick", PastDue())
		if err != nil || !inv.Success() {
			t.Fatal(err, inv)
		}
		var e struct {
			Data struct {
				Timer struct {
					ScheduleStatus map[string]json.RawMessage
					IsPastDue      bool
				}
			}
			Metadata map[string]json.RawMessage
		}
		decodeInto(t, inv.Envelope, &e)
		if got := string(e.Data.Timer.ScheduleStatus["Last"]); !e.Data.Timer.IsPastDue || last != "" && got != last || last == "" && strings.HasPrefix(got, `"0001`) {
			t.Errorf("got %s", inv.Envelope)
		}
		if len(e.Metadata) != 1 {
			t.Errorf("Metadata %v", e.Metadata)
		}
		last = ""
	}
}

// TestNothingLeft closes hosts in the middle of what they do.
func TestNothingLeft(t *testing.T) {
	before := leaktest.Take()
	for range 3 {
		h, err := Start(t.Context(), handlerOptions(t, "hang"))
		if err != nil {
			t.Fatal(err)
		}
		done, err := h.begin(&call{function: h.app.functions[0], input: &triggerInput{value: "x", data: newBindingData()}})
		if err != nil {
			t.Fatal(err)
		}
		h.Close()
		<-done
	}
	http.DefaultClient.CloseIdleConnections()
	before.Check(t)
}
