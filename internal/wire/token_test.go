package wire_test

import (
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/wpsgen/wpsgen/internal/wire"
)

func TestMintClientToken(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	user := "ann"
	token, err := wire.MintClientToken(vectorKey, "https://abc/client/hubs/chat",
		wire.ClientToken{UserID: &user, Roles: []string{"r"}, Groups: []string{"g"}}, now, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"sub":"ann","role":["r"],"webpubsub.group":["g"],"nbf":1700000000,"exp":1700003600,"iat":1700000000,"aud":"https://abc/client/hubs/chat"}`
	if got := payload(t, token); got != want {
		t.Errorf("claims\n%s\nwant\n%s", got, want)
	}
	parsed, err := jwt.Parse(token, func(*jwt.Token) (any, error) { return []byte(vectorKey), nil },
		jwt.WithValidMethods([]string{"HS256"}), jwt.WithTimeFunc(func() time.Time { return now }))
	if err != nil || !parsed.Valid {
		t.Errorf("not valid: %v", err)
	}
}

func TestMintClientTokenUser(t *testing.T) {
	empty := ""
	for want, user := range map[string]*string{`"sub":""`: &empty, `{"nbf"`: nil} {
		token, err := wire.MintClientToken(vectorKey, "a", wire.ClientToken{UserID: user}, time.Now(), time.Hour)
		if err != nil {
			t.Fatal(err)
		}
		if got := payload(t, token); !strings.Contains(got, want) {
			t.Errorf("claims %s, want %s", got, want)
		}
	}
}

// TestClaimsAreQuoted: names are whatever users choose.
func TestClaimsAreQuoted(t *testing.T) {
	user := "a\"b\\<é>\xff\n"
	token, err := wire.MintClientToken(vectorKey, `a"b`, wire.ClientToken{UserID: &user, Roles: []string{`"`}, Groups: []string{"}"}}, time.Now(), time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	claims := jwt.MapClaims{}
	if _, err := jwt.ParseWithClaims(token, claims, func(*jwt.Token) (any, error) { return []byte(vectorKey), nil }, jwt.WithAudience(`a"b`)); err != nil {
		t.Fatal(err)
	}
	role, group := claims["role"].([]any), claims["webpubsub.group"].([]any)
	if claims["sub"] != "a\"b\\<é>\ufffd\n" || role[0] != `"` || group[0] != "}" {
		t.Errorf("claims %v", claims)
	}
}

func TestMintRESTToken(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	token, err := wire.MintRESTToken(vectorKey, "https://abc/api/hubs/chat/:send?x=1", now)
	if err != nil {
		t.Fatal(err)
	}
	var claims struct {
		Audience string `json:"aud"`
		Expires  int64  `json:"exp"`
	}
	if err := json.Unmarshal([]byte(payload(t, token)), &claims); err != nil {
		t.Fatal(err)
	}
	if claims.Audience != "https://abc/api/hubs/chat/:send?x=1" || claims.Expires != now.Unix()+300 {
		t.Errorf("claims %+v", claims)
	}
}

func TestClientURL(t *testing.T) {
	tests := []struct {
		endpoint string
		protocol wire.ClientProtocol
		want     string
	}{
		{"http://localhost:8080", wire.ProtocolDefault, "ws://localhost:8080/client/hubs/chat"},
		{"https://abc", "", "wss://abc/client/hubs/chat"},
		{"https://abc:443", wire.ProtocolMQTT, "wss://abc/clients/mqtt/hubs/chat"},
		{"http://abc:80", wire.ProtocolSocketIO, "ws://abc/clients/socketio/hubs/chat"},
		{"https://abc:80", "MQTT", "wss://abc:80/clients/mqtt/hubs/chat"},
	}
	for _, test := range tests {
		got, err := wire.ClientURL(test.endpoint, test.protocol, "chat")
		if err != nil || got != test.want {
			t.Errorf("%s %s: got %s %v, want %s", test.endpoint, test.protocol, got, err, test.want)
		}
	}
}

func BenchmarkMintClientToken(b *testing.B) {
	user := "ann"
	now := time.Now()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := wire.MintClientToken(vectorKey, "https://abc/client/hubs/chat", wire.ClientToken{UserID: &user}, now, time.Hour); err != nil {
			b.Fatal(err)
		}
	}
}

func payload(t *testing.T, token string) string {
	t.Helper()
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		t.Fatalf("%d parts", len(parts))
	}
	doc, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		t.Fatal(err)
	}
	return string(doc)
}
