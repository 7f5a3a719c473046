package wps

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/golang-jwt/jwt/v5"
)

// restStub is a service that records calls and answers with its success status, or as told.
type restStub struct {
	*httptest.Server
	mu     sync.Mutex
	calls  []string
	answer func(w http.ResponseWriter, r *http.Request) bool // false: the default answer
}

func newRESTStub(t *testing.T) *restStub {
	t.Helper()
	s := &restStub{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if err := checkBearer(r); err != nil {
			t.Error(err)
		}
		s.mu.Lock()
		s.calls = append(s.calls, fmt.Sprintf("%s %s %s %q", r.Method, r.URL.EscapedPath(), r.Header.Get("Content-Type"), body))
		answer := s.answer
		s.mu.Unlock()
		if answer != nil && answer(w, r) {
			return
		}
		switch {
		case strings.HasSuffix(r.URL.Path, ":send"):
			w.WriteHeader(http.StatusAccepted)
		case r.Method == http.MethodPut:
			w.WriteHeader(http.StatusOK)
		default:
			w.WriteHeader(http.StatusNoContent)
		}
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *restStub) connection() string { return "Endpoint=" + s.URL + ";AccessKey=" + testKey }

func (s *restStub) settings() Option {
	return WithSettings(map[string]string{settingConnection: s.connection(), settingHub: "chat"})
}

// http is a client whose connections end with the stub.
func (s *restStub) http() Option { return WithServiceHTTPClient(s.Client()) }

func (s *restStub) recorded() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.calls...)
}

// checkBearer checks that a request's token is signed with the test key for exactly its URL.
func checkBearer(r *http.Request) error {
	token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !ok {
		return errors.New("no bearer token")
	}
	_, err := jwt.Parse(token, func(*jwt.Token) (any, error) { return []byte(testKey), nil },
		jwt.WithValidMethods([]string{"HS256"}), jwt.WithExpirationRequired(),
		jwt.WithAudience("http://"+r.Host+r.RequestURI))
	return err
}

func TestDo(t *testing.T) {
	stub := newRESTStub(t)
	client, err := NewServiceClient(stub.connection(), "chat", WithHTTPClient(stub.Client()))
	if err != nil {
		t.Fatal(err)
	}
	err = client.Do(t.Context(),
		SendToAll{Data: JSON(map[string]int{"a": 1}), Excluded: []string{"x y"}},
		SendToGroup{Group: "a/b", Data: Text("hi")},
		SendToUser{UserID: "u", Data: Binary([]byte{0, 1})},
		AddUserToGroup{UserID: "u", Group: "g"},
		CloseClientConnection{ConnectionID: "c"},
	)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		`POST /api/hubs/chat/:send application/json "{\"a\":1}"`,
		`POST /api/hubs/chat/groups/a%2Fb/:send text/plain "hi"`,
		`POST /api/hubs/chat/users/u/:send application/octet-stream "\x00\x01"`,
		`PUT /api/hubs/chat/users/u/groups/g  ""`,
		`DELETE /api/hubs/chat/connections/c  ""`,
	}
	if got := stub.recorded(); !equal(got, want) {
		t.Errorf("calls\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestDoStopsAtTheFirstFailure(t *testing.T) {
	stub := newRESTStub(t)
	stub.answer = func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method != http.MethodPut {
			return false
		}
		w.Header().Set("x-ms-error-code", "Info.Connection.NotExisted")
		w.Header().Set("x-ms-request-id", "r-1")
		w.WriteHeader(http.StatusNotFound)
		io.WriteString(w, strings.Repeat("x", 2*maxErrorBody))
		return true
	}
	client, err := NewServiceClient(stub.connection(), "chat", WithHTTPClient(stub.Client()))
	if err != nil {
		t.Fatal(err)
	}
	err = client.Do(t.Context(), SendToAll{Data: Text("1")}, AddConnectionToGroup{ConnectionID: "c", Group: "g"}, SendToAll{Data: Text("3")})
	var refused *ServiceError
	if !errors.As(err, &refused) {
		t.Fatalf("error %v, want a *ServiceError", err)
	}
	if want := (ServiceError{Action: "AddConnectionToGroup", StatusCode: 404, Code: "Info.Connection.NotExisted", RequestID: "r-1", Tries: 1}); *refused != want {
		t.Errorf("got %+v, want %+v", *refused, want)
	}
	if n := len(stub.recorded()); n != 2 {
		t.Errorf("%d calls, want 2", n)
	}
}

