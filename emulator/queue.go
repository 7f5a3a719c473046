package emulator

import (
	"sync"

	"github.com/coder/websocket"
)

const (
	// maxOutbound bounds in bytes what may wait for one client; beyond it the client is too slow.
	maxOutbound = 16 << 20
	// maxInbound bounds in bytes what is read from one client ahead of the work on it. Reading ahead
	// is what notices that a client has left while a handler is still at work for it.
	maxInbound = 4 << 20
	// frameOverhead is charged per queued frame, so that empty ones are bounded too.
	frameOverhead = 64
)

// outbox holds the frames that wait for one client, in order, and how it ends.
type outbox struct {
	mu     sync.Mutex
	ready  sync.Cond
	frames []frame
	bytes  int // waiting or being written
	end    *closing
	broken bool // nobody writes any more
}

func newOutbox() *outbox {
	o := new(outbox)
	o.ready.L = &o.mu
	return o
}

// push appends a frame without waiting. It reports false when the queue is full; frames behind the
// end are dropped.
func (o *outbox) push(f frame) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.broken || o.end != nil {
		return true
	}
	size := len(f.data) + frameOverhead
	if o.bytes > 0 && o.bytes+size > maxOutbound {
		return false
	}
	o.bytes += size
	o.frames = append(o.frames, f)
	o.ready.Signal()
	return true
}

// load queues the first frames of a link, of which there may be as many as a connection keeps.
func (o *outbox) load(frames ...frame) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, f := range frames {
		o.bytes += len(f.data) + frameOverhead
	}
	o.frames = append(o.frames, frames...)
	o.ready.Signal()
}

// finish lets the close follow what is queued; the first one counts. It drops the queue when that
// is what is too long.
func (o *outbox) finish(end closing, drop bool, last ...frame) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.broken || o.end != nil {
		return
	}
	if drop {
		o.frames = nil
	}
	o.frames = append(o.frames, last...)
	o.end = &end
	o.ready.Signal()
}

// stop makes the writer give up: there is no socket to write to any more.
func (o *outbox) stop() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.broken = true
	o.frames = nil
	o.ready.Signal()
}

// take waits for frames or the end and returns all there is; ok is false when there is nothing to do
// any more. With an end that is not nil nothing follows.
func (o *outbox) take() (frames []frame, end *closing, ok bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for len(o.frames) == 0 && o.end == nil && !o.broken {
		o.ready.Wait()
	}
	if o.broken {
		return nil, nil, false
	}
	frames, o.frames = o.frames, nil
	return frames, o.end, true
}

// written gives back the room of a frame.
func (o *outbox) written(f frame) {
	o.mu.Lock()
	o.bytes -= len(f.data) + frameOverhead
	o.mu.Unlock()
}

// inbox holds the messages that were read from one client and wait to be worked on.
type inbox struct {
	mu       sync.Mutex
	changed  sync.Cond
	messages []frame
	bytes    int
	closed   bool
}

func newInbox() *inbox {
	i := new(inbox)
	i.changed.L = &i.mu
	return i
}

// put appends a message, waiting for room. It reports false when the inbox is closed.
func (i *inbox) put(kind websocket.MessageType, data []byte) bool {
	size := len(data) + frameOverhead
	i.mu.Lock()
	defer i.mu.Unlock()
	for !i.closed && i.bytes > 0 && i.bytes+size > maxInbound {
		i.changed.Wait()
	}
	if i.closed {
		return false
	}
	i.messages = append(i.messages, frame{kind, data})
	i.bytes += size
	i.changed.Broadcast()
	return true
}

// next waits for the next message; ok is false when there will be none.
func (i *inbox) next() (f frame, ok bool) {
	i.mu.Lock()
	defer i.mu.Unlock()
	for len(i.messages) == 0 && !i.closed {
		i.changed.Wait()
	}
	if len(i.messages) == 0 {
		return frame{}, false
	}
	f = i.messages[0]
	i.messages[0] = frame{}
	i.messages = i.messages[1:]
	i.bytes -= len(f.data) + frameOverhead
	i.changed.Broadcast()
	return f, true
}

// close lets nothing more in. What is there is dropped, or still worked on.
func (i *inbox) close(drop bool) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.closed = true
	if drop {
		i.messages, i.bytes = nil, 0
	}
	i.changed.Broadcast()
}
