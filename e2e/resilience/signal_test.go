package resilience_test

import (
	"slices"
	"testing"
)

// enough is how many events are acknowledged before and after a process is ended.
const enough = 50

// TestTerminate ends the app with SIGTERM while calls are running: they are finished and acknowledged, so
// that exactly the acknowledged events have been carried out.
func TestTerminate(t *testing.T) {
	s := newService(t, false)
	audience := s.watch(t)
	r, _ := s.serveOne(t, envPause+"=200ms")
	stop := s.load(t)
	await(t, "running calls", func() bool { return s.acked() >= guests && int(r.begun.Load())-s.acked() >= guests/2 })
	r.terminate(t)
	stop()
	effects := audience.finish(t)

	if called := int(r.begun.Load()); called != s.acked() || called != len(effects) {
		t.Errorf("%d calls, %d acknowledged, %d done", called, s.acked(), len(effects))
	}
	for event, o := range s.outcomes {
		if n := len(effects[event]); n > 1 || o.acked != (n == 1) {
			t.Errorf("event %s: acknowledged %v (status %d, %v), done by %q", event, o.acked, o.status, o.err, effects[event])
		}
	}
}

// TestKill ends the app with SIGKILL under load and starts it again. The service sends again what was not
// answered, so every event is acknowledged in the end, and none is carried out more often than it was
// sent: an event that came once was done once.
func TestKill(t *testing.T) {
	s := newService(t, true)
	audience := s.watch(t)
	first, b := s.serveOne(t)
	stop := s.load(t)
	await(t, "events", func() bool { return s.acked() >= enough })
	first.kill(t)
	b.remove(first.address)
	before := s.acked()
	second := s.start(t)
	b.add(t, second.address)
	await(t, "events after the kill", func() bool { return s.acked() >= before+enough })
	stop()
	second.terminate(t)
	effects := audience.finish(t)

	again := 0
	for event, o := range s.outcomes {
		calls := effects[event]
		if !o.acked || len(calls) < 1 || len(calls) > o.attempts {
			t.Errorf("event %s: acknowledged %v after %d attempts (status %d, %v), done by %q", event, o.acked, o.attempts, o.status, o.err, calls)
		}
		for i, call := range calls {
			if slices.Contains(calls[:i], call) {
				t.Errorf("event %s: one call was done twice: %q", event, calls)
			}
		}
		if o.attempts > 1 {
			again++
		}
	}
	t.Logf("%d events, of which %d were sent again", len(s.outcomes), again)
	if again == 0 {
		t.Error("no event was under way when the process was killed")
	}
}

// serveOne starts one replica behind a balancer, so that its address can change.
func (s *service) serveOne(t *testing.T, settings ...string) (*replica, *balancer) {
	t.Helper()
	b := newBalancer(t)
	r := s.start(t, settings...)
	b.add(t, r.address)
	s.sendTo(t, b.address)
	return r, b
}
