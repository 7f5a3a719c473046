//go:build !race

package wire_test

import (
	"strconv"
	"testing"

	"github.com/wpsgen/wpsgen/internal/wire"
)

// The race detector makes sync.Pool drop what it is given at random, so that this holds without it only.
func TestVerifyAllocatesNothing(t *testing.T) {
	s := wire.NewSigner(vectorKey)
	if n := testing.AllocsPerRun(100, func() { s.Verify(vectorSignature, "conn-1") }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

// TestVerifyAllocatesNothingForSingleEvents: what is remembered of a connection is allocated at its second.
func TestVerifyAllocatesNothingForSingleEvents(t *testing.T) {
	s := wire.NewSigner(vectorKey)
	type event struct{ connectionID, signature string }
	events := make([]event, 101) // and one that warms up
	for i := range events {
		id := "conn-" + strconv.Itoa(i)
		events[i] = event{id, s.Sign(id)}
	}
	next := 0
	if n := testing.AllocsPerRun(len(events)-1, func() {
		e := events[next]
		next++
		if !s.Verify(e.signature, e.connectionID) {
			t.Fatal("refused")
		}
	}); n > 0 {
		t.Errorf("%v allocations", n)
	}
}
