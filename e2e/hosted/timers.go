package hosted

import (
	"context"
	"fmt"
	"time"

	"github.com/wpsgen/wpsgen/internal/schedule"
)

// RunTimers has the host run the app's timers by their schedules until Close. A run that fails is in the
// host's log.
func (s *Server) RunTimers() error {
	var ctx context.Context
	ctx, s.stopTimers = context.WithCancel(context.Background())
	for _, fn := range s.App.model.Functions() {
		trigger := fn.Trigger()
		if trigger == nil || trigger.Type != "timerTrigger" {
			continue
		}
		times, err := schedule.Parse(trigger.Value("schedule"))
		if err != nil {
			return fmt.Errorf("function %s: %w", fn.Name, err)
		}
		s.timers.Go(func() { s.runTimer(ctx, fn.Name, times) })
	}
	return nil
}

func (s *Server) runTimer(ctx context.Context, name string, times *schedule.Schedule) {
	for {
		select {
		case <-time.After(time.Until(times.Next(time.Now()))):
		case <-ctx.Done():
			return
		}
		if _, err := s.Host.RunTimer(ctx, name); err != nil {
			return // it ends
		}
	}
}
