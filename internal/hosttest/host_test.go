package hosttest

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/internal/wire"
)

const (
	testKey        = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ABCDEFGH"
	testConnection = "Endpoint=https://svc.example;AccessKey=" + testKey + ";Version=1.0;"
	testHostJSON   = `{"version": "2.0", "extensionBundle": {"id": "Microsoft.Azure.Functions.ExtensionBundle", "version": "[4.*, 5.0.0)"},
		"customHandler": {"description": {"defaultExecutablePath": "handler"}}}`
)

// writeApp makes an app folder of files by their path; host.json is there unless given.
func writeApp(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	if _, ok := files["host.json"]; !ok {
		write(t, filepath.Join(dir, "host.json"), testHostJSON)
	}
	for name, text := range files {
		write(t, filepath.Join(dir, name), text)
	}
	return dir
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

// functionJSON is a function.json of bindings.
func functionJSON(bindings ...string) string {
	return `{"bindings": [` + strings.Join(bindings, ",") + `]}`
}

func testSettings() map[string]string {
	return map[string]string{settingConnection: testConnection, settingHub: "chat", settingStorage: "UseDevelopmentStorage=true"}
}

// serveHandler is a custom handler that answers every envelope with f's answer.
func serveHandler(t testing.TB, f http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewServer(f)
	t.Cleanup(s.Close)
	return s.URL
}

func answerWith(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, body)
	}
}

// newEvent is a signed event of hub chat.
func newEvent(t testing.TB, h *Host, ceType, name, contentType, body string) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, h.URL()+wire.WebhookPath, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for header, value := range map[string]string{
		"ce-hub": "chat", "ce-type": ceType, "ce-eventName": name, "ce-connectionId": "conn-1",
		"ce-signature":           wire.NewSigner(testKey).Sign("conn-1"),
		"WebHook-Request-Origin": "svc.example", "Content-Type": contentType,
	} {
		r.Header.Set(header, value)
	}
	return r
}

func userEvent(t testing.TB, h *Host, body string) *http.Request {
	return newEvent(t, h, "azure.webpubsub.user.message", "message", "text/plain", body)
}

// fetch performs a request and returns the answer with its body.
func fetch(t testing.TB, r *http.Request) (*http.Response, string) {
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
	return resp, string(body)
}

func get(t testing.TB, url string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	return fetch(t, r)
}

const (
	userTrigger = `{"type": "webPubSubTrigger", "direction": "in", "name": "data", "dataType": "binary", "hub": "chat", "eventType": "user", "eventName": "message"}`
	httpTrigger = `{"type": "httpTrigger", "direction": "in", "name": "req", "authLevel": "anonymous"}`
	httpOut     = `{"type": "http", "direction": "out", "name": "res"}`
)

func TestUserEvent(t *testing.T) {
	var envelope string
	h := New(t, Options{
		Dir:      writeApp(t, map[string]string{"message/function.json": functionJSON(userTrigger)}),
		Settings: testSettings(),
		HandlerURL: serveHandler(t, func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			envelope = r.Method + " " + r.URL.Path + " " + string(body)
			answerWith(`{"ReturnValue": {"data": "pong", "dataType": "text", "states": {"a": 1}}}`)(w, r)
		}),
	})
	resp, body := fetch(t, userEvent(t, h, "ping"))
	if resp.StatusCode != http.StatusOK || body != "pong" || resp.Header.Get("Content-Type") != "text/plain" {
		t.Errorf("got %s %q %v", resp.Status, body, resp.Header)
	}
	if got := resp.Header.Get("ce-connectionState"); got != "eyJhIjoiTVE9PSJ9" {
		t.Errorf("states %q", got)
	}
	if !strings.HasPrefix(envelope, `POST /message {"Data":{"data":"cGluZw=="},"Metadata":{"Request":{"data":"ping"`) {
		t.Errorf("envelope %s", envelope)
	}
}

func TestHTTPFunction(t *testing.T) {
	h := New(t, Options{
		Dir:        writeApp(t, map[string]string{"hello/function.json": functionJSON(httpTrigger, httpOut)}),
		HandlerURL: serveHandler(t, answerWith(`{"Outputs": {"res": {"statusCode": 201, "body": "hi", "headers": {"X-A": "1"}}}}`)),
	})
	resp, body := get(t, h.URL()+"/api/hello?name=ann")
	if resp.StatusCode != http.StatusCreated || body != "hi" || resp.Header.Get("X-A") != "1" {
		t.Errorf("got %s %q %v", resp.Status, body, resp.Header)
	}
	if resp, _ := get(t, h.URL()+"/hello"); resp.StatusCode != http.StatusNotFound {
		t.Errorf("outside the prefix: %s", resp.Status)
	}
}
