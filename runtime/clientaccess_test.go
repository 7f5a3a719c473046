package wps

import (
	"crypto/tls"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/wpsgen/wpsgen/internal/vectors"
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
	Expected json.RawMessage
}

func TestTokenVectors(t *testing.T) {
	for _, v := range vectors.Load[*tokenVector](t, "extension/tokens.json") {
		t.Run(v.ID, func(t *testing.T) {
			vectors.Check(t, v.Expected, v.grant(t).checks())
		})
	}
}

// grant is what a client is given, and the calls that were made for it.
type grant struct {
	Connection
	key   string // that signs the token
	calls []*http.Request
}

func (v *tokenVector) grant(t *testing.T) *grant {
	t.Helper()
	in := v.Input
	if in.URI != "" { // names and values of the JSON form alone
		base, token, _ := strings.Cut(in.URI, "?access_token=")
		return &grant{Connection: Connection{BaseURL: base, URL: in.URI, AccessToken: token}}
	}
	s := &script{replies: []answered{{status: 200, body: `{"token":"made.by.service"}`}}}
	client, err := NewServiceClient("Endpoint="+in.Endpoint+";AccessKey="+in.AccessKey, in.Hub)
	if in.Credential == "identity" {
		client, err = NewServiceClientWithCredential(in.Endpoint, in.Hub, &identity{lifetime: time.Hour}, WithHTTPClient(&http.Client{Transport: s}))
	}
	if err != nil {
		t.Fatal(err)
	}
	lifetime := defaultLifetime
	if seconds := in.ExpiresAfterSeconds; seconds != nil {
		lifetime = time.Duration(*seconds) * time.Second
	}
	claims := wire.ClientToken{UserID: in.UserID, Roles: in.Roles, Groups: in.Groups}
	conn, err := client.access(t.Context(), claims, ClientProtocol(in.ClientProtocol), lifetime)
	if err != nil {
		t.Fatal(err)
	}
	return &grant{Connection: conn, key: in.AccessKey, calls: s.requests}
}

func (g *grant) checks() map[string]func(testing.TB, json.RawMessage) {
	claims := func(t testing.TB) jwt.MapClaims { return claimsOf(t, g.AccessToken, g.key) }
	return map[string]func(testing.TB, json.RawMessage){
		"baseUrl": func(t testing.TB, want json.RawMessage) {
			if g.BaseURL != vectors.Text(t, want) {
				t.Errorf("base URL %s, want %s", g.BaseURL, want)
			}
		},
		"url": func(t testing.TB, want json.RawMessage) {
			if url := strings.ReplaceAll(vectors.Text(t, want), "<token>", g.AccessToken); g.URL != url {
				t.Errorf("URL %s, want %s", g.URL, url)
			}
		},
		"urlContains": func(t testing.TB, want json.RawMessage) {
			if !strings.Contains(g.URL, vectors.Text(t, want)) {
				t.Errorf("URL %s, want %s in it", g.URL, want)
			}
		},
		"urlStartsWith": func(t testing.TB, want json.RawMessage) {
			if !slices.ContainsFunc(vectors.Decode[[]string](t, want), func(p string) bool { return strings.HasPrefix(g.URL, p) }) {
				t.Errorf("URL %s, want one of %s", g.URL, want)
			}
		},
		"claims": func(t testing.TB, want json.RawMessage) {
			doc, err := json.Marshal(claims(t))
			if err == nil {
				err = vectors.Subset(want, doc)
			}
			if err != nil {
				t.Error(err)
			}
		},
		"absentClaims": func(t testing.TB, want json.RawMessage) {
			for _, name := range vectors.Decode[[]string](t, want) {
				if _, ok := claims(t)[name]; ok {
					t.Errorf("claim %s is there", name)
				}
			}
		},
		"expMinusIat": func(t testing.TB, want json.RawMessage) {
			if c := claims(t); c["exp"].(float64)-c["iat"].(float64) != vectors.Decode[float64](t, want) {
				t.Errorf("claims %v, want a life of %s", c, want)
			}
		},
		"nbfEqualsIat": func(t testing.TB, want json.RawMessage) {
			if c := claims(t); (c["nbf"] == c["iat"]) != vectors.Decode[bool](t, want) {
				t.Errorf("claims %v", c)
			}
		},
		"alg": func(t testing.TB, want json.RawMessage) { g.checkAlgorithm(t, vectors.Text(t, want)) },
		"json": func(t testing.TB, want json.RawMessage) {
			if err := vectors.Same(want, g.doc(t)); err != nil {
				t.Error(err)
			}
		},
		"jsonKeys": func(t testing.TB, want json.RawMessage) {
			for _, key := range vectors.Decode[[]string](t, want) {
				if !strings.Contains(string(g.doc(t)), `"`+key+`":"`) {
					t.Errorf("%s lacks %s", g.doc(t), key)
				}
			}
		},
		"tokenFrom": func(t testing.TB, want json.RawMessage) {
			if vectors.Text(t, want) != "response.token" || g.AccessToken != "made.by.service" {
				t.Errorf("token %s, want that of %s", g.AccessToken, want)
			}
		},
		"restCall": g.checkCall,
	}
}

