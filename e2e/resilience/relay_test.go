package resilience_test

import (
	"bufio"
	"bytes"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
)

// relay stands between two programs that speak HTTP and does to each POST what a plan says of the event
// its body begins with. Bytes go through as they are.
type relay struct {
	address  string
	target   string
	plan     func(event string) fault
	listener net.Listener
	tasks    sync.WaitGroup

	mu     sync.Mutex
	closed bool
	open   map[net.Conn]struct{}
	bodies map[string]int // how often each body came
}

func newRelay(t *testing.T, target string, plan func(event string) fault) *relay {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	r := &relay{address: l.Addr().String(), target: target, plan: plan, listener: l,
		open: make(map[net.Conn]struct{}), bodies: make(map[string]int)}
	r.tasks.Go(r.accept)
	t.Cleanup(r.close)
	return r
}

func (r *relay) accept() {
	for {
		conn, err := r.listener.Accept()
		if err != nil {
			return
		}
		r.tasks.Go(func() {
			defer r.leave(conn)
			if r.enter(conn) {
				r.serve(conn.(*net.TCPConn))
			}
		})
	}
}

// enter lists a connection among those that close ends, unless it already has.
func (r *relay) enter(conn net.Conn) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.open[conn] = struct{}{}
	return !r.closed
}

func (r *relay) leave(conn net.Conn) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.open, conn)
	conn.Close()
}

// close ends what is under way and waits for it.
func (r *relay) close() {
	r.listener.Close()
	r.mu.Lock()
	r.closed = true
	for conn := range r.open {
		conn.Close()
	}
	r.mu.Unlock()
	r.tasks.Wait()
}

// serve takes the requests of one connection, one after another, until a fault ends it.
func (r *relay) serve(client *net.TCPConn) {
	var raw bytes.Buffer
	in := bufio.NewReader(io.TeeReader(client, &raw))
	for {
		raw.Reset() // a client waits for its answer, so nothing of the next request is in here
		req, err := http.ReadRequest(in)
		if err != nil {
			return
		}
		body, err := io.ReadAll(req.Body)
		if err != nil {
			return
		}
		f := none
		if req.Method == http.MethodPost {
			f = r.note(string(body))
		}
		if !r.exchange(client, req, &raw, len(body), f) {
			return
		}
	}
}

// note counts a body and finds its fault.
func (r *relay) note(body string) fault {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.bodies[body]++
	f := r.plan(eventOf(body))
	if f == unavailable && r.bodies[body] > 1 {
		return none
	}
	return f
}

func eventOf(body string) string {
	event, _, _ := strings.Cut(body, " ")
	return event
}

// checkOnce checks that no body came twice, but after an answer of 503 from a sender that tries again.
func (r *relay) checkOnce(t *testing.T, triesAgain bool) {
	t.Helper()
	for body, n := range r.bodies {
		most := 1
		if triesAgain && r.plan(eventOf(body)) == unavailable {
			most = 2
		}
		if n > most {
			t.Errorf("%q was sent %d times, want %d at most", body, n, most)
		}
	}
}
