package resilience_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/wpsgen/wpsgen/e2e/resilience"
)

const (
	guests = 8
	rounds = 3
	// slack is how long before a tick its process must be up at the latest.
	slack = 300 * time.Millisecond
)

// TestRollingRestart restarts two replicas, one after the other, under load. No event may fail or be
// carried out twice, and each tick of the timer, which runs in one of them and restarts just behind a
// tick, comes once. The service may have to send an event again: one whose connection was established
// but not yet accepted when the replica stopped to listen is lost before it has begun.
func TestRollingRestart(t *testing.T) {
	s := newService(t, true)
	audience := s.watch(t)
	b := newBalancer(t)
	withTimers, without := s.start(t, "WPS_TIMERS=1"), s.start(t, "WPS_TIMERS=0")
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
	again := 0
	processes := make(map[string]bool)
	for event, o := range s.outcomes {
		if !o.acked || len(effects[event]) != 1 {
			t.Errorf("event %s: acknowledged %v after %d attempts (status %d, %v), done by %q", event, o.acked, o.attempts, o.status, o.err, effects[event])
			continue
		}
		if o.attempts > 1 {
			again++
		}
		process, _, _ := strings.Cut(effects[event][0], "/")
		processes[process] = true
	}
	t.Logf("%d events, of which %d were sent again; ticks %d", len(s.outcomes), again, c.ticks)
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

// load lets guests talk until it is stopped.
func (s *service) load(t *testing.T) (stop func()) {
	t.Helper()
	done := make(chan struct{})
	var group sync.WaitGroup
	for i := range guests {
		c := s.connect(t, fmt.Sprint("guest", i))
		group.Go(func() {
			for n := 1; ; n++ {
				select {
				case <-done:
					return
				default:
				}
				_, err := c.say(t.Context(), n, fmt.Sprintf("%d-%d", i, n))
				if t.Context().Err() != nil {
					return // the test has failed already
				}
				if err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	stop = sync.OnceFunc(func() {
		close(done)
		group.Wait()
	})
	t.Cleanup(stop)
	return stop
}

// clock is the ticks there were, and those that may be missing.
type clock struct {
	ticks   []int64
	excused map[int64]bool
}

// await waits for the next tick that has not come yet.
func (c *clock) await(t *testing.T, a *audience) {
	t.Helper()
	for len(a.ticks) > 0 {
		c.note(t, <-a.ticks)
	}
	select {
	case tick := <-a.ticks:
		c.note(t, tick)
	case err := <-a.done:
		t.Fatalf("the audience has gone: %v", err)
	case <-time.After(patience):
		t.Fatal("there are no ticks")
	}
}

func (c *clock) note(t *testing.T, text string) {
	t.Helper()
	tick, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	c.ticks = append(c.ticks, tick)
}

// excuse lets the ticks be missing for which a process that has just come up was too late.
func (c *clock) excuse(up time.Time) {
	last := c.ticks[len(c.ticks)-1]
	for tick := last + resilience.Tick; !up.Add(slack).Before(time.Unix(tick, 0)); tick += resilience.Tick {
		c.excused[tick] = true
	}
}

// judge expects every tick from the first to the last once.
func (c *clock) judge(t *testing.T) {
	t.Helper()
	first, last := c.ticks[0], c.ticks[len(c.ticks)-1]
	if (last-first)/resilience.Tick < rounds || len(c.excused) >= rounds {
		t.Errorf("ticks %d, too late for %v: too little was tried", c.ticks, c.excused)
	}
	for want := first; want <= last; want += resilience.Tick {
		n := 0
		for _, tick := range c.ticks {
			if tick == want {
				n++
			}
		}
		if n != 1 && !(n == 0 && c.excused[want]) {
			t.Errorf("tick %d came %d times; all ticks: %d", want, n, c.ticks)
		}
	}
	if !slices.IsSorted(c.ticks) {
		t.Errorf("ticks %d are not in order", c.ticks)
	}
}
