package resilience_test

import (
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/wpsgen/wpsgen/e2e/resilience"
)

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
