package wps

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"time"
)

const (
	// serviceScope is what tokens of Microsoft Entra ID for the service are made for (extension-spec 8).
	serviceScope = "https://webpubsub.azure.com/.default"
	// refreshAhead is how long before its end a token is replaced.
	refreshAhead = 5 * time.Minute
	// refreshPause is how long a token that could not be replaced is used before that is tried again.
	refreshPause = 30 * time.Second
)

var errNoToken = errors.New("the credential gave an empty token")

// tokenCache keeps a credential's token for as long as it is good. It asks for one at a time, whoever
// needs it, and for the next while the last is still good, so that nobody waits for that.
type tokenCache struct {
	credential TokenCredential

	mu      sync.Mutex
	token   AccessToken
	refresh time.Time   // when to ask for the next one
	fetch   *tokenFetch // nil when none is on its way
}

// tokenFetch is a token on its way.
type tokenFetch struct {
	done  chan struct{} // closed when the rest is there
	token AccessToken
	err   error
}

// cached returns a cache for a credential, which may be one already; nil for nil.
func cached(credential TokenCredential) *tokenCache {
	if cache, ok := credential.(*tokenCache); ok || credential == nil {
		return cache
	}
	return &tokenCache{credential: credential}
}

// Token makes a cache a credential for the service. It keeps tokens of the one scope there is.
func (c *tokenCache) Token(ctx context.Context, _ string) (AccessToken, error) {
	token, _, err := c.get(ctx)
	return token, err
}

// get returns a token, and whether it has been given out before. It waits no longer than the context lasts.
func (c *tokenCache) get(ctx context.Context) (token AccessToken, used bool, err error) {
	c.mu.Lock()
	now := time.Now()
	token, good := c.token, now.Before(c.token.ExpiresOn)
	if c.fetch == nil && (!good || !now.Before(c.refresh)) {
		c.fetch = &tokenFetch{done: make(chan struct{})}
		go c.run(context.WithoutCancel(ctx), c.fetch)
	}
	fetch := c.fetch
	c.mu.Unlock()
	if good {
		return token, true, nil
	}
	select {
	case <-fetch.done:
		return fetch.token, false, fetch.err
	case <-ctx.Done():
		return AccessToken{}, false, fmt.Errorf("waiting for the credential's token: %w", ctx.Err())
	}
}

// run asks for a token. It outlives the caller who began it, since others may wait for the same one.
func (c *tokenCache) run(ctx context.Context, f *tokenFetch) {
	ctx, cancel := context.WithTimeout(ctx, restTimeout)
	defer cancel()
	f.token, f.err = c.credential.Token(ctx, serviceScope)
	if f.err == nil && f.token.Token == "" {
		f.err = errNoToken
	}
	if f.err != nil {
		f.err = fmt.Errorf("getting the credential's token: %w", f.err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.fetch = nil
	now := time.Now()
	c.refresh = now.Add(refreshPause)
	if f.err == nil {
		c.token = f.token
		lifetime := f.token.ExpiresOn.Sub(now)
		c.refresh = now.Add(lifetime - min(refreshAhead, lifetime/2))
	}
	close(f.done)
}

// drop forgets a token, unless it has been replaced already.
func (c *tokenCache) drop(token string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.token.Token == token {
		c.token = AccessToken{}
	}
}

// checkBearerEndpoint refuses to send a bearer token, which is good for the whole service and for an
// hour or more, where anybody on the way can read it. Tokens signed with an access key are for one URL
// and five minutes.
func checkBearerEndpoint(endpoint string) error {
	u, err := url.Parse(endpoint)
	if err != nil {
		return err
	}
	ip, err := netip.ParseAddr(u.Hostname())
	if u.Scheme == "https" || strings.EqualFold(u.Hostname(), "localhost") || err == nil && ip.IsLoopback() {
		return nil
	}
	return fmt.Errorf("%s is not https: a credential's token is not sent where others can read it; only a loopback address may be http", endpoint)
}
