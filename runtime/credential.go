package wps

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/wpsgen/wpsgen/internal/wire"
)

// TokenCredential gets access tokens of Microsoft Entra ID, with which requests to the service are
// authorized in place of an access key. Package entra makes them. It must be safe for concurrent use.
// Tokens are kept and asked for again in time, one call at a time: it need not keep them itself.
type TokenCredential interface {
	// Token returns a token for a scope, such as https://webpubsub.azure.com/.default.
	Token(ctx context.Context, scope string) (AccessToken, error)
}

// AccessToken is a token with the time until which it may be used.
type AccessToken struct {
	// Token is the token itself. It is a secret.
	Token string
	// ExpiresOn is when it expires.
	ExpiresOn time.Time
}

// String returns when the token expires and never the token.
func (t AccessToken) String() string { return "token until " + t.ExpiresOn.Format(time.RFC3339) }

// GoString returns what String does, for %#v.
func (t AccessToken) GoString() string { return "wps.AccessToken{" + t.String() + "}" }

// Identity is what the settings say of a connection by identity: NAME__serviceUri and the settings beside
// it, as the Azure SDKs name them (extension-spec 9.1).
type Identity struct {
	// Connection is the connection's name, such as WebPubSubConnectionString.
	Connection string
	// ServiceURI is the service's endpoint.
	ServiceURI string

	settings settings
}

// Setting returns a setting of the connection, such as "clientId" for NAME__clientId; "" when it is not set.
func (i Identity) Setting(key string) string { return i.settings.get(i.Connection + ":" + key) }

// String names the connection and the endpoint, and no other setting.
func (i Identity) String() string { return i.Connection + " at " + i.ServiceURI }

// GoString returns what String does, for %#v.
func (i Identity) GoString() string { return "wps.Identity{" + i.String() + "}" }

// connection is what a connection's settings come to: an endpoint with an access key, or with a
// credential, or with neither, which can only say where events may come from.
type connection struct {
	wire.ConnectionString
	setting    string // the setting that names it, for messages
	credential TokenCredential
}

// byIdentity reports whether the connection is one of NAME__serviceUri.
func (c connection) byIdentity() bool { return strings.HasSuffix(c.setting, "__serviceUri") }

// signs reports whether the connection has a key that events are signed with.
func (c connection) signs() bool { return c.AccessKey != "" }

// authorizes reports whether the connection has what requests to the service need.
func (c connection) authorizes() bool { return c.AccessKey != "" || c.credential != nil }

// identityConnection makes the connection of a NAME__serviceUri setting.
func (c *config) identityConnection(name, uri string) (connection, error) {
	endpoint, host, err := wire.ParseEndpoint(uri)
	if err != nil {
		return connection{}, fmt.Errorf("setting %s__serviceUri: %w; a connection string goes into the setting %s", name, err, name)
	}
	conn := connection{ConnectionString: wire.ConnectionString{Endpoint: endpoint, Host: host}, setting: name + "__serviceUri"}
	if c.credentials == nil {
		return conn, nil
	}
	if err := checkBearerEndpoint(endpoint); err != nil {
		return connection{}, fmt.Errorf("setting %s: %w", conn.setting, err)
	}
	credential, err := c.credentials(Identity{Connection: name, ServiceURI: uri, settings: c.settings})
	if err != nil {
		return connection{}, fmt.Errorf("connection %s by identity: %w", name, err)
	}
	if credential != nil {
		conn.credential = cached(credential) // one cache for all hubs
	}
	return conn, nil
}
