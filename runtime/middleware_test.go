package wps

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

type contextKey struct{}

// TestSetContextOfARequest: an http function finds the middleware's context in its request, and the body that an
// expression has read.
func TestSetContextOfARequest(t *testing.T) {
	stub := newRESTStub(t)
	middleware := func(next func(*Invocation) error) func(*Invocation) error {
		return func(inv *Invocation) error {
			inv.SetContext(context.WithValue(inv.Context(), contextKey{}, "set"))
			return next(inv)
		}
	}
	var value any
	var body, room string
	app := mustNew(t, []Function{httpFunction("f", anonymous("rooms/{room}"), func(inv *Invocation) error {
		r := inv.Request()
		content, err := io.ReadAll(r.Body)
		value, body, room = r.Context().Value(contextKey{}), string(content), r.PathValue("room")
		inv.Actions("out").Add(SendToAll{Data: Text("x")})
		return err
	}, WebPubSub{Name: "out", Hub: "{hub}"})}, stub.settings(), stub.http(), WithMiddleware(middleware))
	w := serve(app, httptest.NewRequest(http.MethodPost, "/api/rooms/red", strings.NewReader(`{"hub":"chosen"}`)))
	if w.Code != 200 || value != "set" || body != `{"hub":"chosen"}` || room != "red" {
		t.Errorf("%d, value %v, body %q, room %q", w.Code, value, body, room)
	}
	if want := []string{`POST /api/hubs/chosen/:send text/plain "x"`}; !equal(stub.recorded(), want) {
		t.Errorf("calls %q, want %q", stub.recorded(), want)
	}
}
