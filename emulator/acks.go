package emulator

import (
	"slices"
	"sort"
)

// ackSet remembers which ack ids succeeded, as ranges: clients count upwards, so there is usually
// one, however long the connection lives.
type ackSet struct {
	ranges []ackRange // in order, neither overlapping nor touching
}

type ackRange struct{ first, last uint64 }

// has reports whether the id was added.
func (s *ackSet) has(id uint64) bool {
	i := s.search(id)
	return i < len(s.ranges) && s.ranges[i].first <= id
}

// add remembers an id.
func (s *ackSet) add(id uint64) {
	i := s.search(id)
	if i < len(s.ranges) && s.ranges[i].first <= id {
		return
	}
	touchesLeft := i > 0 && s.ranges[i-1].last+1 == id
	touchesRight := i < len(s.ranges) && s.ranges[i].first == id+1
	switch {
	case touchesLeft && touchesRight:
		s.ranges[i-1].last = s.ranges[i].last
		s.ranges = slices.Delete(s.ranges, i, i+1)
	case touchesLeft:
		s.ranges[i-1].last = id
	case touchesRight:
		s.ranges[i].first = id
	default:
		s.ranges = slices.Insert(s.ranges, i, ackRange{id, id})
	}
}

// search returns the index of the first range that does not end before id.
func (s *ackSet) search(id uint64) int {
	return sort.Search(len(s.ranges), func(i int) bool { return s.ranges[i].last >= id })
}
