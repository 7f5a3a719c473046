package wps

import (
	"crypto/tls"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

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
