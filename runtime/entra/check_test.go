package entra

import (
	"crypto/x509"
	"encoding/pem"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

func TestClaims(t *testing.T) {
	restricted := wanted(nil)
	restricted.ObjectIDs, restricted.AppIDs = []string{strings.ToUpper(testObject)}, []string{testApp}
	now := time.Now()
	const other = "cccccccc-0000-0000-0000-000000000003"
	for _, tt := range []struct {
		name   string
		claims jwt.MapClaims
		want   string // "" accepts
	}{
		{"version 1", version1(), ""},
		{"version 2", version2(), ""},
		{"several audiences", with(version1(), "aud", []string{"x", testAudience}), ""},
		{"another audience", with(version1(), "aud", "api://other"), `audience ["api://other"] is none of Audiences, which are ["api://chat"]`},
		{"a longer audience", with(version1(), "aud", testAudience+"/"), "audience"},
		{"no audience", with(version1(), "aud", nil), "aud claim is required"},
		{"another issuer", with(version1(), "iss", "https://sts.windows.net/"+other+"/"), "issuer"},
		{"an issuer without its slash", with(version1(), "iss", "https://sts.windows.net/"+testTenant), "issuer"},
		{"no issuer", with(version1(), "iss", nil), "issuer"},
		{"another tenant", with(version1(), "tid", other), "tenant (tid)"},
		{"no tenant", with(version1(), "tid", nil), "tenant (tid)"},
		{"expired", with(version1(), "exp", now.Add(-2*time.Minute).Unix()), "expired at"},
		{"expired within the leeway", with(version1(), "exp", now.Add(-30*time.Second).Unix()), ""},
		{"no expiry", with(version1(), "exp", nil), "exp claim is required"},
		{"not valid yet", with(version1(), "nbf", now.Add(2*time.Minute).Unix()), "not valid before"},
		{"not valid yet, within the leeway", with(version1(), "nbf", now.Add(30*time.Second).Unix()), ""},
		{"a user", with(version1(), "scp", "access_as_user"), "a user's"},
		{"another object", with(version1(), "oid", other), "object id (oid)"},
		{"no object", with(version1(), "oid", nil), "object id (oid)"},
		{"another app", with(version1(), "appid", other), "application id"},
		{"another app of version 2", with(version2(), "azp", other), "application id"},
		{"version 2 with the app in appid", with(with(version2(), "azp", other), "appid", testApp), "application id"},
		{"a claim of a wrong type", with(version1(), "tid", 7), "tid"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tokens := restricted
			tokens.HTTPClient = wanted(newIssuer()).HTTPClient
			token := sign(t, tt.claims)
			expect(t, mustChecker(t, tokens), token, tt.want)
		})
	}
}

// expect holds a check's result against a part of its text, and looks for the token in it.
func expect(t *testing.T, c *checker, token, want string) {
	t.Helper()
	err := c.check(carrying(token))
	switch {
	case want == "" && err != nil:
		t.Errorf("refused: %v", err)
	case want != "" && err == nil:
		t.Error("accepted")
	case want != "" && !strings.Contains(err.Error(), want):
		t.Errorf("refused with %q, which does not say %q", err, want)
	}
	for part := range strings.SplitSeq(token, ".") {
		if err != nil && len(part) > 8 && strings.Contains(err.Error(), part) {
			t.Errorf("the error holds a part of the token: %v", err)
		}
	}
}

// TestAnyApplication: without ids, every application of the tenant is let in.
func TestAnyApplication(t *testing.T) {
	c := mustChecker(t, wanted(newIssuer()))
	expect(t, c, sign(t, with(with(version1(), "oid", nil), "appid", nil)), "")
	expect(t, c, sign(t, with(version1(), "scp", "x")), "a user's")
}

func TestSignatures(t *testing.T) {
	first := map[string]any{"kid": "first"}
	public, err := x509.MarshalPKIXPublicKey(&firstKey().PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	asPEM := pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: public})
	good := sign(t, version1())
	head, rest, _ := strings.Cut(good, ".")
	body, signature, _ := strings.Cut(rest, ".")
	_, otherRest, _ := strings.Cut(sign(t, with(version1(), "oid", testApp)), ".")
	otherBody, _, _ := strings.Cut(otherRest, ".")
	for _, tt := range []struct{ name, token, want string }{
		{"good", good, ""},
		{"none", signWith(t, jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, first, version1()), "signing method none is invalid"},
		{"none in capitals", signWith(t, jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, map[string]any{"kid": "first", "alg": "NONE"}, version1()), "unavailable"},
		{"HS256 with the public key", signWith(t, jwt.SigningMethodHS256, asPEM, first, version1()), "signing method HS256 is invalid"},
		{"HS256 with the modulus", signWith(t, jwt.SigningMethodHS256, firstKey().N.Bytes(), first, version1()), "signing method HS256 is invalid"},
		{"RS512", signWith(t, jwt.SigningMethodRS512, firstKey(), first, version1()), "signing method RS512 is invalid"},
		{"PS256", signWith(t, jwt.SigningMethodPS256, firstKey(), first, version1()), "signing method PS256 is invalid"},
		{"another key", signWith(t, jwt.SigningMethodRS256, secondKey(), first, version1()), "verification error"},
		{"no kid", signWith(t, jwt.SigningMethodRS256, firstKey(), nil, version1()), "names no key"},
		{"a number as kid", signWith(t, jwt.SigningMethodRS256, firstKey(), map[string]any{"kid": 1}, version1()), "names no key"},
		{"an unknown kid", signWith(t, jwt.SigningMethodRS256, firstKey(), map[string]any{"kid": "other"}, version1()), `"other" is none of https://`},
		{"crit", signWith(t, jwt.SigningMethodRS256, firstKey(), map[string]any{"kid": "first", "crit": []string{"b64"}}, version1()), "crit"},
		{"no signature", head + "." + body + ".", "verification error"},
		{"a changed body", head + "." + otherBody + "." + signature, "verification error"},
		{"two parts", head + "." + body, "segments"},
		{"four parts", good + ".x", "segments"},
		{"garbage", "x.y.z", "malformed"},
		{"none at all", "", "Authorization is missing"},
	} {
		t.Run(tt.name, func(t *testing.T) { expect(t, mustChecker(t, wanted(newIssuer())), tt.token, tt.want) })
	}
}
