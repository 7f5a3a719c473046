package wps

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func timerFunction(name string, trigger TimerTrigger, call func(*Invocation) error, more ...Binding) Function {
	trigger.Name = "timer"
	return Function{Name: name, Source: "tick.go:3", Bindings: append([]Binding{trigger}, more...), Handler: handler(call)}
}

// ticks collects the runs of a timer, each as the time since the test began and what the function was told.
type ticks struct {
	begin time.Time
	list  []string
}

func (l *ticks) add(inv *Invocation) {
	info := inv.TimerInfo()
	text := time.Since(l.begin).String()
	if info.IsPastDue {
		text += " late"
	}
	if s := info.ScheduleStatus; s != nil {
		last := "none"
		if !s.Last.IsZero() {
			last = s.Last.Sub(l.begin).String()
		}
		text += fmt.Sprintf(" last=%s next=%s", last, s.Next.Sub(l.begin))
	}
	l.list = append(l.list, text)
}

func (l *ticks) String() string { return strings.Join(l.list, ", ") }

// TestTimers runs timers for a while of made-up time, which begins at midnight UTC on 1 January 2000.
func TestTimers(t *testing.T) {
	for _, c := range []struct {
		name    string
		trigger TimerTrigger
		takes   []time.Duration // of each run; the last one counts for all that follow
		length  time.Duration
		want    string
	}{
		{"NCRONTAB", TimerTrigger{Schedule: "*/20 * * * * *"}, nil, 61 * time.Second, "20s, 40s, 1m0s"},
		{"time span", TimerTrigger{Schedule: "00:00:07"}, nil, 22 * time.Second, "7s, 14s, 21s"},
		{"setting", TimerTrigger{Schedule: "%Tick%"}, nil, 5 * time.Second, "3s"},
		{"at start", TimerTrigger{Schedule: "00:00:07", RunOnStartup: true}, nil, 15 * time.Second, "0s, 7s, 14s"},
		{"monitored", TimerTrigger{Schedule: "0 */5 * * * *", UseMonitor: true}, nil, 11 * time.Minute,
			"5m0s last=none next=5m0s, 10m0s last=5m0s next=10m0s"},
		{"monitored at start", TimerTrigger{Schedule: "01:00:00", UseMonitor: true, RunOnStartup: true}, nil, 90 * time.Minute,
			"0s last=none next=1h0m0s, 1h0m0s last=0s next=1h0m0s"},
		{"too often to be monitored", TimerTrigger{Schedule: "*/30 * * * * *", UseMonitor: true}, nil, 40 * time.Second, "30s"},
		{"too short to be monitored", TimerTrigger{Schedule: "00:00:59", UseMonitor: true}, nil, time.Minute, "59s"},
		{"not drifting", TimerTrigger{Schedule: "00:00:10"}, []time.Duration{9 * time.Second}, 35 * time.Second, "10s, 20s, 30s"},
		{"exactly as long as the schedule", TimerTrigger{Schedule: "00:00:10"}, []time.Duration{10 * time.Second}, 35 * time.Second, "10s, 20s, 30s"},
		{"one run at a time, what is missed is left out", TimerTrigger{Schedule: "*/10 * * * * *"}, []time.Duration{25 * time.Second, 0}, 61 * time.Second,
			"10s, 35s late, 40s, 50s, 1m0s"},
		{"long at start", TimerTrigger{Schedule: "*/10 * * * * *", RunOnStartup: true}, []time.Duration{15 * time.Second, 0}, 25 * time.Second,
			"0s, 15s late, 20s"},
		{"a long wait", TimerTrigger{Schedule: "0 0 12 29 2 *"}, nil, 61 * 24 * time.Hour, "1428h0m0s"},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				seen := &ticks{begin: time.Now()}
				running := false
				app := mustNew(t, []Function{timerFunction("tick", c.trigger, func(inv *Invocation) error {
					if running {
						t.Error("two runs at a time")
					}
					running = true
					seen.add(inv)
					if n := len(c.takes); n > 0 {
						time.Sleep(c.takes[min(len(seen.list), n)-1])
					}
					running = false
					return nil
				})}, WithSettings(map[string]string{"Tick": "00:00:03"}))
				ctx, cancel := context.WithTimeout(t.Context(), c.length)
				defer cancel()
				if err := app.RunTimers(ctx); err != nil {
					t.Error(err)
				}
				if seen.String() != c.want {
					t.Errorf("ran at\n%s\nwant\n%s", seen, c.want)
				}
			})
		})
	}
}

