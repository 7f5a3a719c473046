package emulator

import (
	"context"
	"log/slog"
	"testing"
	"testing/synctest"
	"time"
)

// bareConnection is a connection of a hub without sockets or handlers.
func bareConnection(p protocol) *connection {
	e := &Emulator{log: slog.New(slog.DiscardHandler), ctx: context.Background()}
	c := newConnection(e, newHub("chat"))
	c.speak(p)
	c.hub.add(c, []string{"g"})
	return c
}

// TestClosingHasALimit: a client that does not take its close is cut off.
func TestClosingHasALimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := bareConnection(jsonProtocol{})
		c.shut(closeGoingAway)
		time.Sleep(closeTimeout - time.Millisecond)
		synctest.Wait()
		if _, end, ok := c.link.out.take(); !ok || end == nil {
			t.Fatal("cut off too early")
		}
		time.Sleep(time.Millisecond)
		synctest.Wait()
		if _, _, ok := c.link.out.take(); ok {
			t.Error("not cut off")
		}
	})
}

// TestEndedConnectionIsGone: nothing finds it any more, and nothing can bring it back.
func TestEndedConnectionIsGone(t *testing.T) {
	c := bareConnection(simpleProtocol{})
	if !c.end("", true) || c.end("", true) {
		t.Error("a connection ends once")
	}
	c.hub.join("g", c)
	if c.hub.connection(c.id) != nil || len(c.hub.groups) != 0 || len(c.hub.users) != 0 {
		t.Error("the hub still knows the connection")
	}
	if c.ctx.Err() == nil {
		t.Error("pending calls of a simple client go on")
	}
}

// TestKeepAliveIsScheduled: 20 seconds unless the hub says otherwise, and never when it wants none.
func TestKeepAliveIsScheduled(t *testing.T) {
	for set, want := range map[time.Duration]time.Duration{0: 20 * time.Second, time.Minute: time.Minute, -1: 0} {
		settings, err := compileSettings(Hub{KeepAliveInterval: set})
		if err != nil {
			t.Fatal(err)
		}
		if settings.keepAlive != want && (want != 0 || settings.keepAlive > 0) {
			t.Errorf("%v becomes %v", set, settings.keepAlive)
		}
		c := bareConnection(simpleProtocol{})
		c.hub.settings.Store(settings)
		c.keepAlive(c.link)
		if scheduled := c.link.ping != nil; scheduled != (want > 0) {
			t.Errorf("%v: a ping is due: %v", set, scheduled)
		}
		c.link.release()
		c.keepAlive(c.link)
		if c.link.ping != nil && c.link.ping.Stop() {
			t.Error("a link that is done is pinged")
		}
	}
}

// countingProtocol counts how often a message is encoded.
type countingProtocol struct {
	protocol
	form    encoding
	encoded *int
}

func (p countingProtocol) encoding() encoding { return p.form }

func (p countingProtocol) message(*message) frame {
	*p.encoded++
	return textFrame([]byte("x"))
}

func TestPublishEncodesOncePerForm(t *testing.T) {
	encoded := 0
	first := bareConnection(countingProtocol{simpleProtocol{}, encodingSimple, &encoded})
	for _, form := range []encoding{encodingSimple, encodingJSON, encodingJSON} {
		c := newConnection(first.emulator, first.hub)
		c.protocol = countingProtocol{simpleProtocol{}, form, &encoded}
		first.hub.add(c, nil)
	}
	first.hub.publish(&message{}, audience{kind: everybody})
	if encoded != 2 {
		t.Errorf("encoded %d times for two forms", encoded)
	}
}