func TestServiceErrors(t *testing.T) {
	for _, c := range []struct {
		name   string
		answer func(w http.ResponseWriter)
		want   []string
	}{
		{"code in the body", func(w http.ResponseWriter) {
			w.WriteHeader(http.StatusBadRequest)
			io.WriteString(w, `{"code":"Error.BadRequest","message":"m"}`)
		}, []string{"SendToAll", "400 Bad Request", "code Error.BadRequest"}},
		{"key", func(w http.ResponseWriter) { w.WriteHeader(http.StatusUnauthorized) }, []string{"401", "access key"}},
		{"another success", func(w http.ResponseWriter) { w.WriteHeader(http.StatusOK) }, []string{"200 OK"}},
		{"redirect", func(w http.ResponseWriter) {
			w.Header().Set("Location", "http://127.0.0.1:1/")
			w.WriteHeader(http.StatusTemporaryRedirect)
		}, []string{"307"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			stub := newRESTStub(t)
			stub.answer = func(w http.ResponseWriter, _ *http.Request) bool { c.answer(w); return true }
			client, err := NewServiceClient(stub.connection(), "chat")
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(sharedHTTPClient().CloseIdleConnections)
			err = client.Do(t.Context(), SendToAll{Data: Text("x")})
			wantError(t, err, c.want...)
			if err != nil && (strings.Contains(err.Error(), testKey) || strings.Contains(err.Error(), "eyJ")) {
				t.Errorf("error %q holds a secret", err)
			}
			if n := len(stub.recorded()); n != 1 {
				t.Errorf("%d calls, want 1", n)
			}
		})
	}
}

func TestDoEndsWithItsContext(t *testing.T) {
	stub := newRESTStub(t)
	client, err := NewServiceClient(stub.connection(), "chat", WithHTTPClient(stub.Client()))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := client.Do(ctx, SendToAll{Data: Text("x")}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want context.Canceled", err)
	}
}

// TestConnectionsAreReused sends from several goroutines; net/http's two idle connections a host would
// be exceeded many times over.
func TestConnectionsAreReused(t *testing.T) {
	stub := newRESTStub(t)
	var mu sync.Mutex
	remotes := make(map[string]bool)
	stub.answer = func(_ http.ResponseWriter, r *http.Request) bool {
		mu.Lock()
		defer mu.Unlock()
		remotes[r.RemoteAddr] = true
		return false
	}
	client, err := NewServiceClient(stub.connection(), "chat")
	if err != nil {
		t.Fatal(err)
	}
	defer sharedHTTPClient().CloseIdleConnections()
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 25 {
				if err := client.Do(t.Context(), SendToAll{Data: Text("x")}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if len(remotes) > 16 {
		t.Errorf("200 sends of 8 senders took %d connections", len(remotes))
	}
}

func TestNewServiceClientErrors(t *testing.T) {
	for _, c := range []struct{ connection, hub, want string }{
		{"", "chat", "empty"},
		{"AccessKey=k", "chat", "Endpoint"},
		{"Endpoint=https://a", "chat", "no AccessKey"},
		{"Endpoint=https://a;AccessKey=", "chat", "no AccessKey"},
		{testConnection, "", `"" is not a hub name`},
		{testConnection, "../x", `"../x" is not a hub name`},
	} {
		_, err := NewServiceClient(c.connection, c.hub)
		wantError(t, err, c.want)
	}
}

func TestSecretsAreNotPrinted(t *testing.T) {
	client, err := NewServiceClient(testConnection, "chat")
	if err != nil {
		t.Fatal(err)
	}
	connection, err := client.ClientAccess(t.Context(), ClientAccessOptions{UserID: "ann"})
	if err != nil {
		t.Fatal(err)
	}
	var log logBuffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("made", "connection", connection, "client", client)
	slog.New(slog.NewJSONHandler(&log, nil)).Info("made", "connection", connection, "client", client)
	for _, text := range []string{
		fmt.Sprintf("%v %+v %#v %s", connection, connection, connection, connection),
		fmt.Sprintf("%v %+v %#v %s", client, client, client, client),
		fmt.Sprintf("%v %+v", *client, []Connection{connection}),
		log.String(),
	} {
		if strings.Contains(text, connection.AccessToken) || strings.Contains(text, testKey) {
			t.Errorf("a secret is printed: %s", text)
		}
	}
	if doc, _ := json.Marshal(connection); !strings.Contains(string(doc), connection.AccessToken) {
		t.Error("the JSON lacks the token")
	}
}
