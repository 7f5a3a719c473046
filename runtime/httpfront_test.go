package wps

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func anonymous(route string, methods ...string) HTTPTrigger {
	return HTTPTrigger{Name: "req", Route: route, Methods: methods, AuthLevel: "anonymous"}
}

// named answers with the function's name and the path values asked for.
func named(name string, values ...string) func(*Invocation) error {
	return func(inv *Invocation) error {
		text := name
		for _, v := range values {
			text += " " + inv.Request().PathValue(v)
		}
		inv.RespondHTTP(&HTTPResponse{Body: []byte(text)})
		return nil
	}
}

func TestRoutes(t *testing.T) {
	app := mustNew(t, []Function{
		httpFunction("rest", anonymous("files/{*path}", "GET"), named("rest", "path")),
		httpFunction("anyRoom", anonymous("rooms/{id}", "get"), named("anyRoom", "id")),
		httpFunction("numbered", anonymous("rooms/{id:int}", "GET"), named("numbered", "id")),
		httpFunction("lobby", anonymous("rooms/lobby", "POST"), named("lobby")),
		httpFunction("negotiate", anonymous(""), named("negotiate")),
	})
	for _, c := range []struct {
		method, path string
		status       int
		body         string
	}{
		{"GET", "/api/negotiate", 200, "negotiate"},
		{"DELETE", "/API/Negotiate/", 200, "negotiate"},
		{"GET", "/api/rooms/7", 200, "numbered 7"},
		{"GET", "/api/rooms/red%2Fblue", 200, "anyRoom red/blue"},
		{"POST", "/api/rooms/lobby", 200, "lobby"},
		{"GET", "/api/rooms/lobby", 200, "anyRoom lobby"},
		{"HEAD", "/api/rooms/7", 200, "numbered 7"}, // net/http drops the body
		{"GET", "/api/files/a/b", 200, "rest a/b"},
		{"GET", "/api/files", 200, "rest "},
		{"GET", "/api", 404, "404 page not found\n"},
		{"GET", "/apix/negotiate", 404, "404 page not found\n"},
		{"GET", "/negotiate", 404, "404 page not found\n"},
		{"GET", "/", 404, "404 page not found\n"},
	} {
		w := serve(app, httptest.NewRequest(c.method, c.path, nil))
		if w.Code != c.status || w.Body.String() != c.body {
			t.Errorf("%s %s: %d %q, want %d %q", c.method, c.path, w.Code, w.Body, c.status, c.body)
		}
	}
	w := serve(app, httptest.NewRequest("PUT", "/api/rooms/lobby", nil))
	if w.Code != 405 || w.Header().Get("Allow") != "GET, HEAD, POST" {
		t.Errorf("PUT: %d, Allow %q", w.Code, w.Header().Get("Allow"))
	}
}

func TestRoutePrefix(t *testing.T) {
	for prefix, path := range map[string]string{"": "/negotiate", "/v1/chat/": "/v1/chat/negotiate"} {
		app := mustNew(t, []Function{httpFunction("negotiate", anonymous(""), named("n"))}, WithRoutePrefix(prefix))
		if w := serve(app, httptest.NewRequest("GET", path, nil)); w.Code != 200 {
			t.Errorf("%q: status %d", prefix, w.Code)
		}
	}
}

func TestAuthLevels(t *testing.T) {
	app := mustNew(t, []Function{
		httpFunction("open", anonymous(""), named("open")),
		httpFunction("keyed", HTTPTrigger{Name: "req"}, named("keyed")),
		httpFunction("secret", HTTPTrigger{Name: "req", AuthLevel: "Admin"}, named("secret")),
	}, WithSettings(map[string]string{settingFunctionKey: "f-key", settingAdminKey: "a-key"}))
	for _, c := range []struct {
		path, header string
		want         int
	}{
		{"/api/open", "", 200},
		{"/api/keyed", "", 401},
		{"/api/keyed?code=", "", 401},
		{"/api/keyed?code=wrong", "", 401},
		{"/api/keyed?code=f-key", "", 200},
		{"/api/keyed?code=a-key", "", 200},
		{"/api/keyed", "f-key", 200},
		{"/api/keyed?code=f-key", "wrong", 401},
		{"/api/secret?code=f-key", "", 401},
		{"/api/secret?code=a-key", "", 200},
	} {
		r := httptest.NewRequest("GET", c.path, nil)
		if c.header != "" {
			r.Header.Set("x-functions-key", c.header)
		}
		if w := serve(app, r); w.Code != c.want {
			t.Errorf("%s with %q: %d, want %d", c.path, c.header, w.Code, c.want)
		}
	}
}

