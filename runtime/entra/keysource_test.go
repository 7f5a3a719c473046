package entra

import (
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
)

func TestKeySet(t *testing.T) {
	good := publicJWK("good", &firstKey().PublicKey)
	changed := func(change func(*jwk)) jwk {
		k := publicJWK("changed", &secondKey().PublicKey)
		change(&k)
		return k
	}
	number := func(b ...byte) string { return base64.RawURLEncoding.EncodeToString(b) }
	for _, tt := range []struct {
		name string
		key  jwk
		want bool
	}{
		{"as Entra ID writes it", changed(func(*jwk) {}), true},
		{"with its algorithm", changed(func(k *jwk) { k.Algorithm = "RS256" }), true},
		{"without use and issuer", changed(func(k *jwk) { k.Use, k.Issuer = "", "" }), true},
		{"with padding", changed(func(k *jwk) { k.Exponent += "=" }), true},
		{"the tenant spelled out", changed(func(k *jwk) { k.Issuer = "https://login.microsoftonline.com/" + testTenant + "/v2.0" }), true},
		{"of another tenant", changed(func(k *jwk) { k.Issuer = "https://login.microsoftonline.com/" + testApp + "/v2.0" }), false},
		{"for encryption", changed(func(k *jwk) { k.Use = "enc" }), false},
		{"for another algorithm", changed(func(k *jwk) { k.Algorithm = "RS512" }), false},
		{"of another type", changed(func(k *jwk) { k.Type = "oct" }), false},
		{"without an id", changed(func(k *jwk) { k.ID = "" }), false},
		{"too short", changed(func(k *jwk) { k.Modulus = number(slices.Repeat([]byte{0xff}, 255)...) }), false},
		{"too long", changed(func(k *jwk) { k.Modulus = number(slices.Repeat([]byte{0xff}, 1025)...) }), false},
		{"even", changed(func(k *jwk) { k.Modulus = number(append(slices.Repeat([]byte{0xff}, 255), 0xfe)...) }), false},
		{"no modulus", changed(func(k *jwk) { k.Modulus = "" }), false},
		{"no number", changed(func(k *jwk) { k.Modulus = "???" }), false},
		{"exponent 1", changed(func(k *jwk) { k.Exponent = number(1) }), false},
		{"an even exponent", changed(func(k *jwk) { k.Exponent = number(4) }), false},
		{"a huge exponent", changed(func(k *jwk) { k.Exponent = number(1, 1, 1, 1, 1) }), false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			document, err := json.Marshal(map[string]any{"keys": []jwk{good, tt.key}})
			if err != nil {
				t.Fatal(err)
			}
			keys, err := mustChecker(t, wanted(nil)).keys.source.parse(document)
			if err != nil || !keys["good"].Equal(&firstKey().PublicKey) {
				t.Fatalf("keys %v, %v", keys, err)
			}
			if got := keys[tt.key.ID] != nil; got != tt.want || got && !keys[tt.key.ID].Equal(&secondKey().PublicKey) {
				t.Errorf("the key is taken: %v, want %v", got, tt.want)
			}
		})
	}
}

// TestKeyAnswers: what is no set of keys is said so, and does not make one.
func TestKeyAnswers(t *testing.T) {
	for _, tt := range []struct {
		name   string
		answer http.HandlerFunc
		want   string
	}{
		{"no JSON", write("<html>"), "no JWK set"},
		{"no keys", write(`{"keys":[]}`), "none of the 0 keys"},
		{"only others", write(`{"keys":[{"kty":"EC","kid":"x"}]}`), "none of the 1 keys"},
		{"an error", func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no", http.StatusBadGateway) }, "502 Bad Gateway"},
		{"a redirect", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/keys", http.StatusFound) }, "302 Found"},
		{"too much", write(`{"keys":[` + strings.Repeat(" ", maxKeys)), "more than 1 MiB"},
		{"half of it", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			io.WriteString(w, "{")
		}, "unexpected EOF"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			mux := http.NewServeMux()
			mux.Handle("/", tt.answer)
			mux.HandleFunc("/keys", func(http.ResponseWriter, *http.Request) { t.Error("the redirect was followed") })
			server := httptest.NewServer(mux)
			defer server.Close()
			tokens := EventTokens{Tenant: testTenant, Audiences: []string{testAudience}, KeysURL: server.URL}
			keys, err := mustChecker(t, tokens).keys.source.fetch(t.Context())
			if keys != nil || err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), server.URL) {
				t.Errorf("%v, error %v; want one that says %q and the URL", keys, err, tt.want)
			}
		})
	}
}

func write(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, text) }
}

// TestHTTPClient: the client that is given is used and stays as it is.
func TestHTTPClient(t *testing.T) {
	i := newIssuer()
	tokens := wanted(i)
	keys, err := mustChecker(t, tokens).keys.source.fetch(t.Context())
	if err != nil || tokens.HTTPClient.CheckRedirect != nil {
		t.Fatalf("error %v", err)
	}
	var want *rsa.PublicKey = &firstKey().PublicKey
	if !keys["first"].Equal(want) {
		t.Errorf("keys %v", keys)
	}
}
