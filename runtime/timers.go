package wps

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"
)

const (
	// pastDueAfter is how late a run may begin that is not past due.
	pastDueAfter = time.Second
	// maxSleep bounds a wait for the next run: a clock that was set, or a machine that slept, is noticed
	// after this long.
	maxSleep = time.Minute
)

// RunTimers runs the app's timer functions on their schedules until ctx ends. Each function runs once at
// a time: a run that is due before the last one has ended begins when it has, and is told so. Schedules
// go by the time zone in WEBSITE_TIME_ZONE, UTC when not set.
//
// When ctx ends, RunTimers begins no more runs, lets those under way finish, for at most
// WPS_DRAIN_TIMEOUT (25 s when not set), and then cancels them. It returns nil when all have ended, and
// an error that names the functions when one has not a second after that, and when the timers of the
// app are running already. Without timer functions it returns at once.
//
// An app in several processes must call it in one of them only, or each timer runs in each.
func (a *App) RunTimers(ctx context.Context) error {
	drain, err := a.config.settings.drainTimeout()
	if err != nil || len(a.timers) == 0 {
		return err
	}
	if !a.ticking.CompareAndSwap(false, true) {
		return errors.New("the timers of this app are running already")
	}
	calls, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	done := make(chan struct{})
	var running sync.WaitGroup
	for _, f := range a.timers {
		running.Go(func() { a.runTimer(ctx, calls, f) })
	}
	go func() {
		running.Wait()
		a.ticking.Store(false)
		close(done)
	}()
	<-ctx.Done()
	if within(drain, done) {
		return nil
	}
	a.config.logger.Warn("timer functions are still running at the drain limit and are cancelled",
		"limit", drain.String(), "functions", a.busyTimers())
	cancel()
	if within(cancelGrace, done) {
		return nil
	}
	return fmt.Errorf("timer functions run on although they were cancelled: %s", strings.Join(a.busyTimers(), ", "))
}

// within waits for done, but no longer than limit, and reports whether it came.
func within(limit time.Duration, done <-chan struct{}) bool {
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case <-done:
		return true
	case <-timer.C:
		return false
	}
}

func (a *App) busyTimers() []string {
	var names []string
	for _, f := range a.timers {
		if f.timer.busy.Load() {
			names = append(names, f.Name)
		}
	}
	return names
}

// now is the time in the timers' zone. It has no monotonic part, since schedules go by the clock.
func (a *App) now() time.Time { return a.clock().In(a.zone).Round(0) }

// runTimer runs one function on its schedule until stop ends, with calls as the context of its runs.
func (a *App) runTimer(stop, calls context.Context, f *boundFunction) {
	t := f.timer
	begin := a.now()
	due, ended := t.schedule.Next(begin), begin
	a.config.logger.Info("timer set", "function", f.Name, "schedule", t.schedule.String(), "next", due)
	monitored := t.monitored(begin)
	var last time.Time
	tick := func(now time.Time, late bool) {
		info := &TimerInfo{Schedule: TimerSchedule{AdjustForDST: t.schedule.Interval() == 0}, IsPastDue: late}
		if monitored {
			info.ScheduleStatus = &ScheduleStatus{Last: last, LastUpdated: last, Next: due}
		}
		a.tick(calls, f, info)
		last, ended = now, a.now()
	}
	if t.RunOnStartup && stop.Err() == nil {
		tick(begin, false)
	}
	for !due.IsZero() && a.sleepUntil(stop, due) {
		now := a.now()
		late := due.Before(ended) || now.Sub(due) > pastDueAfter
		if late {
			a.config.logger.Warn("timer function runs late", "function", f.Name, "due", due, "late", now.Sub(due).String())
		}
		tick(now, late)
		if late {
			due = now // what was missed is not made up for
		}
		due = t.schedule.Next(due)
	}
}

// sleepUntil waits for a time and reports whether it came before ctx ended.
func (a *App) sleepUntil(ctx context.Context, due time.Time) bool {
	for {
		wait := due.Sub(a.now())
		if ctx.Err() != nil || wait <= 0 {
			return ctx.Err() == nil
		}
		if within(min(wait, maxSleep), ctx.Done()) {
			return false
		}
	}
}

// tick runs a timer function once.
func (a *App) tick(ctx context.Context, f *boundFunction, info *TimerInfo) {
	f.timer.busy.Store(true)
	defer f.timer.busy.Store(false)
	inv := &Invocation{ctx: ctx, function: f, timer: info, data: sysData(f.Name)}
	if err := f.run(inv); err != nil {
		a.logFailure(ctx, f, nil, err)
	}
}
