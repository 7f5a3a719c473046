package entra

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/golang-jwt/jwt/v5"

	"github.com/wpsgen/wpsgen/runtime"
)

// identityApp is an app whose only connection is by identity, with one function for a user event.
func identityApp(t testing.TB, log io.Writer, options ...wps.Option) (*wps.App, error) {
	trigger := wps.WebPubSubTrigger{Name: "data", Hub: "chat", EventType: wps.EventTypeUser, EventName: "message"}
	function := wps.Function{Name: "message", Bindings: []wps.Binding{trigger}, Handler: wps.Handler{Call: func(inv *wps.Invocation) error {
		inv.Respond(&wps.UserEventResponse{Data: wps.Text("ack")})
		return nil
	}}}
	settings := map[string]string{"WebPubSubConnectionString__serviceUri": "https://svc.example", "WebPubSubConnectionString__credential": "managedidentity"}
	options = append(options, wps.WithSettings(settings), wps.WithLogger(slog.New(slog.NewTextHandler(log, nil))), WithIdentity())
	return wps.New([]wps.Function{function}, options...)
}

// event is a user event of the service with a token; "" is none.
func event(token string, body io.Reader) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/runtime/webhooks/webpubsub", body)
	for name, value := range map[string]string{
		"ce-hub": "chat", "ce-type": "azure.webpubsub.user.message", "ce-eventName": "message", "ce-connectionId": "conn-1",
		"WebHook-Request-Origin": "svc.example", "Content-Type": "text/plain; charset=utf-8",
	} {
		r.Header.Set(name, value)
	}
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	return r
}

// untouchable is a body that fails the test when it is read.
type untouchable struct{ t *testing.T }

func (b untouchable) Read([]byte) (int, error) {
	b.t.Error("the body was read")
	return 0, io.EOF
}

func TestIdentityApp(t *testing.T) {
	plainEnvironment(t)
	if _, err := identityApp(t, io.Discard); err == nil || !strings.Contains(err.Error(), "entra.WithEventTokens") {
		t.Fatalf("without a check the app starts: %v", err)
	}
	i := newIssuer()
	keys := httptest.NewServer(i)
	defer keys.Close()
	check := WithEventTokens(EventTokens{Tenant: testTenant, Audiences: []string{testAudience}, ObjectIDs: []string{testObject}, KeysURL: keys.URL})
	var log bytes.Buffer
	app, err := identityApp(t, &log, check)
	if err != nil {
		t.Fatal(err)
	}
	good := sign(t, version1())
	forged := signWith(t, jwt.SigningMethodRS256, secondKey(), map[string]any{"kid": "first"}, version1())
	send := func(token string, want int) {
		t.Helper()
		var body io.Reader = strings.NewReader("hello")
		if want != http.StatusOK {
			body = untouchable{t}
		}
		w := httptest.NewRecorder()
		app.ServeHTTP(w, event(token, body))
		if answer := w.Body.String(); w.Code != want || (want == http.StatusOK) != (answer == "ack") {
			t.Errorf("status %d with %q, want %d", w.Code, answer, want)
		}
	}
	send("", http.StatusUnauthorized)
	i.wantAsked(t, 0)
	send(good, http.StatusOK)
	send(forged, http.StatusUnauthorized)
	send(sign(t, with(version1(), "oid", testApp)), http.StatusUnauthorized)
	keys.Close()
	send(good, http.StatusOK)
	send(forged, http.StatusUnauthorized)
	i.wantAsked(t, 1)

	elsewhere := event(good, untouchable{t})
	elsewhere.Header.Set("WebHook-Request-Origin", "other.example")
	w := httptest.NewRecorder()
	if app.ServeHTTP(w, elsewhere); w.Code != http.StatusUnauthorized {
		t.Errorf("another origin gets status %d", w.Code)
	}
	if text := log.String(); !strings.Contains(text, "Authorization is missing") || strings.Contains(text, good) || strings.Contains(text, forged) {
		t.Errorf("the log does not say why, or tells tokens:\n%s", text)
	}
}

// TestConcurrentEvents: many events at once share one fetch of the keys.
func TestConcurrentEvents(t *testing.T) {
	plainEnvironment(t)
	i := newIssuer()
	keys := httptest.NewServer(i)
	defer keys.Close()
	check := WithEventTokens(EventTokens{Tenant: testTenant, Audiences: []string{testAudience}, KeysURL: keys.URL})
	app, err := identityApp(t, io.Discard, check)
	if err != nil {
		t.Fatal(err)
	}
	good, forged := sign(t, version1()), signSecond(t)
	var all sync.WaitGroup
	for range 32 {
		for token, want := range map[string]int{good: http.StatusOK, forged: http.StatusUnauthorized} {
			all.Go(func() {
				w := httptest.NewRecorder()
				if app.ServeHTTP(w, event(token, strings.NewReader("hello"))); w.Code != want {
					t.Errorf("status %d, want %d", w.Code, want)
				}
			})
		}
	}
	all.Wait()
	i.wantAsked(t, 1)
}

func BenchmarkCheck(b *testing.B) {
	c := mustChecker(b, wanted(newIssuer()))
	r := carrying(sign(b, version1()))
	b.ReportAllocs()
	for b.Loop() {
		if err := c.check(r); err != nil {
			b.Fatal(err)
		}
	}
}
