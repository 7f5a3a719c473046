package emulator

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

func signToken(t *testing.T, method jwt.SigningMethod, key any, claims jwt.MapClaims) string {
	t.Helper()
	token, err := jwt.NewWithClaims(method, claims).SignedString(key)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func TestParseToken(t *testing.T) {
	e := &Emulator{key: DefaultAccessKey}
	key := []byte(DefaultAccessKey)
	later, earlier := time.Now().Add(time.Hour).Unix(), time.Now().Add(-time.Hour).Unix()
	tests := []struct {
		name  string
		token string
		want  string // part of the error, empty for none
	}{
		{"good", signToken(t, jwt.SigningMethodHS256, key, jwt.MapClaims{"exp": later, "iss": "x", "iat": later}), ""},
		{"none", "", "no access token"},
		{"garbage", "abc", "not a JWT"},
		{"no exp", signToken(t, jwt.SigningMethodHS256, key, jwt.MapClaims{}), "claim exp"},
		{"expired", signToken(t, jwt.SigningMethodHS256, key, jwt.MapClaims{"exp": earlier}), "claim exp"},
		{"not yet", signToken(t, jwt.SigningMethodHS256, key, jwt.MapClaims{"exp": later, "nbf": later}), "claim nbf"},
		{"other key", signToken(t, jwt.SigningMethodHS256, []byte("other"), jwt.MapClaims{"exp": later}), "signature"},
		{"other algorithm", signToken(t, jwt.SigningMethodHS512, key, jwt.MapClaims{"exp": later}), "signature"},
		{"unsigned", signToken(t, jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, jwt.MapClaims{"exp": later}), "signature"},
	}
	for _, tt := range tests {
		_, err := e.parseToken(tt.token)
		switch {
		case tt.want == "" && err != nil:
			t.Errorf("%s: %v", tt.name, err)
		case tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)):
			t.Errorf("%s: error %v, want %q", tt.name, err, tt.want)
		case err != nil && tt.token != "" && strings.Contains(err.Error(), tt.token):
			t.Errorf("%s: the error shows the token", tt.name)
		}
	}
}

func TestClaims(t *testing.T) {
	const uri = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier"
	c := claims{
		uri: "ada", "role": []any{"r1", "r2"}, claimRoleURI: "r3", "webpubsub.group": "g",
		"n": json.Number("12"), "b": true, "o": map[string]any{"x": json.Number("1")}, "z": nil,
	}
	if id := c.userID(); id == nil || *id != "ada" {
		t.Errorf("user %v", id)
	}
	if got := c.roles(); !reflect.DeepEqual(got, []string{"r1", "r2", "r3"}) {
		t.Errorf("roles %v", got)
	}
	if got := c.groups(); !reflect.DeepEqual(got, []string{"g"}) {
		t.Errorf("groups %v", got)
	}
	values := c.values()
	for name, want := range map[string][]string{
		"sub": {"ada"}, uri: {"ada"}, "n": {"12"}, "b": {"true"}, "o": {`{"x":1}`}, "role": {"r1", "r2"},
	} {
		if !reflect.DeepEqual(values[name], want) {
			t.Errorf("%s is %v, want %v", name, values[name], want)
		}
	}
	if text, err := json.Marshal(values["z"]); err != nil || string(text) != "[]" {
		t.Errorf("a null claim is %s", text)
	}
	var nobody claims
	if nobody.userID() != nil || nobody.groups() != nil || len(nobody.values()) != 0 {
		t.Error("an anonymous client has claims")
	}
}
