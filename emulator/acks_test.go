package emulator

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestAckSet compares with a map, over orders that join, split and extend ranges.
func TestAckSet(t *testing.T) {
	for seed := range uint64(50) {
		r := rand.New(rand.NewPCG(seed, 1))
		var set ackSet
		known := make(map[uint64]bool)
		for range 200 {
			id := r.Uint64N(40)
			if r.IntN(20) == 0 {
				id = math.MaxUint64 - id%3
			}
			if set.has(id) != known[id] {
				t.Fatalf("seed %d: has(%d) is %v", seed, id, !known[id])
			}
			set.add(id)
			known[id] = true
		}
		for id := range uint64(45) {
			if set.has(id) != known[id] {
				t.Fatalf("seed %d: has(%d) is %v at the end", seed, id, !known[id])
			}
		}
	}
}

func TestAckSetStaysSmall(t *testing.T) {
	var set ackSet
	for id := range uint64(10000) {
		set.add(id)
	}
	if len(set.ranges) != 1 {
		t.Errorf("%d ranges for ids in a row", len(set.ranges))
	}
}
