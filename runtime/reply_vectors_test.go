package wps_test

import (
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/e2e/observe"
	"github.com/wpsgen/wpsgen/internal/hosttest"
	"github.com/wpsgen/wpsgen/internal/vectors"
	"github.com/wpsgen/wpsgen/internal/wire"
	wps "github.com/wpsgen/wpsgen/runtime"
)

// returnVector is what a function returned for an event.
type returnVector struct {
	*vectors.Case
	Event, ClientProtocol string
	ExistingStates        map[string]string
	Returned              json.RawMessage
}

// TestReturnVectors answers the service with what functions returned, from the webhook and through the
// Functions host.
func TestReturnVectors(t *testing.T) {
	for _, c := range vectors.Cases(t, vectors.FileReturns) {
		v := &returnVector{Case: c}
		c.Decode(t, v)
		t.Run(c.ID, func(t *testing.T) {
			t.Run("webhook", func(t *testing.T) {
				app := appOf(t, v.functions())
				c.Check(t, exchange(app, v.request(t, "http://app.example")).Checks())
			})
			t.Run("host", func(t *testing.T) {
				base := behindHost(t, v.functions(), v.functionJSON(t), nil)
				c.Check(t, fetch(t, v.request(t, base)).Checks())
			})
		})
	}
}

func (v *returnVector) trigger() wps.WebPubSubTrigger {
	if v.Event == "user" {
		return wps.WebPubSubTrigger{Name: "data", Hub: "chat", EventType: wps.EventTypeUser, EventName: "message", Unsigned: true}
	}
	return wps.WebPubSubTrigger{Name: "request", Hub: "chat", EventType: wps.EventTypeSystem, EventName: v.Event, Unsigned: true}
}

func (v *returnVector) functions() []wps.Function {
	trigger := v.trigger()
	return []wps.Function{{Name: "f", Bindings: []wps.Binding{trigger}, Handler: wps.Handler{Call: func(inv *wps.Invocation) error {
		return observe.Answer(inv, trigger.EventType, trigger.EventName, v.Returned)
	}}}}
}

// functionJSON is the function's, as wpsgen writes it.
func (v *returnVector) functionJSON(t *testing.T) json.RawMessage {
	trigger := v.trigger()
	binding := map[string]any{
		"type": "webPubSubTrigger", "direction": "in", "name": trigger.Name,
		"hub": trigger.Hub, "eventType": trigger.EventType, "eventName": trigger.EventName,
	}
	if v.Event == "user" {
		binding["dataType"] = "binary"
	}
	return encode(t, map[string]any{"bindings": []any{binding}})
}

const emptyConnect = `{"claims":{},"query":{},"headers":{},"subprotocols":[],"clientCertificates":[]}`

// request is an event of a connection with the vector's states.
func (v *returnVector) request(t *testing.T, base string) *http.Request {
	t.Helper()
	prefix, contentType, body := wire.SystemTypePrefix, wire.MediaTypeJSON, "{}"
	switch v.Event {
	case "user":
		prefix, contentType, body = wire.UserTypePrefix, wire.MediaTypeText, "x"
	case "connect":
		body = emptyConnect
	case "disconnected":
		body = `{"reason":null}`
	}
	mqtt := strings.EqualFold(v.ClientProtocol, "mqtt")
	if mqtt && v.Event == "connect" {
		body = strings.TrimSuffix(body, "}") + `,"mqtt":{"protocolVersion":5}}`
	}
	name := v.trigger().EventName
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, base+wire.WebhookPath, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	observe.SetHeaders(r, [][2]string{
		{"ce-hub", "chat"}, {"ce-type", prefix + name}, {"ce-eventName", name}, {"ce-connectionId", "c1"},
		{"WebHook-Request-Origin", "svc.example"}, {"Content-Type", contentType},
	})
	if mqtt {
		observe.SetHeaders(r, [][2]string{{"ce-subprotocol", "mqtt"}, {"ce-physicalConnectionId", "p1"}})
	}
	if len(v.ExistingStates) > 0 {
		r.Header.Set("ce-connectionState", stateHeader(t, v.ExistingStates))
	}
	return r
}

// stateHeader makes ce-connectionState of texts by key.
func stateHeader(t testing.TB, texts map[string]string) string {
	t.Helper()
	values := make(map[string][]byte)
	for key, text := range texts {
		values[key] = []byte(text)
	}
	return base64.StdEncoding.EncodeToString(encode(t, values))
}

// behindHost runs one function, f, behind a stand-in of the Functions host and returns the host's URL.
func behindHost(t *testing.T, functions []wps.Function, functionJSON json.RawMessage, settings map[string]string) string {
	t.Helper()
	s := httptest.NewServer(newHostFront(t, functions, wps.WithSettings(settings)))
	t.Cleanup(s.Close)
	dir := t.TempDir()
	write(t, filepath.Join(dir, "host.json"), `{"version":"2.0","customHandler":{"description":{"defaultExecutablePath":"f"}},`+
		`"extensionBundle":{"id":"Microsoft.Azure.Functions.ExtensionBundle","version":"[4.*, 5.0.0)"}}`)
	write(t, filepath.Join(dir, "f", "function.json"), string(functionJSON))
	given := map[string]string{"AzureWebJobsStorage": "UseDevelopmentStorage=true"}
	for name, value := range settings {
		given[name] = value
	}
	return hosttest.New(t, hosttest.Options{Dir: dir, Settings: given, HandlerURL: s.URL}).URL()
}

func write(t testing.TB, file, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func fetch(t testing.TB, r *http.Request) *observe.Response {
	t.Helper()
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return &observe.Response{Status: resp.StatusCode, Header: resp.Header, Body: body}
}
