package wps

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wpsgen/wpsgen/internal/wire"
)

type tokenVector struct {
	ID    string
	Input struct {
		Endpoint, AccessKey, Credential, Hub string
		UserID                               *string
		ClientProtocol                       string
		Roles, Groups                        []string
		ExpiresAfterSeconds                  *int
		URI                                  string
	}
	Expected struct {
		RESTCall      *restCall
		TokenFrom     string
		BaseURL, URL  string
		URLContains   string
		URLStartsWith []string
		Claims        map[string]any
		AbsentClaims  []string
		ExpMinusIat   int64
		JSONKeys      []string
		JSON          json.RawMessage
	}
}

// restCall is a call that makes a token.
type restCall struct {
	Method, Path string
	Query        [][2]string
}

func TestTokenVectors(t *testing.T) {
	for _, v := range loadVectors[tokenVector](t, "tokens.json") {
		t.Run(v.ID, func(t *testing.T) {
			switch {
			case v.Input.Credential == "identity":
				checkIdentityToken(t, v)
			case v.Input.URI != "":
				checkConnectionJSON(t, v)
			default:
				checkToken(t, v)
			}
		})
	}
}

// checkConnectionJSON checks names and values of the JSON form alone.
func checkConnectionJSON(t *testing.T, v tokenVector) {
	t.Helper()
	base, token, _ := strings.Cut(v.Input.URI, "?access_token=")
	doc, err := json.Marshal(Connection{BaseURL: base, URL: v.Input.URI, AccessToken: token})
	if err != nil {
		t.Fatal(err)
	}
	if !sameJSON(t, doc, v.Expected.JSON) {
		t.Errorf("got %s, want %s", doc, v.Expected.JSON)
	}
}

func (v *tokenVector) claims() wire.ClientToken {
	return wire.ClientToken{UserID: v.Input.UserID, Roles: v.Input.Roles, Groups: v.Input.Groups}
}

func (v *tokenVector) lifetime() time.Duration {
	if v.Input.ExpiresAfterSeconds == nil {
		return defaultLifetime
	}
	return time.Duration(*v.Input.ExpiresAfterSeconds) * time.Second
}

func checkURLs(t *testing.T, v tokenVector, conn Connection) {
	t.Helper()
	want := v.Expected
	if want.BaseURL != "" && conn.BaseURL != want.BaseURL {
		t.Errorf("base URL %s, want %s", conn.BaseURL, want.BaseURL)
	}
	if url := strings.ReplaceAll(want.URL, "<token>", conn.AccessToken); url != "" && conn.URL != url {
		t.Errorf("URL %s, want %s", conn.URL, url)
	}
	if !strings.Contains(conn.URL, want.URLContains) || !strings.HasPrefix(conn.URL, "ws") {
		t.Errorf("URL %s", conn.URL)
	}
	doc, err := json.Marshal(conn)
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range want.JSONKeys {
		if !strings.Contains(string(doc), `"`+key+`":"`) {
			t.Errorf("%s lacks %s", doc, key)
		}
	}
	if want.URLStartsWith != nil && !slices.ContainsFunc(want.URLStartsWith, func(p string) bool { return strings.HasPrefix(conn.URL, p) }) {
		t.Errorf("URL %s, want one of %q", conn.URL, want.URLStartsWith)
	}
}

// checkIdentityToken checks the call that makes the token, and that it is the token.
func checkIdentityToken(t *testing.T, v tokenVector) {
	t.Helper()
	s := &script{replies: []answered{{status: 200, body: `{"token":"made.by.service"}`}}}
	client, err := NewServiceClientWithCredential(v.Input.Endpoint, v.Input.Hub, &identity{lifetime: time.Hour}, WithHTTPClient(&http.Client{Transport: s}))
	if err != nil {
		t.Fatal(err)
	}
	conn, err := client.access(t.Context(), v.claims(), ClientProtocol(v.Input.ClientProtocol), v.lifetime())
	if err != nil {
		t.Fatal(err)
	}
	checkURLs(t, v, conn)
	if from := v.Expected.TokenFrom; from != "" && (from != "response.token" || conn.AccessToken != "made.by.service") {
		t.Errorf("token %s, want that of %s", conn.AccessToken, from)
	}
	if len(s.requests) != 1 {
		t.Fatalf("%d calls", len(s.requests))
	}
	if call := v.Expected.RESTCall; call != nil {
		checkTokenCall(t, call, s.requests[0])
	}
}

// checkTokenCall compares a call with a vector's; what the vector leaves out may only be what is always said.
func checkTokenCall(t *testing.T, want *restCall, r *http.Request) {
	t.Helper()
	if r.Method != want.Method || r.URL.EscapedPath() != want.Path || r.Header.Get("Authorization") != "Bearer token-1" {
		t.Errorf("%s %s, %v, want %s %s", r.Method, r.URL, r.Header, want.Method, want.Path)
	}
	query := make(url.Values)
	for _, q := range want.Query {
		query.Add(q[0], q[1])
	}
	got := r.URL.Query()
	for _, name := range []string{"api-version", "minutesToExpire", "clientType"} {
		if !got.Has(name) {
			t.Errorf("%s is not said in %s", name, r.URL.RawQuery)
		}
		if !query.Has(name) {
			got.Del(name)
		}
	}
	if got.Encode() != query.Encode() {
		t.Errorf("query %s, want %s", got.Encode(), query.Encode())
	}
}

func checkToken(t *testing.T, v tokenVector) {
	t.Helper()
	in, want := v.Input, v.Expected
	cs, err := wire.ParseConnectionString("Endpoint=" + in.Endpoint + ";AccessKey=" + in.AccessKey)
	if err != nil {
		t.Fatal(err)
	}
	conn, err := newServiceClient(connection{ConnectionString: cs}, in.Hub).access(t.Context(), v.claims(), ClientProtocol(in.ClientProtocol), v.lifetime())
	if err != nil {
		t.Fatal(err)
	}
	checkURLs(t, v, conn)
	claims := claimsOf(t, conn.AccessToken, in.AccessKey)
	for name, value := range want.Claims {
		got, _ := json.Marshal(claims[name])
		expected, _ := json.Marshal(value)
		if string(got) != string(expected) {
			t.Errorf("claim %s is %s, want %s", name, got, expected)
		}
	}
	for _, name := range want.AbsentClaims {
		if _, ok := claims[name]; ok {
			t.Errorf("claim %s is there", name)
		}
	}
	iat, exp := claims["iat"].(float64), claims["exp"].(float64)
	if want.ExpMinusIat != 0 && int64(exp-iat) != want.ExpMinusIat || claims["nbf"] != claims["iat"] {
		t.Errorf("exp-iat %v, nbf %v, iat %v", exp-iat, claims["nbf"], claims["iat"])
	}
}
