package emulator

import (
	"net"
	"sync"
)

// maxBatch is how much is gathered before it is written, in bytes.
const maxBatch = 32 << 10

// batchConn gathers the writes between hold and flush: a fan-out leaves many small frames for one
// client, and a system call for each would cost more than everything else about it.
type batchConn struct {
	net.Conn
	mu      sync.Mutex
	holding bool
	held    []byte
}

// Write implements net.Conn. Bytes that are held count as written; should they fail, flush says so.
func (b *batchConn) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.holding {
		return b.Conn.Write(p)
	}
	b.held = append(b.held, p...)
	if len(b.held) < maxBatch {
		return len(p), nil
	}
	return len(p), b.flushLocked()
}

// hold starts to gather.
func (b *batchConn) hold() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.holding = true
}

// flush writes what was gathered, and ends the gathering.
func (b *batchConn) flush() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.holding = false
	return b.flushLocked()
}

func (b *batchConn) flushLocked() error {
	if len(b.held) == 0 {
		return nil
	}
	_, err := b.Conn.Write(b.held)
	b.held = b.held[:0]
	if cap(b.held) > 2*maxBatch {
		b.held = nil // one large frame must not keep its room for good
	}
	return err
}
