package emulator

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coder/websocket"
)

// detached is a reliable connection whose client was just lost.
func detached(t *testing.T) *connection {
	t.Helper()
	c := bareConnection(reliableJSON{})
	c.emulator.options.RecoveryWindow = defaultRecoveryWindow
	if !c.detach(c.link, io.EOF) {
		t.Fatal("not kept")
	}
	return c
}

func ended(c *connection) bool { return c.hub.connection(c.id) == nil }

// TestRecoveryWindow: a connection whose client was lost lives on for 30 seconds and no longer.
func TestRecoveryWindow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := detached(t)
		c.deliver(&message{payload: payload{data: []byte("missed")}})
		time.Sleep(30*time.Second - time.Millisecond)
		synctest.Wait()
		if ended(c) {
			t.Fatal("ended too early")
		}
		time.Sleep(time.Millisecond)
		synctest.Wait()
		if !ended(c) || c.endReason() != "The connection recovery timeout expired." {
			t.Errorf("ended %v, reason %q", ended(c), c.endReason())
		}
	})
}

// TestRecoveryWindowBeginsAnew: each loss has its own, whatever is left of the one before.
func TestRecoveryWindowBeginsAnew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := detached(t)
		time.Sleep(20 * time.Second)
		c.link = newLink(c.ctx)
		if !c.detach(c.link, io.EOF) {
			t.Fatal("not kept")
		}
		c.expire(1) // as the first window would, were it a moment late
		time.Sleep(29 * time.Second)
		synctest.Wait()
		if ended(c) {
			t.Error("the first window ended the connection")
		}
		time.Sleep(time.Second)
		synctest.Wait()
		if !ended(c) {
			t.Error("not ended")
		}
	})
}

// TestMessagesExpireForThoseAway: what has a time to live is not sent again behind it, whether a client
// or REST sent it.
func TestMessagesExpireForThoseAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := detached(t)
		c.sendToGroup = &permission{all: true}
		for _, ttl := range []time.Duration{0, time.Second} {
			if no := c.perform(&request{op: opPublish, name: "g", ttl: ttl, payload: payload{data: []byte("x")}}); no != nil {
				t.Fatal(no.message)
			}
		}
		send := &call{hub: c.hub, query: url.Values{"messageTtlSeconds": {"1"}}}
		send.request = httptest.NewRequest(http.MethodPost, "/", strings.NewReader("x"))
		if no := send.sendToAll(); no != nil {
			t.Fatal(no.Message)
		}
		if n := len(c.backlog.replay(time.Now())); n != 3 {
			t.Errorf("%d messages wait, want 3", n)
		}
		time.Sleep(time.Second + time.Millisecond)
		if n := len(c.backlog.replay(time.Now())); n != 1 {
			t.Errorf("%d messages wait a second later, want the one without a limit", n)
		}
		c.end("", true)
	})
}

// TestShutOfDetached: a close by the service is final, and needs nobody to take it.
func TestShutOfDetached(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := detached(t)
		c.shut(closeByServer("bye"))
		if !ended(c) || c.resume(nil) {
			t.Error("it can be recovered")
		}
		if c.expiry.Stop() {
			t.Error("the window still runs")
		}
		if c.endReason() != "Application server closed the connection. Reason: bye" {
			t.Errorf("reason %q", c.endReason())
		}
	})
}

func TestWhatEndsForGood(t *testing.T) {
	tests := []struct {
		name  string
		err   error
		final bool
	}{
		{"normal close", websocket.CloseError{Code: websocket.StatusNormalClosure}, true},
		{"close without a code", websocket.CloseError{Code: websocket.StatusNoStatusRcvd}, true},
		{"going away", websocket.CloseError{Code: websocket.StatusGoingAway}, false},
		{"a code of its own", websocket.CloseError{Code: 4000}, false},
		{"no close frame", io.EOF, false},
	}
	for _, tt := range tests {
		for _, p := range []protocol{reliableJSON{}, jsonProtocol{}, simpleProtocol{}} {
			c := bareConnection(p)
			c.emulator.options.RecoveryWindow = time.Hour
			_, reliable := p.(reliableProtocol)
			if kept := c.detach(c.link, tt.err); kept != (reliable && !tt.final) {
				t.Errorf("%s of %T: kept %v", tt.name, p, kept)
			}
			c.end("", true)
		}
	}
}

func TestNoRecoveryWindow(t *testing.T) {
	c := bareConnection(reliableJSON{})
	c.emulator.options.RecoveryWindow = -1
	if c.detach(c.link, io.EOF) {
		t.Error("kept")
	}
}
