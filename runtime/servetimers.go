package wps

import (
	"context"
	"fmt"
	"strings"
)

// timersMode says whether a process runs timers.
type timersMode int

const (
	timersUnsaid timersMode = iota // nobody said; they do not run
	timersOff
	timersOn
)

// timers reads WPS_TIMERS.
func (s settings) timers() (timersMode, error) {
	switch text := s.get(settingTimers); strings.ToLower(text) {
	case "":
		return timersUnsaid, nil
	case "1", "true", "on":
		return timersOn, nil
	case "0", "false", "off":
		return timersOff, nil
	default:
		return timersUnsaid, fmt.Errorf("setting %s: %q is none of 1, true, on, 0, false and off", settingTimers, text)
	}
}

// describe says what becomes of so many timers, for the log.
func (m timersMode) describe(count int) string {
	switch {
	case count == 0:
		return "none"
	case m == timersOn:
		return "run here"
	}
	return "do not run here"
}

// startTimers runs the app's timers until ctx ends, if this process is told to. The channel is closed
// when no run is under way any more.
func (s *server) startTimers(ctx context.Context) <-chan struct{} {
	done := make(chan struct{})
	if s.timers != timersOn {
		if s.timers == timersUnsaid && len(s.app.timers) > 0 {
			s.app.config.logger.Warn("timer functions do not run, since nobody said where they are to: set "+settingTimers+
				" to 1 in one process of the app, and to 0 in the others", "functions", s.app.timerNames())
		}
		close(done)
		return done
	}
	go func() {
		defer close(done)
		if err := s.app.RunTimers(ctx); err != nil {
			s.app.config.logger.Error("timers", "error", err)
		}
	}()
	return done
}

func (a *App) timerNames() []string {
	var names []string
	for _, f := range a.timers {
		names = append(names, f.Name)
	}
	return names
}
