package fronts_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/go-chi/chi/v5"

	"github.com/wpsgen/wpsgen/internal/wire"
	wps "github.com/wpsgen/wpsgen/runtime"
)

// TestMountedInChi serves an app under a path of a router of chi, whose Mount leaves the path as it is.
// runtime has examples of the standard library's; it does not import chi, not even in tests, for the sake of
// its users' go.sum.
func TestMountedInChi(t *testing.T) {
	r := &running{}
	r.set(func(inv *wps.Invocation) error {
		inv.Respond(&wps.UserEventResponse{Data: wps.Text("mounted")})
		return nil
	})
	app, err := wps.New(r.triggered(wps.UpstreamTrigger), wps.WithSettings(settings()))
	if err != nil {
		t.Fatal(err)
	}
	router := chi.NewRouter()
	router.Mount("/realtime", http.StripPrefix("/realtime", app))

	e := httptest.NewRequest(http.MethodPost, "/realtime"+wire.WebhookPath, strings.NewReader("hello"))
	for name, value := range map[string]string{
		"Content-Type": "text/plain", wire.HeaderRequestOrigin: origin, wire.HeaderType: "azure.webpubsub.user.message",
		wire.HeaderHub: hub, wire.HeaderEventName: "message", wire.HeaderConnectionID: "1", wire.HeaderSignature: wire.NewSigner(accessKey).Sign("1"),
	} {
		e.Header[name] = []string{value}
	}
	w := httptest.NewRecorder()
	router.ServeHTTP(w, e)
	if w.Code != http.StatusOK || w.Body.String() != "mounted" {
		t.Errorf("got %d %s", w.Code, w.Body)
	}
}
