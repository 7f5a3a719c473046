package resilience_test

import (
	"bufio"
	"bytes"
	"io"
	"net"
	"net/http"
	"time"
)

// exchange carries one request and its answer, with a fault, and reports whether the connection goes on.
func (r *relay) exchange(client *net.TCPConn, req *http.Request, raw *bytes.Buffer, body int, f fault) bool {
	switch f {
	case resetBefore:
		return reset(client)
	case unavailable:
		_, err := io.WriteString(client, "HTTP/1.1 503 Service Unavailable\r\nretry-after-ms: 1\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n")
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
