package wps

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/wpsgen/wpsgen/internal/wire"
)

const (
	// apiVersion is the newest stable version of the data plane (service-spec 4).
	apiVersion = "2024-12-01"
	// maxErrorBody bounds what is read of an answer: enough for an error, and for the connection to be used again.
	maxErrorBody = 64 << 10
	// restTimeout bounds one call. The service itself gives an event up after 100 s.
	restTimeout = 30 * time.Second
)

// sharedHTTPClient returns the one client that all ServiceClients use, so that they share connections.
// net/http's default of two idle connections a host would open a new one for most sends under load.
var sharedHTTPClient = sync.OnceValue(func() *http.Client {
	return &http.Client{
		Timeout: restTimeout,
		Transport: &http.Transport{
			Proxy:                 http.ProxyFromEnvironment,
			DialContext:           (&net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
			ForceAttemptHTTP2:     true,
			MaxIdleConns:          256,
			MaxIdleConnsPerHost:   64,
			IdleConnTimeout:       90 * time.Second,
			TLSHandshakeTimeout:   10 * time.Second,
			ExpectContinueTimeout: time.Second,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
})

// url returns the URL of a call. It is built as text because the token's audience must be equal to it,
// byte by byte.
func (c *ServiceClient) url(r restRequest) string {
	u := c.endpoint + "/api/hubs/" + url.PathEscape(c.hub) + r.path + "?"
	if r.query != "" {
		u += r.query + "&"
	}
	return u + "api-version=" + apiVersion
}

func (c *ServiceClient) send(ctx context.Context, action string, r restRequest) error {
	req, err := c.newRequest(ctx, r)
	if err != nil {
		return fmt.Errorf("%s: %w", action, err)
	}
	res, err := c.http.Do(req)
	if err != nil {
		return fmt.Errorf("%s: %w", action, err)
	}
	defer res.Body.Close()
	body, _ := io.ReadAll(io.LimitReader(res.Body, maxErrorBody)) // the status decides; a cut body only costs the code
	if res.StatusCode != r.success {
		return serviceError(action, res, body)
	}
	return nil
}

func (c *ServiceClient) newRequest(ctx context.Context, r restRequest) (*http.Request, error) {
	target := c.url(r)
	req, err := http.NewRequestWithContext(ctx, r.method, target, bytes.NewReader(r.body))
	if err != nil {
		return nil, err
	}
	token, err := wire.MintRESTToken(c.accessKey, target, time.Now())
	if err != nil {
		return nil, err
	}
	req.Header["Authorization"] = []string{"Bearer " + token}
	req.Header["User-Agent"] = []string{"wpsgen"}
	if r.contentType != "" {
		req.Header["Content-Type"] = []string{r.contentType}
	}
	return req, nil
}
