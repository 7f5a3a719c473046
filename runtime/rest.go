package wps

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"time"
)

const (
	// apiVersion is the newest stable version of the data plane (service-spec 4).
	apiVersion = "2024-12-01"
	// maxErrorBody bounds what is read of an answer: enough for an error, and for the connection to be used again.
	maxErrorBody = 64 << 10
	// maxAnswer bounds an answer whose body is wanted, such as a page of 200 connections.
	maxAnswer = 1 << 20
	// restTimeout bounds one try. The service itself gives an event up after 100 s.
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
			DisableCompression:    true,
			MaxIdleConns:          256,
			MaxIdleConnsPerHost:   64,
			IdleConnTimeout:       90 * time.Second,
			TLSHandshakeTimeout:   10 * time.Second,
			ExpectContinueTimeout: time.Second,
		},
	}
})

// errTimeout is why a try was given up, when its call was not.
var errTimeout = errors.New("the service took too long")

// outcome is what came of one try.
type outcome struct {
	status int
	header http.Header
	body   []byte
	err    error  // why there is no answer
	token  string // of the credential, when it had been used before
}

// call carries out a request, with as many tries as it takes and the client's options allow. Its error
// begins with action.
func (c *ServiceClient) call(ctx context.Context, action string, r *restRequest) (*outcome, error) {
	if c.err != nil {
		return nil, c.err
	}
	renewed := false // the token of the credential was refused, and another one tried
	for tries, retries := 1, 0; ; tries++ {
		out, err := c.try(ctx, r, tries)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", action, err)
		}
		if out.err == nil && (out.status == r.success || out.status == r.negative) {
			return out, nil
		}
		var wait time.Duration
		again := out.status == http.StatusUnauthorized && out.token != "" && !renewed
		if again {
			renewed = true
			c.credential.drop(out.token)
		} else {
			wait, again = c.retry.next(r, out, retries)
			retries++
		}
		failure := c.failure(action, out, tries)
		if !again || endsBefore(ctx, wait) {
			return nil, failure
		}
		if err := sleep(ctx, wait); err != nil {
			return nil, fmt.Errorf("%w; before another try: %w", failure, err)
		}
	}
}

// try makes one try. The error is why there was nothing to send.
func (c *ServiceClient) try(ctx context.Context, r *restRequest, n int) (*outcome, error) {
	if c.timeout > 0 {
		limited, cancel := context.WithTimeoutCause(ctx, c.timeout, errTimeout)
		defer cancel()
		ctx = limited
	}
	req, token, err := c.newRequest(ctx, r)
	if err != nil {
		return nil, err
	}
	if c.logger == nil || !c.logger.Enabled(ctx, levelREST) {
		out := c.exchange(req, r)
		out.token = token
		return out, nil
	}
	begin := time.Now()
	out := c.exchange(req, r)
	out.token = token
	c.logTry(req, out, n, time.Since(begin))
	return out, nil
}

// exchange sends a request and reads its answer. It goes past http.Client, whose redirects are not for
// requests with tokens, and whose other work would be a tenth of a send.
func (c *ServiceClient) exchange(req *http.Request, r *restRequest) *outcome {
	res, err := c.transport.RoundTrip(req)
	if err != nil {
		return &outcome{err: err}
	}
	defer res.Body.Close()
	out := &outcome{status: res.StatusCode, header: res.Header}
	if res.ContentLength == 0 {
		return out
	}
	wanted := r.answers && out.status == r.success
	limit := int64(maxErrorBody)
	if wanted {
		limit = maxAnswer + 1
	}
	out.body, err = io.ReadAll(io.LimitReader(res.Body, limit))
	if wanted { // else the status decides, and a cut body only costs the code
		out.err = err
	}
	return out
}
