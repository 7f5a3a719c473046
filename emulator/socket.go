package emulator

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/coder/websocket"
)

// maxMessage bounds a client message in bytes (service-spec 10).
const maxMessage = 1 << 20

// errTooLarge is returned for a client message over maxMessage.
var errTooLarge = errors.New("the message is too large")

// socket is the WebSocket that carries a connection at the moment.
type socket struct {
	ws  *websocket.Conn
	tcp *batchConn
}

// hijackRecorder keeps the TCP connection that an upgrade takes over: closing it is the one way to
// end a write that is stuck. It puts a batchConn between.
type hijackRecorder struct {
	http.ResponseWriter
	tcp *batchConn
}

// Hijack implements http.Hijacker.
func (h *hijackRecorder) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	tcp, rw, err := http.NewResponseController(h.ResponseWriter).Hijack()
	if err != nil {
		return nil, nil, err
	}
	h.tcp = &batchConn{Conn: tcp}
	return h.tcp, bufio.NewReadWriter(rw.Reader, bufio.NewWriter(h.tcp)), nil
}

// upgrade answers the handshake with 101 and the subprotocol, if any. Any origin may connect: the
// token is what lets a client in.
func upgrade(w http.ResponseWriter, r *http.Request, subprotocol string) (*socket, error) {
	if subprotocol != "" {
		w.Header().Set("Sec-WebSocket-Protocol", subprotocol)
	}
	recorder := &hijackRecorder{ResponseWriter: w}
	ws, err := websocket.Accept(recorder, r, &websocket.AcceptOptions{InsecureSkipVerify: true})
	if err != nil {
		return nil, err
	}
	ws.SetReadLimit(-1) // read enforces the limit with the service's own close text
	return &socket{ws: ws, tcp: recorder.tcp}, nil
}

// read returns the next message of the client, errTooLarge, or what ended the socket.
func (s *socket) read() (websocket.MessageType, []byte, error) {
	kind, r, err := s.ws.Reader(context.Background())
	if err != nil {
		return 0, nil, err
	}
	data, err := io.ReadAll(io.LimitReader(r, maxMessage+1))
	if err == nil && len(data) > maxMessage {
		err = errTooLarge
	}
	return kind, data, err
}

// write sends the frames, and calls written after each.
func (s *socket) write(frames []frame, written func(frame)) error {
	s.tcp.hold()
	for _, f := range frames {
		if err := s.ws.Write(context.Background(), f.kind, f.data); err != nil {
			return err
		}
		written(f)
	}
	return s.tcp.flush()
}

// ping sends a ping and reports whether its pong came in time.
func (s *socket) ping(ctx context.Context, limit time.Duration) bool {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	return s.ws.Ping(ctx) == nil
}

// close performs the closing handshake and gives the TCP connection up.
func (s *socket) close(end closing) {
	_ = s.ws.Close(end.code, end.text)
	s.cut()
}

// cut closes the TCP connection at once; reads and writes under way fail. The WebSocket must be told
// too: it has a finalizer and is part of a cycle, so that nothing else ever frees it.
func (s *socket) cut() {
	_ = s.tcp.Close()
	_ = s.ws.CloseNow()
}
