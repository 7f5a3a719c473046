package emulator

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/wpsgen/wpsgen/internal/wire"
)

// TestResumeWaitsForTheReaderBefore: what was read from the socket before comes first, however long it
// waits for room.
func TestResumeWaitsForTheReaderBefore(t *testing.T) {
	e, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = e.Close() }()
	url, err := e.ClientURL("chat", ClientOptions{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	open := func(url string) *websocket.Conn {
		conn, _, err := websocket.Dial(ctx, url, &websocket.DialOptions{Subprotocols: []string{wire.SubprotocolReliableJSON}})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = conn.CloseNow() })
		if _, _, err := conn.Read(ctx); err != nil {
			t.Fatal(err)
		}
		return conn
	}
	open(url)
	var c *connection
	for _, c = range e.hub("chat").connections {
	}
	reader := make(chan struct{})
	c.mu.Lock()
	c.lastRead = reader // as if it were still at work
	c.mu.Unlock()

	back := open(url + "&awps_connection_id=" + c.id + "&awps_reconnection_token=" + c.reconnectionToken())
	leave := func(ackID string) []byte { return []byte(`{"type":"leaveGroup","group":"g","ackId":` + ackID + `}`) }
	if err := back.Write(ctx, websocket.MessageText, leave("2")); err != nil {
		t.Fatal(err)
	}
	for range 20 { // time for a reader that does not wait
		c.send(c.protocol.pong())
		if _, data, err := back.Read(ctx); err != nil || !strings.Contains(string(data), "pong") {
			t.Fatalf("got %s, %v before the reader has ended", data, err)
		}
	}
	c.in.put(websocket.MessageText, leave("1"))
	close(reader)
	for _, want := range []string{`"ackId":1`, `"ackId":2`} {
		if _, data, err := back.Read(ctx); err != nil || !strings.Contains(string(data), want) {
			t.Errorf("got %s, %v, want %s", data, err, want)
		}
	}
}
