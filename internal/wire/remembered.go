package wire

import (
	"hash/maphash"
	"strings"
	"sync/atomic"
)

const (
	// places is how many connections can be remembered at once, a power of two. The places take 64 KiB, and what
	// is in them at most another 800.
	places = 4096
	// longestRemembered bounds a connection's id; those of the service have 22 to 40 bytes.
	longestRemembered = 128
)

// remembered holds the sums of connections that have proved more than one event. The service signs a connection's
// id and nothing else, so that all its events carry one signature, and computing it is two thirds of a check. What
// is remembered is no easier to come by than the key beside it, and who may be in doubt about the time a check
// takes learns that a connection is there.
type remembered struct {
	seed   maphash.Seed
	places [places]place
}

// place is where the one connection is remembered of those whose ids fall on it.
type place struct {
	last atomic.Uint64 // the hash of the id that was computed here last
	sum  atomic.Pointer[connectionSum]
}

// connectionSum is never changed.
type connectionSum struct {
	connectionID string
	sum          digits
}

// hashed is a place as one connection sees it.
type hashed struct {
	*place
	hash uint64
}

func (r *remembered) place(connectionID string) hashed {
	h := maphash.String(r.seed, connectionID)
	return hashed{&r.places[h%places], h}
}

// sumOf returns what is remembered of a connection, nil when that is nothing.
func (p hashed) sumOf(connectionID string) *digits {
	s := p.sum.Load()
	if s == nil || s.connectionID != connectionID {
		return nil
	}
	if p.last.Load() != 0 {
		p.last.Store(0)
	}
	return &s.sum
}

// keep remembers a connection's sum at its second event in turn, when there was none in between of another
// connection of this place: one that comes alone would pay for what it never uses, and of two busy connections
// the busier one stays.
func (p hashed) keep(connectionID string, sum *digits) {
	if p.last.Swap(p.hash) == p.hash && len(connectionID) <= longestRemembered {
		p.sum.Store(&connectionSum{strings.Clone(connectionID), *sum})
	}
}