func TestHTTPResults(t *testing.T) {
	for _, c := range []struct {
		name   string
		call   func(*Invocation) error
		status int
		body   string
		header string // name: value
	}{
		{"nothing", nothing, 200, "", ""},
		{"whole", func(inv *Invocation) error {
			inv.RespondHTTP(&HTTPResponse{Status: 418, Header: http.Header{"x-kind": {"pot"}}, Body: []byte("tea")})
			return nil
		}, 418, "tea", "X-Kind: pot"},
		{"writer", func(inv *Invocation) error {
			inv.ResponseWriter().WriteHeader(201)
			_, err := io.WriteString(inv.ResponseWriter(), "made")
			return err
		}, 201, "made", ""},
		{"unauthorized", func(*Invocation) error { return Unauthorized("who?") }, 401, "who?", "Content-Type: text/plain; charset=utf-8"},
		{"user error", func(*Invocation) error { return UserError("no") }, 400, "no", ""},
		{"server error", func(*Invocation) error { return ServerError("later") }, 500, "later", ""},
		{"other error", func(*Invocation) error { return errors.New("secret") }, 500, genericError, ""},
		{"impossible status", func(inv *Invocation) error { inv.RespondHTTP(&HTTPResponse{Status: 99}); return nil }, 500, genericError, ""},
		{"panic", func(*Invocation) error { panic("secret") }, 500, genericError, ""},
		{"panic with headers set", func(inv *Invocation) error {
			inv.ResponseWriter().Header().Set("Content-Encoding", "gzip")
			panic("secret")
		}, 500, genericError, "Content-Encoding: "},
	} {
		t.Run(c.name, func(t *testing.T) {
			app := mustNew(t, []Function{httpFunction("f", anonymous(""), c.call)})
			for range 2 { // the next request is served
				w := serve(app, httptest.NewRequest("GET", "/api/f", nil))
				if w.Code != c.status || w.Body.String() != c.body {
					t.Errorf("%d %q, want %d %q", w.Code, w.Body, c.status, c.body)
				}
				if name, value, ok := strings.Cut(c.header, ": "); ok && w.Header().Get(name) != value {
					t.Errorf("header %s: %q, want %q", name, w.Header().Get(name), value)
				}
			}
		})
	}
}

func TestHalfAnAnswerIsBrokenOff(t *testing.T) {
	server := httptest.NewServer(mustNew(t, []Function{httpFunction("f", anonymous(""), func(inv *Invocation) error {
		io.WriteString(inv.ResponseWriter(), "half")
		inv.ResponseWriter().(http.Flusher).Flush()
		return errors.New("x")
	})}))
	defer server.Close()
	res, err := server.Client().Get(server.URL + "/api/f")
	if err == nil {
		defer res.Body.Close()
		_, err = io.ReadAll(res.Body)
	}
	if err == nil {
		t.Error("the client takes half an answer for a whole one")
	}
}

func TestHTTPBodyLimit(t *testing.T) {
	app := mustNew(t, []Function{httpFunction("f", anonymous(""), func(inv *Invocation) error {
		body, err := io.ReadAll(inv.Request().Body)
		if err != nil {
			return fmt.Errorf("read: %w", err)
		}
		inv.RespondHTTP(&HTTPResponse{Body: body})
		return nil
	})}, WithMaxBody(4))
	for _, c := range []struct {
		body    string
		chunked bool
		want    int
	}{{"1234", false, 200}, {"12345", false, 413}, {"12345", true, 413}} {
		r := httptest.NewRequest("POST", "/api/f", strings.NewReader(c.body))
		if c.chunked {
			r.ContentLength = -1
		}
		w := serve(app, r)
		if w.Code != c.want || (w.Header().Get("Connection") == "close") != (c.want == 413) {
			t.Errorf("%+v: %d, Connection %q", c, w.Code, w.Header().Get("Connection"))
		}
	}
	r := httptest.NewRequest("POST", "/api/f", untouchable{t})
	r.ContentLength = 64 << 20
	if w := serve(app, r); w.Code != 413 {
		t.Errorf("64 MiB: %d", w.Code)
	}
}