// TestClockIsSet: the clock goes ahead by hours, as after sleep, or back, and timers go by it.
func TestClockIsSet(t *testing.T) {
	for _, c := range []struct {
		name string
		set  time.Duration // the clock, after ten minutes
		want string
	}{
		{"ahead", 3 * time.Hour, "11m0s late, 1h0m0s, 2h0m0s"},
		{"ahead by less than a second", 500 * time.Millisecond, "59m59.5s, 1h59m59.5s"},
		{"back", -30 * time.Minute, "1h30m0s"},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				seen := &ticks{begin: time.Now()}
				app := mustNew(t, []Function{timerFunction("tick", TimerTrigger{Schedule: "0 0 * * * *"}, func(inv *Invocation) error {
					seen.add(inv)
					return nil
				})})
				app.clock = func() time.Time {
					now := time.Now()
					if now.Sub(seen.begin) > 10*time.Minute {
						now = now.Add(c.set)
					}
					return now
				}
				ctx, cancel := context.WithTimeout(t.Context(), 130*time.Minute)
				defer cancel()
				if err := app.RunTimers(ctx); err != nil || seen.String() != c.want {
					t.Errorf("ran at %s, want %s; %v", seen, c.want, err)
				}
			})
		})
	}
}

func TestTimerZone(t *testing.T) {
	if _, err := time.LoadLocation("Europe/Berlin"); err != nil {
		t.Skip(err)
	}
	synctest.Test(t, func(t *testing.T) {
		seen := &ticks{begin: time.Now()}
		app := mustNew(t, []Function{timerFunction("tick", TimerTrigger{Schedule: "0 30 8 * * *"}, func(inv *Invocation) error {
			seen.add(inv)
			return nil
		})}, WithSettings(map[string]string{settingTimeZone: "Europe/Berlin"}))
		ctx, cancel := context.WithTimeout(t.Context(), 24*time.Hour)
		defer cancel()
		if err := app.RunTimers(ctx); err != nil || seen.String() != "7h30m0s" {
			t.Errorf("ran at %s, %v", seen, err)
		}
	})
}

// TestTimerFailures: whatever a run does, the next one comes.
func TestTimerFailures(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := &logBuffer{}
		runs := 0
		app := mustNew(t, []Function{timerFunction("tick", TimerTrigger{Schedule: "00:00:01"}, func(*Invocation) error {
			runs++
			switch runs {
			case 1:
				return errors.New("no luck")
			case 2:
				panic("oh dear")
			case 3:
				panic(http.ErrAbortHandler) // there is no answer to break off
			}
			return nil
		})}, logTo(log))
		ctx, cancel := context.WithTimeout(t.Context(), 5500*time.Millisecond)
		defer cancel()
		if err := app.RunTimers(ctx); err != nil || runs != 5 {
			t.Errorf("%d runs, %v", runs, err)
		}
		for _, part := range []string{"function=tick", "source=tick.go:3", "no luck", "oh dear", "timers_test.go"} {
			if !strings.Contains(log.String(), part) {
				t.Errorf("the log lacks %q:\n%s", part, log)
			}
		}
	})
}

// TestTimersSideBySide: a slow function holds up no other.
func TestTimersSideBySide(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		fast := 0
		app := mustNew(t, []Function{
			timerFunction("slow", TimerTrigger{Schedule: "00:00:01"}, func(inv *Invocation) error { time.Sleep(time.Hour); return nil }),
			timerFunction("fast", TimerTrigger{Schedule: "00:00:01"}, func(*Invocation) error { fast++; return nil }),
		}, WithSettings(map[string]string{settingDrainTimeout: "2h"}))
		ctx, cancel := context.WithTimeout(t.Context(), 10500*time.Millisecond)
		defer cancel()
		if err := app.RunTimers(ctx); err != nil || fast != 10 {
			t.Errorf("%d runs, %v", fast, err)
		}
	})
}

