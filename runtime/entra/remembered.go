package entra

import (
	"crypto/sha256"
	"sync"
	"time"
)

const (
	// rememberFor is how long a good token is taken without looking at its signature again: the service sends
	// one with all its events, for up to a day, and a check of a signature costs more than the event.
	rememberFor = 5 * time.Minute
	// maxRemembered bounds the memory. The service has one token for each event handler's audience, and for a
	// while the next one.
	maxRemembered = 16
)

// remembered are the tokens that were good a while ago. It holds their hashes, so that no token stays in
// memory. Its zero value is empty and ready.
type remembered struct {
	mu    sync.RWMutex
	until map[[sha256.Size]byte]time.Time
}

// has reports whether a token was good and may be taken for it still.
func (r *remembered) has(token [sha256.Size]byte, now time.Time) bool {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return now.Before(r.until[token]) // the zero time when it is not there
}

// add remembers a good token, no longer than it is valid.
func (r *remembered) add(token [sha256.Size]byte, now, expires time.Time) {
	until := now.Add(rememberFor)
	if expires.Before(until) {
		until = expires
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.until == nil || len(r.until) >= maxRemembered {
		r.until = make(map[[sha256.Size]byte]time.Time, maxRemembered) // what is used still comes back at once
	}
	r.until[token] = until
}
