package wps

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/wpsgen/wpsgen/internal/wire"
)

// ServiceClient speaks to one hub of the service itself: it carries out actions, asks who is there and
// makes client access tokens. It is safe for concurrent use. Make one with NewServiceClient or
// NewServiceClientWithCredential, or let a function take one as a parameter.
//
// Calls that may succeed later are tried again, as RetryOptions tell. Each try may take 30 s; a call ends
// with its context at the latest.
type ServiceClient struct {
	endpoint   string // scheme://host[:port], no trailing slash
	clients    string // the endpoint as WebSocket clients address it
	base       string // of the hub's calls
	hub        string
	accessKey  string
	credential *tokenCache // in place of accessKey
	transport  http.RoundTripper
	timeout    time.Duration // of one try
	retry      RetryOptions
	logger     *slog.Logger // nil for none
	err        error        // why every call fails; a function without a usable hub or connection has such a client
}

// ServiceClientOption changes how a ServiceClient works.
type ServiceClientOption func(*ServiceClient)

// WithHTTPClient makes the client send its requests through c's Transport, which should keep enough idle
// connections for one host, instead of the one all ServiceClients share. c's Timeout, if any, bounds one
// try. Redirects are never followed, whatever c says.
func WithHTTPClient(c *http.Client) ServiceClientOption {
	return func(s *ServiceClient) { s.use(c) }
}

func (c *ServiceClient) use(client *http.Client) {
	c.transport, c.timeout = client.Transport, client.Timeout
	if c.transport == nil {
		c.transport = http.DefaultTransport
	}
}

// NewServiceClient returns a client for a hub of the service that the connection string names. It
// makes no connection. The error says what is wrong with the string or the hub and never holds the key.
func NewServiceClient(connectionString, hub string, opts ...ServiceClientOption) (*ServiceClient, error) {
	cs, err := wire.ParseConnectionString(connectionString)
	if err != nil {
		return nil, err
	}
	if cs.AccessKey == "" {
		return nil, errNoAccessKey
	}
	if err := checkHub(hub); err != nil {
		return nil, err
	}
	return newServiceClient(connection{ConnectionString: cs}, hub, opts...), nil
}

// NewServiceClientWithCredential returns a client for a hub of the service at an endpoint, such as
// https://example.webpubsub.azure.com, that is authorized by tokens of a credential. It asks for none yet.
// The endpoint must be https, unless it is a loopback address.
func NewServiceClientWithCredential(endpoint, hub string, credential TokenCredential, opts ...ServiceClientOption) (*ServiceClient, error) {
	normal, host, err := wire.ParseEndpoint(endpoint)
	if err != nil {
		return nil, err
	}
	if credential == nil {
		return nil, errors.New("the credential is nil; package runtime/entra makes some")
	}
	if err := checkHub(hub); err != nil {
		return nil, err
	}
	c := newServiceClient(connection{ConnectionString: wire.ConnectionString{Endpoint: normal, Host: host}, credential: credential}, hub, opts...)
	if c.err != nil {
		return nil, c.err
	}
	return c, nil
}

func newServiceClient(conn connection, hub string, opts ...ServiceClientOption) *ServiceClient {
	c := &ServiceClient{hub: hub, accessKey: conn.AccessKey, credential: cached(conn.credential)}
	c.use(sharedHTTPClient())
	c.setEndpoint(conn.Endpoint)
	for _, opt := range opts {
		opt(c)
	}
	c.retry = c.retry.withDefaults()
	return c
}

// setEndpoint prepares what of a call's URL is always the same.
func (c *ServiceClient) setEndpoint(endpoint string) {
	c.endpoint = endpoint
	c.base = c.endpoint + "/api/hubs/" + escape(c.hub)
	if c.clients, c.err = wire.ClientEndpoint(c.endpoint); c.err == nil && c.credential != nil {
		c.err = checkBearerEndpoint(c.endpoint)
	}
}

// brokenServiceClient returns a client whose every call fails with err.
func brokenServiceClient(err error) *ServiceClient { return &ServiceClient{err: err} }

// Do carries out actions in order and stops at the first that fails; those before it stay done. All
// are checked before the first is sent. The error names the action; what the service refused is a
// *ServiceError. Actions are tried again only where they cannot be done twice by that, unless
// RetryOptions say otherwise.
func (c *ServiceClient) Do(ctx context.Context, actions ...Action) error {
	if c.err != nil {
		return c.err
	}
	requests := make([]restRequest, len(actions))
	for i, a := range actions {
		if a == nil {
			return fmt.Errorf("action %d of %d is nil", i+1, len(actions))
		}
		r, err := a.restRequest()
		if err != nil {
			return fmt.Errorf("%s: %w", a.actionName(), err)
		}
		requests[i] = r
	}
	for i := range requests {
		if _, err := c.call(ctx, actions[i].actionName(), &requests[i]); err != nil {
			return err
		}
	}
	return nil
}

// String returns the endpoint and the hub, never the key.
func (c ServiceClient) String() string { return c.endpoint + " hub " + c.hub }

// GoString returns the endpoint and the hub, for %#v.
func (c ServiceClient) GoString() string { return "wps.ServiceClient{" + c.String() + "}" }
