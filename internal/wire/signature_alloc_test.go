//go:build !race

package wire_test

import (
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
