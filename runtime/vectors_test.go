package wps_test

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/e2e/observe"
	wps "github.com/wpsgen/wpsgen/runtime"
)

func silent() wps.Option { return wps.WithLogger(slog.New(slog.DiscardHandler)) }

func appOf(t *testing.T, functions []wps.Function, options ...wps.Option) *wps.App {
	t.Helper()
	app, err := wps.New(functions, append([]wps.Option{silent()}, options...)...)
	if err != nil {
		t.Fatal(err)
	}
	return app
}

func newHostFront(t *testing.T, functions []wps.Function, options ...wps.Option) http.Handler {
	t.Helper()
	front, err := wps.NewHostFront(functions, append([]wps.Option{silent()}, options...)...)
	if err != nil {
		t.Fatal(err)
	}
	return front
}

func exchange(h http.Handler, r *http.Request) *observe.Response {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return &observe.Response{Status: w.Code, Header: w.Header(), Body: w.Body.Bytes()}
}

func encode(t testing.TB, v any) json.RawMessage {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// hostAnswer is an answer to the Functions host.
type hostAnswer struct {
	Outputs     map[string]json.RawMessage
	ReturnValue json.RawMessage
}

// invoke calls a function as the Functions host does, and wants an answer that the host takes.
func invoke(t testing.TB, front http.Handler, function string, envelope json.RawMessage) hostAnswer {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, "/"+function, strings.NewReader(string(envelope)))
	r.Header.Set("X-Azure-Functions-InvocationId", "id-1")
	got := exchange(front, r)
	var answer hostAnswer
	if err := json.Unmarshal(got.Body, &answer); err != nil || got.Status != http.StatusOK {
		t.Fatalf("%s: %d %s, %v", function, got.Status, got.Body, err)
	}
	return answer
}