func (g *grant) doc(t testing.TB) json.RawMessage {
	t.Helper()
	doc, err := json.Marshal(g.Connection)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func (g *grant) checkAlgorithm(t testing.TB, want string) {
	t.Helper()
	token, _, err := jwt.NewParser().ParseUnverified(g.AccessToken, jwt.MapClaims{})
	if err != nil || token.Method.Alg() != want {
		t.Errorf("%v, %v, want %s", token, err, want)
	}
}

// checkCall compares the call that makes a token; what the vector leaves out may only be what is always said.
func (g *grant) checkCall(t testing.TB, want json.RawMessage) {
	t.Helper()
	if len(g.calls) != 1 {
		t.Fatalf("%d calls", len(g.calls))
	}
	r := g.calls[0]
	query := url.Values{"api-version": {apiVersion}, "minutesToExpire": {"60"}, "clientType": {"default"}}
	vectors.Check(t, want, map[string]func(testing.TB, json.RawMessage){
		"method": func(t testing.TB, want json.RawMessage) {
			if r.Method != vectors.Text(t, want) || r.Header.Get("Authorization") != "Bearer token-1" {
				t.Errorf("%s, %v, want %s", r.Method, r.Header, want)
			}
		},
		"path": func(t testing.TB, want json.RawMessage) {
			if r.URL.EscapedPath() != vectors.Text(t, want) {
				t.Errorf("path %s, want %s", r.URL.EscapedPath(), want)
			}
		},
		"query": func(t testing.TB, want json.RawMessage) {
			given := make(url.Values)
			for _, q := range vectors.Decode[[][2]string](t, want) {
				given.Add(q[0], q[1])
			}
			maps.Copy(query, given)
			if got := r.URL.Query(); got.Encode() != query.Encode() {
				t.Errorf("query %s, want %s", got.Encode(), query.Encode())
			}
		},
	})
}

func claimsOf(t testing.TB, token, key string) jwt.MapClaims {
	t.Helper()
	claims := jwt.MapClaims{}
	if _, err := jwt.ParseWithClaims(token, claims, func(*jwt.Token) (any, error) { return []byte(key), nil },
		jwt.WithValidMethods([]string{"HS256"})); err != nil {
		t.Fatal(err)
	}
	return claims
}

func TestClientAccess(t *testing.T) {
	client, err := NewServiceClient("Endpoint=https://SVC.example:443;AccessKey="+testKey, "chat")
	if err != nil {
		t.Fatal(err)
	}
	connection, err := client.ClientAccess(t.Context(), ClientAccessOptions{
		Roles: []string{"webpubsub.sendToGroup.g"}, Groups: []string{"g"}, Lifetime: time.Minute, Protocol: "MQTT"})
	if err != nil {
		t.Fatal(err)
	}
	if connection.BaseURL != "wss://svc.example/clients/mqtt/hubs/chat" {
		t.Errorf("base URL %s", connection.BaseURL)
	}
	claims := claimsOf(t, connection.AccessToken, testKey)
	if claims["aud"] != "https://svc.example/clients/mqtt/hubs/chat" {
		t.Errorf("audience %v", claims["aud"])
	}
	if _, ok := claims["sub"]; ok {
		t.Error("an anonymous client has a user")
	}
	if claims["exp"].(float64)-claims["iat"].(float64) != 60 {
		t.Errorf("claims %v", claims)
	}
	named, err := client.ClientAccess(t.Context(), ClientAccessOptions{UserID: "ann"})
	if err != nil {
		t.Fatal(err)
	}
	if claims := claimsOf(t, named.AccessToken, testKey); claims["sub"] != "ann" || claims["exp"].(float64)-claims["iat"].(float64) != 3600 {
		t.Errorf("claims %v", claims)
	}
	_, err = client.ClientAccess(t.Context(), ClientAccessOptions{Protocol: "telnet"})
	wantError(t, err, `"telnet" is none of`)
	_, err = client.ClientAccess(t.Context(), ClientAccessOptions{Lifetime: -1})
	wantError(t, err, "negative")
}

// TestClientAccessByIdentity: the service makes the token, from what the options say.
func TestClientAccessByIdentity(t *testing.T) {
	for _, c := range []struct {
		options ClientAccessOptions
		query   string
		base    string
	}{
		{ClientAccessOptions{}, "minutesToExpire=60&clientType=default", "wss://svc.example/client/hubs/chat"},
		{ClientAccessOptions{UserID: "a b", Roles: []string{"r", "s"}, Groups: []string{"g"}, Lifetime: 119 * time.Second, Protocol: "SocketIO"},
			"userId=a%20b&role=r&role=s&group=g&minutesToExpire=1&clientType=socketio", "wss://svc.example/clients/socketio/hubs/chat"},
		{ClientAccessOptions{Lifetime: time.Second, Protocol: "mqtt"}, "minutesToExpire=1&clientType=mqtt", "wss://svc.example/clients/mqtt/hubs/chat"},
	} {
		s := &script{replies: []answered{{status: 200, body: `{"token":"t"}`}}}
		conn, err := s.withCredential(t, &identity{lifetime: time.Hour}).ClientAccess(t.Context(), c.options)
		if want := (Connection{BaseURL: c.base, URL: c.base + "?access_token=t", AccessToken: "t"}); err != nil || conn != want {
			t.Errorf("%s, %v, want %s", conn.URL, err, want.URL)
		}
		if r := s.requests[0]; r.Method != http.MethodPost || r.URL.RawQuery != c.query+"&api-version="+apiVersion {
			t.Errorf("%s %s, want %s", r.Method, r.URL, c.query)
		}
	}
	for want, r := range map[string]answered{
		"ClientAccess: the service answered 403":         {status: 403},
		"ClientAccess: the service's answer has no":      {status: 200, body: "{}"},
		"ClientAccess: the service's answer cannot be":   {status: 200, body: "token"},
		"ClientAccess: the service's answer is longer":   {status: 200, body: strings.Repeat(" ", maxAnswer+1)},
		"ClientAccess: no answer from https://svc.examp": {err: &tls.CertificateVerificationError{Err: errBroken}},
	} {
		s := &script{replies: []answered{r}}
		_, err := s.withCredential(t, &identity{lifetime: time.Hour}).ClientAccess(t.Context(), ClientAccessOptions{})
		wantError(t, err, want)
	}
}
