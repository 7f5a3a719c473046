package wire

import (
	"net/url"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// ClientProtocol selects the path a client connects to.
type ClientProtocol string

// Client protocols of the webPubSubConnection binding.
const (
	ProtocolDefault  ClientProtocol = "default"
	ProtocolMQTT     ClientProtocol = "mqtt"
	ProtocolSocketIO ClientProtocol = "socketIO"
)

// ClientPath returns the path a client of this protocol connects to, without a leading slash.
func (p ClientProtocol) ClientPath(hub string) string {
	switch strings.ToLower(string(p)) {
	case "mqtt":
		return "clients/mqtt/hubs/" + hub
	case "socketio":
		return "clients/socketio/hubs/" + hub
	}
	return "client/hubs/" + hub
}

// ClientToken says what a client may do once connected.
type ClientToken struct {
	UserID *string  // claim sub; nil leaves it out, which makes the client anonymous
	Roles  []string // claim role
	Groups []string // claim webpubsub.group
}

type clientClaims struct {
	Subject    *string  `json:"sub,omitempty"`
	Roles      []string `json:"role,omitempty"`
	Groups     []string `json:"webpubsub.group,omitempty"`
	NotBefore  int64    `json:"nbf"`
	Expires    int64    `json:"exp"`
	IssuedAt   int64    `json:"iat"`
	Audience   string   `json:"aud"`
	jwt.Claims `json:"-"`
}

type restClaims struct {
	NotBefore  int64  `json:"nbf"`
	Expires    int64  `json:"exp"`
	IssuedAt   int64  `json:"iat"`
	Audience   string `json:"aud"`
	jwt.Claims `json:"-"`
}

// MintClientToken signs a client access token (HS256) for the audience, valid from now for lifetime.
func MintClientToken(accessKey, audience string, t ClientToken, now time.Time, lifetime time.Duration) (string, error) {
	return jwt.NewWithClaims(jwt.SigningMethodHS256, clientClaims{
		Subject: t.UserID, Roles: t.Roles, Groups: t.Groups,
		NotBefore: now.Unix(), Expires: now.Add(lifetime).Unix(), IssuedAt: now.Unix(), Audience: audience,
	}).SignedString([]byte(accessKey))
}

// MintRESTToken signs the bearer token of one REST call: its audience is the request URL with query,
// and it lives for five minutes.
func MintRESTToken(accessKey, requestURL string, now time.Time) (string, error) {
	return jwt.NewWithClaims(jwt.SigningMethodHS256, restClaims{
		NotBefore: now.Unix(), Expires: now.Add(5 * time.Minute).Unix(), IssuedAt: now.Unix(), Audience: requestURL,
	}).SignedString([]byte(accessKey))
}

// ClientURL returns the WebSocket URL for an endpoint without the token: ws for http, wss for https,
// default ports dropped.
func ClientURL(endpoint string, p ClientProtocol, hub string) (string, error) {
	u, err := url.Parse(endpoint)
	if err != nil {
		return "", err
	}
	port := u.Port()
	scheme := "wss"
	if u.Scheme == "http" {
		scheme = "ws"
	}
	if (scheme == "ws" && port == "80") || (scheme == "wss" && port == "443") {
		u.Host = strings.TrimSuffix(u.Host, ":"+port)
	}
	return scheme + "://" + u.Host + u.EscapedPath() + "/" + p.ClientPath(hub), nil
}
