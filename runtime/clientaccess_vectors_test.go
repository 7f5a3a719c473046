package wps

import (
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/wpsgen/wpsgen/internal/jsonio"
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
		"claimOrder": func(t testing.TB, want json.RawMessage) {
			if order := g.claimOrder(t); !slices.Equal(order, vectors.Decode[[]string](t, want)) {
				t.Errorf("claims in the order %q, want %s", order, want)
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

// claimOrder are the names of the token's claims as they stand there.
func (g *grant) claimOrder(t testing.TB) []string {
	t.Helper()
	_, claims, _ := strings.Cut(g.AccessToken, ".")
	claims, _, _ = strings.Cut(claims, ".")
	doc, err := base64.RawURLEncoding.DecodeString(claims)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	r := jsonio.New(string(doc))
	r.Object(func(name string) { names = append(names, name); r.Skip() })
	return names
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
