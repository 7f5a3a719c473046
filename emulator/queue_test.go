package emulator

import (
	"sync"
	"testing"
	"testing/synctest"

	"github.com/coder/websocket"
)

func TestOutboxIsBounded(t *testing.T) {
	o := newOutbox()
	half := textFrame(make([]byte, maxOutbound/2-frameOverhead))
	for range 2 {
		if !o.push(half) {
			t.Fatal("full too early")
		}
	}
	if o.push(textFrame(nil)) {
		t.Error("an empty frame beyond the limit is taken")
	}
	frames, end, ok := o.take()
	if len(frames) != 2 || end != nil || !ok {
		t.Fatalf("took %d frames, %v, %v", len(frames), end, ok)
	}
	if o.push(textFrame(nil)) {
		t.Error("room is given back before the frame is written")
	}
	o.written(frames[0])
	if !o.push(textFrame(nil)) {
		t.Error("no room after a frame was written")
	}
}

// TestOutboxTakesOneOversizedFrame: a frame larger than the limit goes to a client that waits for it.
func TestOutboxTakesOneOversizedFrame(t *testing.T) {
	if !newOutbox().push(textFrame(make([]byte, maxOutbound+1))) {
		t.Error("refused")
	}
}

func TestOutboxEnds(t *testing.T) {
	o := newOutbox()
	o.push(textFrame([]byte("a")))
	o.finish(closeGoingAway, false, textFrame([]byte("last")))
	o.finish(closeTooLarge, true)
	if !o.push(textFrame([]byte("late"))) {
		t.Error("a late frame is taken for too much")
	}
	frames, end, ok := o.take()
	if len(frames) != 2 || string(frames[1].data) != "last" || end == nil || *end != closeGoingAway || !ok {
		t.Errorf("took %d frames, %v, %v", len(frames), end, ok)
	}
	o.stop()
	if _, _, ok := o.take(); ok {
		t.Error("a stopped outbox has something")
	}
}

func TestInboxHoldsBackItsReader(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		i := newInbox()
		full := make([]byte, maxInbound)
		i.put(websocket.MessageText, full)
		var wg sync.WaitGroup
		taken := false
		wg.Go(func() { taken = i.put(websocket.MessageText, []byte("b")) })
		synctest.Wait()
		if taken {
			t.Fatal("taken beyond the limit")
		}
		if f, ok := i.next(); !ok || len(f.data) != maxInbound {
			t.Fatal("the first message is not the first")
		}
		wg.Wait()
		if f, ok := i.next(); !taken || !ok || string(f.data) != "b" {
			t.Error("the second message is lost")
		}
	})
}

func TestInboxCloses(t *testing.T) {
	for _, drop := range []bool{false, true} {
		i := newInbox()
		i.put(websocket.MessageText, []byte("a"))
		i.close(drop)
		if i.put(websocket.MessageText, nil) {
			t.Error("a closed inbox takes messages")
		}
		if _, ok := i.next(); ok == drop {
			t.Errorf("drop %v: message there: %v", drop, ok)
		}
		if _, ok := i.next(); ok {
			t.Error("a message out of nowhere")
		}
	}
}
