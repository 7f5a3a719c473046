package wps

import (
	"fmt"
	"sync/atomic"
	"time"

	"github.com/wpsgen/wpsgen/internal/schedule"
)

// boundTimer is a timer with its schedule read.
type boundTimer struct {
	TimerTrigger
	schedule *schedule.Schedule
	busy     atomic.Bool // a run is under way
}

func (c *config) bindTimer(b *boundFunction, t TimerTrigger) error {
	text, err := c.settings.resolve(t.Schedule)
	if err != nil {
		return fmt.Errorf("timerTrigger: schedule: %w", wayOut(err))
	}
	s, err := schedule.Parse(text)
	if err != nil {
		return fmt.Errorf("timerTrigger: %w", err)
	}
	if s.Never() {
		return fmt.Errorf("timerTrigger: schedule %q never comes: none of its months has such a day", text)
	}
	b.timer = &boundTimer{TimerTrigger: t, schedule: s}
	return nil
}

// monitored reports whether the timer's runs are remembered: if wanted, and not when they follow each
// other in less than a minute (host-spec 1.6).
func (t *boundTimer) monitored(now time.Time) bool {
	first := t.schedule.Next(now)
	return t.UseMonitor && t.schedule.Next(first).Sub(first) >= time.Minute
}

// timeZone is where schedules apply; UTC by default, as on the host.
func (s settings) timeZone() (*time.Location, error) {
	name := s.get(settingTimeZone)
	if name == "" {
		return time.UTC, nil
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil, fmt.Errorf("setting %s: %w; name a zone such as Europe/Berlin, and where the system has no zones, import time/tzdata into the program", settingTimeZone, err)
	}
	return zone, nil
}
