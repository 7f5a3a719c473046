package emulator

import (
	"slices"
	"time"
)

const (
	// maxBacklog and maxBacklogBytes bound what a reliable client may leave unacknowledged
	// (service-spec 2.6).
	maxBacklog      = 1000
	maxBacklogBytes = 16 << 20
)

// backlog numbers the data messages of a reliable connection and keeps them until its client
// acknowledges them.
type backlog struct {
	protocol reliableProtocol
	last     uint64 // sequence id of the newest message
	waiting  []numberedFrame
	bytes    int
}

type numberedFrame struct {
	frame
	id      uint64
	expires time.Time // zero for never
}

// add numbers a message and keeps it. It reports false when there is no room for another.
func (b *backlog) add(f frame, expires time.Time) (frame, bool) {
	size := len(f.data) + frameOverhead
	if len(b.waiting) >= maxBacklog || len(b.waiting) > 0 && b.bytes+size > maxBacklogBytes {
		return frame{}, false
	}
	b.last++
	f = b.protocol.numbered(f, b.last)
	b.waiting = append(b.waiting, numberedFrame{f, b.last, expires})
	b.bytes += len(f.data) + frameOverhead
	return f, true
}

// acknowledge forgets the messages up to the id.
func (b *backlog) acknowledge(id uint64) {
	n := 0
	for n < len(b.waiting) && b.waiting[n].id <= id {
		b.bytes -= len(b.waiting[n].data) + frameOverhead
		n++
	}
	clear(b.waiting[:n])
	b.waiting = b.waiting[n:]
}

// replay returns what is to be sent again, in order. What has outlived its time is forgotten.
func (b *backlog) replay(now time.Time) []frame {
	b.waiting = slices.DeleteFunc(b.waiting, func(m numberedFrame) bool {
		expired := !m.expires.IsZero() && now.After(m.expires)
		if expired {
			b.bytes -= len(m.data) + frameOverhead
		}
		return expired
	})
	frames := make([]frame, len(b.waiting))
	for i, m := range b.waiting {
		frames[i] = m.frame
	}
	return frames
}
