package fronts_test

import (
	"context"
	"slices"
	"testing"
	"time"
)

// TestTimers runs a timer in this process and by the host: the function is told the same, and its action
// goes out.
func TestTimers(t *testing.T) {
	for _, f := range fronts {
		t.Run(f.name, func(t *testing.T) {
			app := f.start(t)
			app.runTimer(t)
			app.mu.Lock()
			info := app.timer
			app.mu.Unlock()
			if info == nil {
				t.Fatal("the timer did not run")
			}
			next := time.Date(time.Now().UTC().Year()+1, 1, 1, 0, 0, 0, 0, time.UTC)
			if s := info.ScheduleStatus; info.IsPastDue || s == nil || !s.Next.Equal(next) || !s.Last.IsZero() {
				t.Errorf("%+v, %+v, want the next run at %s", info, s, next)
			}
			if calls, want := app.service.taken(), []string{`POST /api/hubs/chat/:send  text/plain "tick"`}; !slices.Equal(calls, want) {
				t.Errorf("actions %q, want %q", calls, want)
			}
		})
	}
}

// runTimer runs the timer once: by the host or, as it is to run when timers start, here.
func (app *running) runTimer(t *testing.T) {
	t.Helper()
	if app.host != nil {
		inv, err := app.host.RunTimer(t.Context(), "tick")
		if err != nil || !inv.Success() {
			t.Fatalf("%v %+v", err, inv)
		}
		return
	}
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	ended := make(chan error, 1)
	go func() { ended <- app.app.RunTimers(ctx) }()
	app.service.wait(ctx)
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
