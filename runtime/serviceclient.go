package wps

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/wpsgen/wpsgen/internal/wire"
)

// ServiceClient speaks to one hub of the service itself: it carries out actions and makes client
// access tokens. It is safe for concurrent use. Make one with NewServiceClient, or let a function
// take one as a parameter.
type ServiceClient struct {
	endpoint   string // scheme://host[:port], no trailing slash
	hub        string
	accessKey  string
	credential TokenCredential // in place of accessKey
	http       *http.Client
	err        error // why every call fails; a function without a usable hub or connection has such a client
}

// ServiceClientOption changes how a ServiceClient works.
type ServiceClientOption func(*ServiceClient)

// WithHTTPClient makes the client send its requests with c instead of the one all ServiceClients
// share. c should follow no redirects and keep enough idle connections for one host.
func WithHTTPClient(c *http.Client) ServiceClientOption {
	return func(s *ServiceClient) { s.http = c }
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

func newServiceClient(conn connection, hub string, opts ...ServiceClientOption) *ServiceClient {
	c := &ServiceClient{endpoint: normalEndpoint(conn.Endpoint), hub: hub, accessKey: conn.AccessKey, credential: conn.credential, http: sharedHTTPClient()}
	for _, opt := range opts {
		opt(c)
	}
	return c
}

// brokenServiceClient returns a client whose every call fails with err.
func brokenServiceClient(err error) *ServiceClient { return &ServiceClient{err: err} }

// Do carries out actions in order and stops at the first that fails; those before it stay done. All
// are checked before the first is sent. The error names the action; what the service refused is a
// *ServiceError. Nothing is tried again, since a repeated send can be delivered twice.
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
	for i, r := range requests {
		if err := c.send(ctx, actions[i].actionName(), r); err != nil {
			return err
		}
	}
	return nil
}

// String returns the endpoint and the hub, never the key.
func (c ServiceClient) String() string { return c.endpoint + " hub " + c.hub }

// GoString returns the endpoint and the hub, for %#v.
func (c ServiceClient) GoString() string { return "wps.ServiceClient{" + c.String() + "}" }

// normalEndpoint drops a default port and lowers the host's case: tokens name their audience that way.
func normalEndpoint(endpoint string) string {
	u, err := url.Parse(endpoint)
	if err != nil {
		return endpoint
	}
	u.Host = strings.ToLower(u.Host)
	switch u.Scheme {
	case "http":
		u.Host = strings.TrimSuffix(u.Host, ":80")
	case "https":
		u.Host = strings.TrimSuffix(u.Host, ":443")
	}
	return u.String()
}
