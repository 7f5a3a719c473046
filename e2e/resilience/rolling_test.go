package resilience_test

import (
	"strings"
	"testing"
	"time"
)

const (
	rounds = 3
	// slack is how long before a tick its process must be up at the latest.
	slack = 300 * time.Millisecond
	// stopDelay is many of the balancer's looks at /readyz.
	stopDelay = "WPS_SHUTDOWN_DELAY=400ms"
)

// TestRollingRestart restarts two replicas, one after the other, under load. No event may fail or be
// carried out twice, and each tick of the timer, which runs in one of them and restarts just behind a
// tick, comes once. The service sends nothing again: a replica that ends goes on serving until the balancer,
// which keeps connections, has noticed.
func TestRollingRestart(t *testing.T) {
	s := newService(t, false)
	audience := s.watch(t)
	b := newBalancer(t)
	withTimers, without := s.start(t, stopDelay, "WPS_TIMERS=1"), s.start(t, stopDelay, "WPS_TIMERS=0")
	b.add(t, withTimers.address)
	b.add(t, without.address)
	s.sendTo(t, b.address)
	stop := s.load(t)

	c := &clock{excused: make(map[int64]bool)}
	for range rounds {
		c.await(t, audience)
		withTimers = s.restart(t, b, withTimers)
		c.excuse(time.Now())
		without = s.restart(t, b, without)
	}
	c.await(t, audience)
	stop()
	withTimers.terminate(t)
	without.terminate(t)
	effects := audience.finish(t)
	close(audience.ticks)
	for tick := range audience.ticks {
		c.note(t, tick)
	}

	c.judge(t)
	processes := make(map[string]bool)
	for event, o := range s.outcomes {
		if !o.acked || len(effects[event]) != 1 {
			t.Errorf("event %s: acknowledged %v after %d attempts (status %d, %v), done by %q", event, o.acked, o.attempts, o.status, o.err, effects[event])
			continue
		}
		process, _, _ := strings.Cut(effects[event][0], "/")
		processes[process] = true
	}
	t.Logf("%d events, ticks %d", len(s.outcomes), c.ticks)
	if len(b.lost) > 0 {
		t.Errorf("requests without an answer: %v", b.lost)
	}
	if want := 2 + 2*rounds; len(processes) != want {
		t.Errorf("events came to %d processes, want all %d", len(processes), want)
	}
}

// restart ends a replica and starts another in its place.
func (s *service) restart(t *testing.T, b *balancer, r *replica) *replica {
	t.Helper()
	r.terminate(t)
	b.remove(r.address)
	next := s.start(t, r.settings...)
	b.add(t, next.address)
	return next
}
