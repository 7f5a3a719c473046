package emulator

import (
	"testing"
	"time"
)

func jsonBacklog() *backlog { return &backlog{protocol: reliableJSON{}} }

// fill adds messages and fails the test when there is no room.
func (b *backlog) fill(t *testing.T, messages ...string) {
	t.Helper()
	for _, m := range messages {
		if _, ok := b.add(textFrame([]byte(m)), time.Time{}); !ok {
			t.Fatalf("no room for %.20s", m)
		}
	}
}

func wantReplay(t *testing.T, b *backlog, at time.Time, want ...string) {
	t.Helper()
	got := b.replay(at)
	if len(got) != len(want) {
		t.Fatalf("replays %d frames, want %d", len(got), len(want))
	}
	for i, f := range got {
		if string(f.data) != want[i] {
			t.Errorf("frame %d is %s, want %s", i, f.data, want[i])
		}
	}
}

func TestBacklogKeepsWhatIsNotAcknowledged(t *testing.T) {
	b := jsonBacklog()
	b.fill(t, `{"a":1}`, `{"b":2}`, `{"c":3}`)
	now := time.Now()
	wantReplay(t, b, now, `{"a":1,"sequenceId":1}`, `{"b":2,"sequenceId":2}`, `{"c":3,"sequenceId":3}`)
	b.acknowledge(2)
	b.acknowledge(1)
	wantReplay(t, b, now, `{"c":3,"sequenceId":3}`)
	b.fill(t, `{"d":4}`)
	wantReplay(t, b, now, `{"c":3,"sequenceId":3}`, `{"d":4,"sequenceId":4}`)
	b.acknowledge(99)
	wantReplay(t, b, now)
	if b.bytes != 0 {
		t.Errorf("%d bytes of nothing", b.bytes)
	}
}

func TestBacklogForgetsWhatExpired(t *testing.T) {
	b := jsonBacklog()
	now := time.Now()
	b.fill(t, `{"a":1}`)
	b.add(textFrame([]byte(`{"b":2}`)), now.Add(time.Second))
	b.fill(t, `{"c":3}`)
	wantReplay(t, b, now.Add(time.Second), `{"a":1,"sequenceId":1}`, `{"b":2,"sequenceId":2}`, `{"c":3,"sequenceId":3}`)
	wantReplay(t, b, now.Add(2*time.Second), `{"a":1,"sequenceId":1}`, `{"c":3,"sequenceId":3}`)
	b.acknowledge(3)
	if b.bytes != 0 {
		t.Errorf("%d bytes of nothing", b.bytes)
	}
}

func TestBacklogIsBounded(t *testing.T) {
	many := jsonBacklog()
	for range maxBacklog {
		many.fill(t, `{}`)
	}
	large := jsonBacklog()
	large.fill(t, `{"x":"`+string(make([]byte, maxBacklogBytes))+`"}`)
	for _, b := range []*backlog{many, large} {
		if _, ok := b.add(textFrame([]byte(`{}`)), time.Time{}); ok {
			t.Error("takes more than its limit")
		}
		b.acknowledge(1)
		b.fill(t, `{}`)
	}
}