func TestClientPrincipal(t *testing.T) {
	call := func(inv *Invocation) error {
		inv.RespondHTTP(&HTTPResponse{Body: []byte(inv.Request().Header.Get("x-ms-client-principal-id") + "," + inv.Request().Header.Get("X-Other"))})
		return nil
	}
	for _, c := range []struct {
		options []Option
		want    string
	}{{nil, ",o"}, {[]Option{TrustClientPrincipal()}, "ann,o"}, {[]Option{WithSettings(map[string]string{"WPS_TRUST_CLIENT_PRINCIPAL": "1"})}, "ann,o"}} {
		app := mustNew(t, []Function{httpFunction("f", anonymous(""), call)}, c.options...)
		r := httptest.NewRequest("GET", "/api/f", nil)
		r.Header.Set("X-MS-CLIENT-PRINCIPAL-ID", "ann")
		r.Header["x-ms-client-principal"] = []string{"raw"}
		r.Header.Set("X-Other", "o")
		if w := serve(app, r); w.Body.String() != c.want {
			t.Errorf("got %q, want %q", w.Body, c.want)
		}
		if r.Header.Get("x-ms-client-principal-id") != "ann" {
			t.Error("the caller's own request was changed")
		}
	}
}

func TestNegotiate(t *testing.T) {
	negotiate := func(userID, hub string) *App {
		return mustNew(t, []Function{httpFunction("negotiate", anonymous("negotiate/{room?}"), func(inv *Invocation) error {
			doc, err := json.Marshal(inv.Connection("connection"))
			if err != nil {
				return err
			}
			body, err := io.ReadAll(inv.Request().Body)
			if err != nil {
				return err
			}
			inv.RespondHTTP(&HTTPResponse{Header: http.Header{"X-Body": {string(body)}}, Body: doc})
			return nil
		}, WebPubSubConnection{Name: "connection", Hub: hub, UserID: userID})}, WithSettings(map[string]string{
			settingConnection: testConnection, settingHub: "chat", "Region": "eu"}))
	}
	for _, c := range []struct {
		userID, hub, path, body string
		status                  int
		user, base              string
	}{
		{"", "", "", "", 200, "<none>", "wss://svc.example/client/hubs/chat"},
		{"{query.userid}", "", "?userid=ann&userid=bob", "", 200, "bob", ""},
		{"{query.userid}", "", "?userid=", "", 200, "", ""},
		{"{query.userid}", "", "?UserId=ann", "", 400, "binding connection: {query.userid}: Error while accessing 'userid'", ""},
		{"{query.userid}", "", "", "", 400, "{query.userid}", ""},
		{"{userid}", "", "?UserId=ann", "", 200, "ann", ""},
		{"{code}", "", "?code=x", "", 400, "{code}", ""},
		{"{headers.x-user}", "", "", "", 200, "head", ""},
		{"{room}-%region%", "", "/red", "", 200, "red-eu", ""},
		{"{ROOM}", "", "/red?room=blue", `{"room":"green"}`, 200, "red", ""},
		{"{user.name}/{user.n}", "", "", `{"User":{"Name":"ann","n":7}}`, 200, "ann/7", ""},
		{"{user}", "", "?user=query", `{"user":"body"}`, 200, "query", ""},
		{"{user}", "", "", `["user"]`, 400, "{user}: No value for named parameter 'user'", ""},
		{"{headers.x-user}", "", "", `{"headers":{"x-user":"forged"}}`, 200, "head", ""},
		{"{sys.methodname}", "", "", "", 200, "negotiate", ""},
		{"a", "{query.hub}", "?hub=other", "", 200, "a", "wss://svc.example/client/hubs/other"},
		{"a", "{query.hub}", "?hub=../x", "", 400, `"../x" is not a hub name`, ""},
	} {
		r := httptest.NewRequest("POST", "/api/negotiate"+c.path, strings.NewReader(c.body))
		r.Header.Set("X-User", "head")
		w := serve(negotiate(c.userID, c.hub), r)
		if w.Code != c.status || w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s on %s: %d %q, cache %q", c.userID, c.path, w.Code, w.Body, w.Header().Get("Cache-Control"))
			continue
		}
		if c.status != 200 {
			if !strings.Contains(w.Body.String(), c.user) {
				t.Errorf("%s on %s: %q, want %q", c.userID, c.path, w.Body, c.user)
			}
			continue
		}
		checkNegotiated(t, w, c.user, c.base, c.body)
	}
}

func checkNegotiated(t *testing.T, w *httptest.ResponseRecorder, user, base, body string) {
	t.Helper()
	var connection Connection
	if err := json.Unmarshal(w.Body.Bytes(), &connection); err != nil {
		t.Fatal(err)
	}
	got, ok := claimsOf(t, connection.AccessToken, testKey)["sub"]
	if !ok {
		got = "<none>"
	}
	if got != user || base != "" && connection.BaseURL != base {
		t.Errorf("user %v at %s, want %s at %s", got, connection.BaseURL, user, base)
	}
	if w.Header().Get("X-Body") != body {
		t.Errorf("the function read the body %q, want %q", w.Header().Get("X-Body"), body)
	}
}
