package e2e_test

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/wpsgen/wpsgen/emulator"
)

// startEmulator runs an emulator until the test ends.
func startEmulator(t *testing.T, options emulator.Options) *emulator.Emulator {
	t.Helper()
	em, err := emulator.New(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := em.Close(); err != nil {
			t.Error(err)
		}
	})
	return em
}

// clientURL is a URL for hub chat.
func clientURL(t *testing.T, em *emulator.Emulator, options emulator.ClientOptions) string {
	t.Helper()
	url, err := em.ClientURL("chat", options)
	if err != nil {
		t.Fatal(err)
	}
	return url
}

// upstream is an application that answers event ask with what it was asked, and refuses event refuse.
// It keeps a line for each system event.
type upstream struct {
	*httptest.Server
	mu     sync.Mutex
	events []string
}

func newUpstream(t *testing.T) *upstream {
	t.Helper()
	u := new(upstream)
	u.Server = httptest.NewServer(u)
	t.Cleanup(u.Close)
	return u
}

func (u *upstream) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("WebHook-Allowed-Origin", "*")
	body, err := io.ReadAll(r.Body)
	if err != nil || r.Method != http.MethodPost {
		return
	}
	name := r.Header.Get("ce-eventName")
	switch {
	case strings.HasPrefix(r.Header.Get("ce-type"), "azure.webpubsub.sys."):
		if name == "disconnected" {
			name += " " + string(body)
		}
		u.mu.Lock()
		defer u.mu.Unlock()
		u.events = append(u.events, r.Header.Get("ce-userId")+" "+name)
	case name == "ask":
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintf(w, `{"asked":%s}`, body)
	default:
		w.WriteHeader(http.StatusForbidden)
	}
}

// of returns the system events of a user.
func (u *upstream) of(user string) []string {
	u.mu.Lock()
	defer u.mu.Unlock()
	var out []string
	for _, line := range u.events {
		if event, ok := strings.CutPrefix(line, user+" "); ok {
			out = append(out, event)
		}
	}
	return out
}

func (u *upstream) hubs() map[string]emulator.Hub {
	return map[string]emulator.Hub{"chat": {EventHandlers: []emulator.EventHandler{{
		URLTemplate:      u.URL,
		UserEventPattern: "ask,refuse",
		SystemEvents:     []string{"connect", "connected", "disconnected"},
	}}}}
}

// TestClientOperations is @azure/web-pubsub-client, in both of its protocols, with all it can do.
func TestClientOperations(t *testing.T) {
	needTools(t, "client", missingNode()...)
	for _, protocol := range []string{"reliable", "plain"} {
		t.Run(protocol, func(t *testing.T) {
			app := newUpstream(t)
			em := startEmulator(t, emulator.Options{Hubs: app.hubs()})
			url := clientURL(t, em, emulator.ClientOptions{
				UserID: "ada",
				Roles:  []string{"webpubsub.joinLeaveGroup.g", "webpubsub.sendToGroup.g"},
			})
			s := startScript(t, "operations.mjs", "WPSGEN_URL="+url,
				"WPSGEN_CONNECTION_STRING="+em.ConnectionString(), "WPSGEN_PROTOCOL="+protocol)
			s.awaitEnd(t, scriptLimit)
			s.wantSteps(t, [][2]string{
				{"connected", `"ada"`},
				{"group messages", `[["g","ada","text","hello"],["g","ada","json",{"a":[1]}],["g","ada","binary","00ff"],["g","ada","text","no ack"]]`},
				{"reply before the ack", `[["server","json",{"asked":{"n":1}}]]`},
				{"event nobody takes", `"InternalServerError"`},
				{"event refused", `"InternalServerError"`},
				{"join elsewhere", `"Forbidden"`},
				{"leave elsewhere", `"Forbidden"`},
				{"send elsewhere", `"Forbidden"`},
				{"sent twice", `true`},
				{"received", `[["g","ada","text","once"]]`},
				{"after leaving", `[["server","json",{"asked":{"n":2}}]]`},
				{"closed by the server", `[true,"Application server closed the connection. Reason: enough"]`},
				{"reconnected", `["ada",true]`},
				{"stopped", `[]`},
			})
			if err := em.Close(); err != nil {
				t.Error(err)
			}
			want := []string{
				"connect", "connected", `disconnected {"reason":"Application server closed the connection. Reason: enough"}`,
				"connect", "connected", `disconnected {"reason":""}`,
			}
			if got := app.of("ada"); !sameEvents(got, want) {
				t.Errorf("upstream saw %q", got)
			}
		})
	}
}

// sameEvents compares events of two connections: those of one may come between those of the other.
func sameEvents(got, want []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(want)))
}

// through is a client URL by way of the relay.
func (r *relay) through(em *emulator.Emulator, url string) string {
	return strings.Replace(url, em.Addr().String(), r.addr(), 1)
}

// TestClientRecovers drops the sockets of @azure/web-pubsub-client while messages go both ways: nothing
// is lost, nothing comes twice, and upstream nothing is seen of it.
func TestClientRecovers(t *testing.T) {
	needTools(t, "client", missingNode()...)
	app := newUpstream(t)
	em := startEmulator(t, emulator.Options{Hubs: app.hubs()})
	between := newRelay(t, em.Addr().String())
	all := []string{"webpubsub.joinLeaveGroup", "webpubsub.sendToGroup"}
	s := startScript(t, "recovery.mjs",
		"WPSGEN_URL="+between.through(em, clientURL(t, em, emulator.ClientOptions{UserID: "ada", Roles: all})),
		"WPSGEN_DIRECT_URL="+clientURL(t, em, emulator.ClientOptions{UserID: "observer", Roles: all}),
		"WPSGEN_CONNECTION_STRING="+em.ConnectionString())
	s.serve(t, 4, "drop", between.drop)
	s.awaitEnd(t, scriptLimit)
	s.wantSteps(t, [][2]string{
		{"down, in order", `true`},
		{"up, each once", `true`},
		{"nothing doubled", `[["last"],["last"],[],[]]`},
		{"still the same connection", `[true,[],[]]`},
	})
	if err := em.Close(); err != nil {
		t.Error(err)
	}
	if got, want := app.of("ada"), []string{"connect", "connected", `disconnected {"reason":""}`}; !slices.Equal(got, want) {
		t.Errorf("upstream saw %q", got)
	}
}

// TestClientRejoins: a recovery is refused, and the client comes back as another connection.
func TestClientRejoins(t *testing.T) {
	needTools(t, "client", missingNode()...)
	var log lockedBuffer
	em := startEmulator(t, emulator.Options{RecoveryWindow: -1, Logger: slog.New(slog.NewTextHandler(&log, nil))})
	between := newRelay(t, em.Addr().String())
	url := clientURL(t, em, emulator.ClientOptions{UserID: "ada", Roles: []string{"webpubsub.joinLeaveGroup"}})
	s := startScript(t, "rejoin.mjs", "WPSGEN_URL="+between.through(em, url), "WPSGEN_CONNECTION_STRING="+em.ConnectionString())
	s.serve(t, 1, "drop", between.drop)
	s.awaitEnd(t, scriptLimit)
	s.wantSteps(t, [][2]string{
		{"disconnected", `true`},
		{"another connection", `true`},
		{"in its group", `["welcome back"]`},
	})
	if strings.Count(log.String(), "recovery refused") != 1 {
		t.Errorf("the log says\n%s", log.String())
	}
}

type lockedBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}
