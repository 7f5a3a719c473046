package wps

import (
	"strings"
	"testing"
)

func TestTimersSetting(t *testing.T) {
	for text, want := range map[string]timersMode{
		"": timersUnsaid, "1": timersOn, "TRUE": timersOn, "on": timersOn, "0": timersOff, "false": timersOff, "Off": timersOff,
	} {
		if got, err := newSettings(map[string]string{"WPS_TIMERS": text}).timers(); err != nil || got != want {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
	wantError(t, Serve(t.Context(), nil, WithSettings(map[string]string{settingTimers: "maybe"}), silent()),
		`setting WPS_TIMERS: "maybe" is none of 1, true, on, 0, false and off`)
}

// TestServeTimers: timers run only where told, and a run under way is waited for.
func TestServeTimers(t *testing.T) {
	for _, c := range []struct {
		setting string
		runs    bool
		log     string
		warned  bool
	}{
		{"1", true, `timers="run here"`, false},
		{"0", false, `timers="do not run here"`, false},
		{"", false, `timers="do not run here"`, true},
	} {
		t.Run("WPS_TIMERS="+c.setting, func(t *testing.T) {
			entered, release := make(chan struct{}), make(chan struct{})
			s := start(t, []Function{timerFunction("tick", TimerTrigger{Schedule: "01:00:00", RunOnStartup: true}, func(inv *Invocation) error {
				close(entered)
				<-release
				return inv.Context().Err()
			})}, map[string]string{settingTimers: c.setting})
			waitFor(t, "the start", func() bool { return strings.Contains(s.log.String(), c.log) })
			if c.runs {
				<-entered
				s.cancel()
				waitFor(t, "draining", func() bool { return strings.Contains(s.log.String(), "draining") })
				select {
				case err := <-s.done:
					t.Fatalf("Serve returned %v while a timer function was running", err)
				default:
				}
			}
			close(release)
			s.cancel()
			if err := <-s.done; err != nil {
				t.Error(err)
			}
			select {
			case <-entered:
			default:
				if c.runs {
					t.Error("the timer did not run")
				}
			}
			if got := strings.Contains(s.log.String(), "set WPS_TIMERS to 1 in one process"); got != c.warned {
				t.Errorf("warned: %t\n%s", got, s.log)
			}
			if strings.Contains(s.log.String(), "function failed") {
				t.Errorf("the run was cancelled:\n%s", s.log)
			}
		})
	}
}
