package entra

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

const (
	testTenant   = "11111111-2222-3333-4444-55555555aaaa"
	testAudience = "api://chat"
	testObject   = "aaaaaaaa-0000-0000-0000-000000000001"
	testApp      = "bbbbbbbb-0000-0000-0000-000000000002"
)

// Making keys takes its time, so that all tests share two.
var (
	firstKey  = sync.OnceValue(newKey)
	secondKey = sync.OnceValue(newKey)
)

func newKey() *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return key
}

// issuer is a tenant's Entra ID. As an http.RoundTripper it is without a network, for fake time.
type issuer struct {
	mu      sync.Mutex
	keys    map[string]*rsa.PrivateKey // by kid, as published
	asked   int
	answer  http.HandlerFunc // in place of the keys
	waiting chan struct{}    // where set, answers wait for its end
}

func newIssuer() *issuer {
	return &issuer{keys: map[string]*rsa.PrivateKey{"first": firstKey()}}
}

// publish replaces the keys; an answer set before goes.
func (i *issuer) publish(keys map[string]*rsa.PrivateKey) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.keys, i.answer = keys, nil
}

// fail makes the issuer answer with a status.
func (i *issuer) fail(status int) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.answer = func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }
}

// times is how often the keys were asked for.
func (i *issuer) times() int {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.asked
}

func (i *issuer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	i.mu.Lock()
	i.asked++
	keys, answer, waiting := i.keys, i.answer, i.waiting
	i.mu.Unlock()
	if waiting != nil {
		select {
		case <-waiting:
		case <-r.Context().Done():
		}
	}
	if answer != nil {
		answer(w, r)
		return
	}
	json.NewEncoder(w).Encode(keySet(keys))
}

func (i *issuer) RoundTrip(r *http.Request) (*http.Response, error) {
	w := httptest.NewRecorder()
	i.ServeHTTP(w, r)
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	return w.Result(), nil
}

// keySet is the document of keys as Entra ID writes it.
func keySet(keys map[string]*rsa.PrivateKey) map[string][]jwk {
	set := map[string][]jwk{"keys": {}}
	for id, key := range keys {
		set["keys"] = append(set["keys"], publicJWK(id, &key.PublicKey))
	}
	return set
}

func publicJWK(id string, key *rsa.PublicKey) jwk {
	return jwk{
		Type: "RSA", Use: "sig", ID: id, Issuer: "https://login.microsoftonline.com/{tenantid}/v2.0",
		Modulus:  base64.RawURLEncoding.EncodeToString(key.N.Bytes()),
		Exponent: base64.RawURLEncoding.EncodeToString(big.NewInt(int64(key.E)).Bytes()),
	}
}

// wanted are the tokens of the tests; the issuer is reached without a network.
func wanted(i *issuer) EventTokens {
	return EventTokens{Tenant: testTenant, Audiences: []string{testAudience}, HTTPClient: &http.Client{Transport: i}}
}

func mustChecker(t testing.TB, tokens EventTokens) *checker {
	t.Helper()
	c, err := newChecker(tokens)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// version1 are the claims of a managed identity's token of version 1.
func version1() jwt.MapClaims {
	now := time.Now()
	return jwt.MapClaims{
		"aud": testAudience, "iss": "https://sts.windows.net/" + testTenant + "/", "ver": "1.0",
		"iat": now.Unix(), "nbf": now.Unix(), "exp": now.Add(time.Hour).Unix(),
		"tid": testTenant, "oid": testObject, "sub": testObject, "appid": testApp, "idtyp": "app",
	}
}

// version2 are those of one of version 2.
func version2() jwt.MapClaims {
	c := version1()
	c["iss"], c["ver"], c["azp"] = "https://login.microsoftonline.com/"+testTenant+"/v2.0", "2.0", testApp
	delete(c, "appid")
	return c
}

func with(c jwt.MapClaims, name string, value any) jwt.MapClaims {
	if c[name] = value; value == nil {
		delete(c, name)
	}
	return c
}

// sign makes a token as the first key's owner does.
func sign(t testing.TB, c jwt.MapClaims) string {
	t.Helper()
	return signWith(t, jwt.SigningMethodRS256, firstKey(), map[string]any{"kid": "first"}, c)
}

func signWith(t testing.TB, method jwt.SigningMethod, key any, header map[string]any, c jwt.MapClaims) string {
	t.Helper()
	token := jwt.NewWithClaims(method, c)
	for name, value := range header {
		token.Header[name] = value
	}
	text, err := token.SignedString(key)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// carrying is an event's request with a token; "" is none.
func carrying(token string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/runtime/webhooks/webpubsub", nil)
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	return r
}
