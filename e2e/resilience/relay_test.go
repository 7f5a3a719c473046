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
	"time"
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
	event, _, _ := strings.Cut(body, " ")
	return r.plan(event)
}

// exchange carries one request and its answer, with a fault, and reports whether the connection goes on.
func (r *relay) exchange(client *net.TCPConn, req *http.Request, raw *bytes.Buffer, body int, f fault) bool {
	switch f {
	case resetBefore:
		return reset(client)
	case unavailable:
		_, err := io.WriteString(client, "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n")
		return err == nil
	}
	answer, ok := r.forward(req, raw.Bytes(), body, f)
	if !ok {
		return false
	}
	switch f {
	case resetAfter:
		return reset(client)
	case cutHead:
		client.Write(answer[:len(answer)/2])
		return false
	case cutTail:
		client.Write(answer[:len(answer)-1])
		return false
	case oneByte:
		return drip(client, answer, 0) == nil
	case slowBody:
		return drip(client, answer, 100*time.Microsecond) == nil
	}
	_, err := client.Write(answer)
	return err == nil
}

// forward sends a request on, over a connection of its own so that no fault touches another request,
// and returns the answer.
func (r *relay) forward(req *http.Request, raw []byte, body int, f fault) ([]byte, bool) {
	server, err := net.Dial("tcp", r.target)
	if err != nil {
		return nil, false
	}
	defer r.leave(server)
	if !r.enter(server) {
		return nil, false
	}
	switch f {
	case oneByte:
		err = drip(server, raw, 0)
	case slowBody:
		head := len(raw) - body
		if _, err = server.Write(raw[:head]); err == nil {
			err = drip(server, raw[head:], 2*time.Millisecond)
		}
	default:
		_, err = server.Write(raw)
	}
	if err == nil && f == halfClose {
		err = server.(*net.TCPConn).CloseWrite()
	}
	if err != nil {
		return nil, false
	}
	var answer bytes.Buffer
	res, err := http.ReadResponse(bufio.NewReader(io.TeeReader(server, &answer)), req)
	if err != nil {
		return nil, false
	}
	defer res.Body.Close()
	_, err = io.Copy(io.Discard, res.Body)
	return answer.Bytes(), err == nil
}

// reset makes the client see a connection reset by peer.
func reset(conn *net.TCPConn) bool {
	conn.SetLinger(0)
	conn.Close()
	return false
}

// drip writes byte by byte, with a pause behind each.
func drip(w io.Writer, b []byte, pause time.Duration) error {
	for i := range b {
		if _, err := w.Write(b[i : i+1]); err != nil {
			return err
		}
		if pause > 0 {
			time.Sleep(pause)
		}
	}
	return nil
}