func TestTimersDrain(t *testing.T) {
	for _, c := range []struct {
		name      string
		takes     time.Duration // a run, when nobody cancels it
		stubborn  bool          // and whether it cares
		ends      time.Duration
		cancelled bool
		problem   string
	}{
		{"in time", 8 * time.Second, false, 9 * time.Second, false, ""},
		{"cancelled at the limit", time.Hour, false, 15 * time.Second, true, ""},
		{"cares about nothing", time.Hour, true, 16 * time.Second, true, "timer functions run on although they were cancelled: tick"},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				begin := time.Now()
				var cancelled atomic.Bool
				app := mustNew(t, []Function{timerFunction("tick", TimerTrigger{Schedule: "00:00:01"}, func(inv *Invocation) error {
					select {
					case <-inv.Context().Done():
						cancelled.Store(true)
						if c.stubborn {
							time.Sleep(c.takes)
						}
					case <-time.After(c.takes):
					}
					return nil
				})}, WithSettings(map[string]string{settingDrainTimeout: "10s"}))
				ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
				defer cancel()
				err := app.RunTimers(ctx)
				if took := time.Since(begin); took != c.ends {
					t.Errorf("ended after %v, want %v", took, c.ends)
				}
				if cancelled.Load() != c.cancelled {
					t.Errorf("cancelled: %t", cancelled.Load())
				}
				if c.problem == "" && err != nil || c.problem != "" && (err == nil || err.Error() != c.problem) {
					t.Errorf("error %v, want %q", err, c.problem)
				}
				time.Sleep(c.takes) // the stubborn one ends some time
			})
		})
	}
}

func TestRunTimersErrors(t *testing.T) {
	if err := mustNew(t, nil).RunTimers(t.Context()); err != nil {
		t.Errorf("without timers: %v", err)
	}
	synctest.Test(t, func(t *testing.T) {
		app := mustNew(t, []Function{timerFunction("tick", TimerTrigger{Schedule: "00:00:01"}, nothing)})
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- app.RunTimers(ctx) }()
		synctest.Wait()
		wantError(t, app.RunTimers(ctx), "are running already")
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
		if err := app.RunTimers(ctx); err != nil {
			t.Errorf("after the end: %v", err)
		}
	})
	app := mustNew(t, nil, WithSettings(map[string]string{settingDrainTimeout: "soon"}))
	wantError(t, app.RunTimers(t.Context()), `"soon" is not a duration`)
}

// TestTimerSends sends a timer's actions to the hub of its output.
func TestTimerSends(t *testing.T) {
	stub := newRESTStub(t)
	app := mustNew(t, []Function{timerFunction("tick", TimerTrigger{Schedule: "01:00:00", RunOnStartup: true}, func(inv *Invocation) error {
		inv.Actions("actions").Add(SendToAll{Data: Text("tick")})
		return nil
	}, WebPubSub{Name: "actions", Hub: "{sys.methodname}"})}, stub.settings(), stub.http())
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- app.RunTimers(ctx) }()
	waitFor(t, "the message", func() bool {
		return slices.Contains(stub.recorded(), `POST /api/hubs/tick/:send text/plain "tick"`)
	})
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestTimerProblems(t *testing.T) {
	timer := func(schedule string, more ...Binding) Function {
		return timerFunction("tick", TimerTrigger{Schedule: schedule}, nothing, more...)
	}
	for _, c := range []struct {
		function Function
		settings map[string]string
		want     string
	}{
		{timer("every day"), nil, `tick.go:3: function tick: timerTrigger: schedule "every day", position 7: it has 2 fields`},
		{timer(""), nil, "it is empty"},
		{timer("%Tick%"), nil, "timerTrigger: schedule: '%Tick%' does not resolve to a value. Set Tick in the app's settings"},
		{timer("%Tick%"), map[string]string{"Tick": "25:00"}, `schedule "25:00"`},
		{timer("0 0 0 31 2 *"), nil, "never comes"},
		{timer("00:01:00", HTTPTrigger{AuthLevel: "anonymous"}), nil, "has 2 triggers"},
		{timer("00:01:00", WebPubSub{Name: "actions", Hub: "chat"}), map[string]string{}, "webPubSub actions: connection: setting WebPubSubConnectionString is not set"},
		{timer("00:01:00", WebPubSub{Name: "actions", Hub: "{query.hub}"}), map[string]string{settingConnection: testConnection}, `hub: {query.hub}: a timerTrigger provides no "query", only sys`},
		{timer("00:01:00"), map[string]string{settingTimeZone: "Mars/Olympus"}, "setting WEBSITE_TIME_ZONE: unknown time zone Mars/Olympus; name a zone such as Europe/Berlin"},
	} {
		_, err := New([]Function{c.function}, WithSettings(c.settings), silent())
		wantError(t, err, c.want)
	}
}
