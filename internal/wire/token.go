package wire

import (
	"crypto/sha256"
	"encoding/base64"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/wpsgen/wpsgen/internal/jsonio"
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

// MintClientToken signs a client access token (HS256) for the audience, valid from now for lifetime.
func MintClientToken(accessKey, audience string, t ClientToken, now time.Time, lifetime time.Duration) (string, error) {
	claims := make([]byte, 0, 192+len(audience))
	claims = append(claims, '{')
	if t.UserID != nil {
		claims = append(jsonio.AppendString(append(claims, `"sub":`...), *t.UserID), ',')
	}
	if len(t.Roles) > 0 {
		claims = append(jsonio.AppendStrings(append(claims, `"role":`...), t.Roles), ',')
	}
	if len(t.Groups) > 0 {
		claims = append(jsonio.AppendStrings(append(claims, `"webpubsub.group":`...), t.Groups), ',')
	}
	return sign(accessKey, appendStandard(claims, audience, now, lifetime))
}

// MintRESTToken signs the bearer token of one REST call: its audience is the request URL with query,
// and it lives for five minutes.
func MintRESTToken(accessKey, requestURL string, now time.Time) (string, error) {
	claims := append(make([]byte, 0, 128+len(requestURL)), '{')
	return sign(accessKey, appendStandard(claims, requestURL, now, 5*time.Minute))
}

// appendStandard appends the claims that all tokens have, and the end of the object.
func appendStandard(claims []byte, audience string, now time.Time, lifetime time.Duration) []byte {
	claims = strconv.AppendInt(append(claims, `"nbf":`...), now.Unix(), 10)
	claims = strconv.AppendInt(append(claims, `,"exp":`...), now.Add(lifetime).Unix(), 10)
	claims = strconv.AppendInt(append(claims, `,"iat":`...), now.Unix(), 10)
	return append(jsonio.AppendString(append(claims, `,"aud":`...), audience), '}')
}

// tokenHeader is {"alg":"HS256","typ":"JWT"}, encoded.
const tokenHeader = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9"

// sign makes a token of its claims. It is put together here, since encoding a header that is always the
// same and claims through reflection costs several times what the signature does.
func sign(accessKey string, claims []byte) (string, error) {
	encoding := base64.RawURLEncoding
	token := make([]byte, 0, len(tokenHeader)+2+encoding.EncodedLen(len(claims))+encoding.EncodedLen(sha256.Size))
	token = append(append(token, tokenHeader...), '.')
	token = encoding.AppendEncode(token, claims)
	signature, err := jwt.SigningMethodHS256.Sign(string(token), []byte(accessKey))
	if err != nil {
		return "", err
	}
	return string(encoding.AppendEncode(append(token, '.'), signature)), nil
}

// ClientURL returns the WebSocket URL for an endpoint without the token: ws for http, wss for https,
// default ports dropped.
func ClientURL(endpoint string, p ClientProtocol, hub string) (string, error) {
	base, err := ClientEndpoint(endpoint)
	if err != nil {
		return "", err
	}
	return base + "/" + p.ClientPath(hub), nil
}

// ClientEndpoint returns an endpoint as WebSocket clients address it.
func ClientEndpoint(endpoint string) (string, error) {
	u, err := url.Parse(endpoint)
	if err != nil {
		return "", err
	}
	scheme := "wss"
	if u.Scheme == "http" {
		scheme = "ws"
	}
	u.Scheme = scheme
	return normal(u), nil
}
