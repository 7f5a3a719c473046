package wps

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/wpsgen/wpsgen/internal/wire"
)

// defaultLifetime is how long a client access token lives that names no other time (extension-spec 7).
const defaultLifetime = time.Hour

// ClientProtocol is what a client speaks; it selects the path it connects to. Its case is free.
type ClientProtocol string

// Client protocols.
const (
	ClientProtocolDefault  ClientProtocol = "default"
	ClientProtocolMQTT     ClientProtocol = "mqtt"
	ClientProtocolSocketIO ClientProtocol = "socketIO"
)

// ClientAccessOptions says who a client is and what it may do. The zero value is an anonymous client
// without roles.
type ClientAccessOptions struct {
	// UserID is the user; empty means none.
	UserID string
	// Roles are the client's roles, such as webpubsub.sendToGroup.<group> (service-spec 5).
	Roles []string
	// Groups are the groups the client is in from the start.
	Groups []string
	// Lifetime is how long the token may be used to connect; zero means an hour.
	Lifetime time.Duration
	// Protocol is what the client speaks; empty means ClientProtocolDefault.
	Protocol ClientProtocol
}

// ClientAccess makes the URL and the token a client connects with. With an access key it makes no call;
// with a credential it asks the service for the token, which lives whole minutes, at least one
// (extension-spec 7). It fails for a negative lifetime and an unknown protocol.
func (c *ServiceClient) ClientAccess(ctx context.Context, o ClientAccessOptions) (Connection, error) {
	if o.Lifetime < 0 {
		return Connection{}, fmt.Errorf("Lifetime %v is negative", o.Lifetime) //lint:ignore ST1005 a field's name
	}
	if o.Lifetime == 0 {
		o.Lifetime = defaultLifetime
	}
	token := wire.ClientToken{Roles: o.Roles, Groups: o.Groups}
	if o.UserID != "" {
		token.UserID = &o.UserID
	}
	return c.access(ctx, token, o.Protocol, o.Lifetime)
}

func (c *ServiceClient) access(ctx context.Context, t wire.ClientToken, protocol ClientProtocol, lifetime time.Duration) (Connection, error) {
	if c.err != nil {
		return Connection{}, c.err
	}
	p, err := protocol.wire()
	if err != nil {
		return Connection{}, err
	}
	path := "/" + p.ClientPath(c.hub)
	var token string
	if c.credential != nil {
		token, err = c.generateToken(ctx, t, p, lifetime)
	} else {
		token, err = wire.MintClientToken(c.accessKey, c.endpoint+path, t, time.Now(), lifetime)
	}
	if err != nil {
		return Connection{}, err
	}
	base := c.clients + path
	return Connection{BaseURL: base, URL: base + "?access_token=" + token, AccessToken: token}, nil
}

// generateToken has the service make a client access token.
func (c *ServiceClient) generateToken(ctx context.Context, t wire.ClientToken, p wire.ClientProtocol, lifetime time.Duration) (string, error) {
	const method = "ClientAccess"
	q := query{}
	if t.UserID != nil {
		q.add("userId", *t.UserID)
	}
	q.addAll("role", t.Roles)
	q.addAll("group", t.Groups)
	q.add("minutesToExpire", strconv.Itoa(max(1, int(lifetime/time.Minute))))
	q.add("clientType", strings.ToLower(string(p)))
	out, err := c.call(ctx, method, &restRequest{
		method: http.MethodPost, path: "/:generateToken", query: q.String(), success: http.StatusOK, answers: true, repeatable: true,
	})
	if err != nil {
		return "", err
	}
	var answer struct{ Token string }
	if err := out.decode(method, &answer); err != nil {
		return "", err
	}
	if answer.Token == "" {
		return "", fmt.Errorf("%s: the service's answer has no token", method)
	}
	return answer.Token, nil
}

func (p ClientProtocol) wire() (wire.ClientProtocol, error) {
	switch {
	case p == "", strings.EqualFold(string(p), string(ClientProtocolDefault)):
		return wire.ProtocolDefault, nil
	case strings.EqualFold(string(p), string(ClientProtocolMQTT)):
		return wire.ProtocolMQTT, nil
	case strings.EqualFold(string(p), string(ClientProtocolSocketIO)):
		return wire.ProtocolSocketIO, nil
	}
	return "", fmt.Errorf("client protocol %q is none of %s, %s and %s",
		p, ClientProtocolDefault, ClientProtocolMQTT, ClientProtocolSocketIO)
}
