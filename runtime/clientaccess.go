package wps

import (
	"context"
	"fmt"
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

// ClientAccess makes the URL and the token a client connects with. It makes no call with an access
// key; the context is for credentials that need one. It fails for a negative lifetime and an unknown
// protocol.
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
	base, err := wire.ClientURL(c.endpoint, p, c.hub)
	if err != nil {
		return Connection{}, err
	}
	audience := c.endpoint + "/" + p.ClientPath(c.hub)
	token, err := wire.MintClientToken(c.accessKey, audience, t, time.Now(), lifetime)
	if err != nil {
		return Connection{}, err
	}
	return Connection{BaseURL: base, URL: base + "?access_token=" + token, AccessToken: token}, nil
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
