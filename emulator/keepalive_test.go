package emulator_test

import (
	"context"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/wpsgen/wpsgen/emulator"
)

// pinged connects a simple client that reports each ping and answers it or not.
func pinged(t *testing.T, emu *emulator.Emulator, answers bool) (*websocket.Conn, <-chan struct{}) {
	t.Helper()
	url, err := emu.ClientURL("chat", emulator.ClientOptions{})
	if err != nil {
		t.Fatal(err)
	}
	pings := make(chan struct{}, 10000)
	conn, _, err := websocket.Dial(testContext(t), url, &websocket.DialOptions{
		OnPingReceived: func(context.Context, []byte) bool {
			pings <- struct{}{}
			return answers
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.CloseNow() })
	return conn, pings
}

func pingingEvery(interval time.Duration) map[string]emulator.Hub {
	return map[string]emulator.Hub{"chat": {KeepAliveInterval: interval}}
}

// TestKeepAlive: a client that answers is pinged again. It has two seconds to answer.
func TestKeepAlive(t *testing.T) {
	emu := start(t, emulator.Options{Hubs: pingingEvery(time.Second)})
	conn, pings := pinged(t, emu, true)
	reading := conn.CloseRead(testContext(t))
	for range 2 {
		select {
		case <-pings:
		case <-reading.Done():
			t.Fatal("the client was cut off")
		}
	}
}

// TestKeepAliveCutsOff: a client that does not answer is lost.
func TestKeepAliveCutsOff(t *testing.T) {
	emu := start(t, emulator.Options{Hubs: pingingEvery(time.Millisecond)})
	conn, _ := pinged(t, emu, false)
	if _, _, err := conn.Read(testContext(t)); err == nil || websocket.CloseStatus(err) != -1 {
		t.Errorf("got %v, want an end without a close frame", err)
	}
}
