package emulator_test

import (
	"encoding/base64"
	"encoding/json"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/wpsgen/wpsgen/emulator"
	"github.com/wpsgen/wpsgen/internal/wire"
)

// claimsOf reads the claims of the token in an answer of generateToken.
func claimsOf(t *testing.T, body string) map[string]any {
	t.Helper()
	var answer struct{ Token string }
	if err := json.Unmarshal([]byte(body), &answer); err != nil {
		t.Fatal(err)
	}
	parts := strings.Split(answer.Token, ".")
	if len(parts) != 3 {
		t.Fatalf("%q is not a token", body)
	}
	data, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		t.Fatal(err)
	}
	claims := make(map[string]any)
	if err := json.Unmarshal(data, &claims); err != nil {
		t.Fatal(err)
	}
	return claims
}

// TestUnvalidatedEntraTokens: they count only where an option says so, and then by what they claim.
func TestUnvalidatedEntraTokens(t *testing.T) {
	now := time.Now()
	token := func(audience string, expires time.Time) string {
		signed, err := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims{"aud": audience, "exp": expires.Unix()}).SignedString([]byte("anybody's"))
		if err != nil {
			t.Fatal(err)
		}
		return signed
	}
	const service = "https://webpubsub.azure.com"
	tests := []struct {
		name   string
		allow  bool
		token  string
		status int
		says   string // in the message
	}{
		{"not allowed", false, token(service, now.Add(time.Hour)), 401, "signature"},
		{"allowed", true, token(service, now.Add(time.Hour)), 200, ""},
		{"with a slash", true, token(service+"/", now.Add(time.Hour)), 200, ""},
		{"other audience", true, token("https://graph.microsoft.com", now.Add(time.Hour)), 401, "claim aud"},
		{"expired", true, token(service, now.Add(-time.Hour)), 401, "claims exp"},
		{"garbage", true, "abc", 401, "not a JWT"},
		{"none", true, "", 401, "no access token"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			emu := start(t, emulator.Options{AllowUnvalidatedEntra: tt.allow})
			got := restWith(t, "POST", emu.Endpoint()+"/api/hubs/chat/:generateToken", tt.token, "", "")
			if got.status != tt.status || !strings.Contains(got.body, tt.says) {
				t.Errorf("status %d: %s", got.status, got.body)
			}
			if tt.token != "" && strings.Contains(got.body, tt.token) {
				t.Error("the answer shows the token")
			}
		})
	}
}

// TestStrictAudience: a token for another host is refused, as by the service.
func TestStrictAudience(t *testing.T) {
	for _, strict := range []bool{false, true} {
		var log lockedBuffer
		emu := start(t, emulator.Options{StrictAudience: strict, Logger: slog.New(slog.NewTextHandler(&log, nil))})
		elsewhere := "http://example.test"
		token, err := wire.MintRESTToken(emulator.DefaultAccessKey, elsewhere+"/api/hubs/chat/:closeConnections", time.Now())
		if err != nil {
			t.Fatal(err)
		}
		got := restWith(t, "POST", emu.Endpoint()+"/api/hubs/chat/:closeConnections", token, "", "")
		if refused := got.status == 401; refused != strict {
			t.Errorf("strict %v: REST status %d", strict, got.status)
		}
		token, err = wire.MintClientToken(emulator.DefaultAccessKey, elsewhere+"/client/hubs/chat", wire.ClientToken{}, time.Now(), time.Hour)
		if err != nil {
			t.Fatal(err)
		}
		_, resp, err := dialURL(t, emu.Endpoint()+"/client/hubs/chat?access_token="+token)
		if refused := err != nil && resp != nil && resp.StatusCode == 401; refused != strict {
			t.Errorf("strict %v: client %v", strict, err)
		}
		if !strings.Contains(log.String(), "claim aud") || !strings.Contains(log.String(), "example.test") {
			t.Errorf("strict %v: the log says\n%s", strict, log.String())
		}
		// what the emulator itself gives out is for its own host
		call(t, emu, "POST", "/api/hubs/chat/:send", "text/plain", "x")
		dial(t, emu, emulator.ClientOptions{})
	}
}
