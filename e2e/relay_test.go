package e2e_test

import (
	"io"
	"net"
	"sync"
	"testing"
)

// relay passes TCP connections on, and can drop them without a word.
type relay struct {
	listener net.Listener
	target   string
	tasks    sync.WaitGroup

	mu   sync.Mutex
	open map[net.Conn]struct{}
}

// newRelay listens on a free port of loopback until the test ends.
func newRelay(t *testing.T, target string) *relay {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	r := &relay{listener: l, target: target, open: make(map[net.Conn]struct{})}
	r.tasks.Go(r.accept)
	t.Cleanup(func() {
		_ = l.Close()
		r.drop()
		r.tasks.Wait()
	})
	return r
}

func (r *relay) addr() string { return r.listener.Addr().String() }

func (r *relay) accept() {
	for {
		in, err := r.listener.Accept()
		if err != nil {
			return
		}
		out, err := net.Dial("tcp", r.target)
		if err != nil {
			_ = in.Close()
			continue
		}
		r.mu.Lock()
		r.open[in], r.open[out] = struct{}{}, struct{}{}
		r.mu.Unlock()
		r.tasks.Go(func() { r.pass(in, out) })
		r.tasks.Go(func() { r.pass(out, in) })
	}
}

// pass copies until one side ends, and then ends both.
func (r *relay) pass(to, from net.Conn) {
	_, _ = io.Copy(to, from)
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, c := range []net.Conn{to, from} {
		_ = c.Close()
		delete(r.open, c)
	}
}

// drop ends every connection there is, both ways.
func (r *relay) drop() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for c := range r.open {
		_ = c.Close()
	}
}
