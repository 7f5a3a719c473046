package entra

import (
	"context"
	"crypto/rsa"
	"fmt"
	"sync"
	"time"
)

const (
	keysMaxAge   = 24 * time.Hour   // after which keys are fetched anew, so that withdrawn ones go
	refreshEvery = time.Minute      // at most: tokens can name keys that do not exist
	retryEvery   = 5 * time.Second  // at most, as long as no event can be let in
	fetchTimeout = 10 * time.Second // for one fetch
)

// keyCache keeps a tenant's signing keys. Its zero value with a source fetches them when first asked.
type keyCache struct {
	source *keySource

	mu      sync.Mutex
	keys    map[string]*rsa.PublicKey // by kid; nil before the first successful fetch
	fetched time.Time                 // when keys were fetched
	tried   time.Time                 // when a fetch last began
	failure error                     // of the last fetch
	flight  chan struct{}             // closed at the end of the fetch that is under way; nil for none
}

// find returns the key of an id. For one that is not known it waits for a fetch, which requests share.
func (c *keyCache) find(ctx context.Context, id string) (*rsa.PublicKey, error) {
	key, flight := c.look(id)
	if key != nil {
		return key, nil
	}
	if flight != nil {
		select {
		case <-flight:
		case <-ctx.Done():
			return nil, fmt.Errorf("its key was not fetched in time: %w", ctx.Err())
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if key := c.keys[id]; key != nil {
		return key, nil
	}
	return nil, c.missing(id)
}

// look returns a key that is known, and the fetch that is under way. It begins one where that is due.
func (c *keyCache) look(id string) (*rsa.PublicKey, <-chan struct{}) {
	c.mu.Lock()
	defer c.mu.Unlock()
	key, now := c.keys[id], time.Now()
	if (key == nil || now.Sub(c.fetched) > keysMaxAge) && c.mayFetch(now) {
		c.tried, c.flight = now, make(chan struct{})
		go c.fetch()
	}
	return key, c.flight
}

func (c *keyCache) mayFetch(now time.Time) bool {
	pause := refreshEvery
	if c.keys == nil {
		pause = retryEvery
	}
	return c.flight == nil && (c.tried.IsZero() || now.Sub(c.tried) >= pause)
}

// fetch replaces the keys. It does not end with the request that began it, since others wait for it, too.
func (c *keyCache) fetch() {
	ctx, cancel := context.WithTimeout(context.Background(), fetchTimeout)
	defer cancel()
	keys, err := c.source.fetch(ctx)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.failure = err; err == nil {
		c.keys, c.fetched = keys, time.Now()
	}
	close(c.flight)
	c.flight = nil
}

// missing is why there is no key of an id.
func (c *keyCache) missing(id string) error {
	switch {
	case c.keys == nil:
		return fmt.Errorf("there are no keys to check its signature with: %w", c.failure)
	case c.failure != nil:
		return fmt.Errorf("its key (kid) %.64q is not known, and fetching new keys failed: %w", id, c.failure)
	}
	return fmt.Errorf("its key (kid) %.64q is none of %s, fetched at %s", id, c.source.url, c.fetched.UTC().Format(time.RFC3339))
}
