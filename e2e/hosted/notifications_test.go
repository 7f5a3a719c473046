package hosted

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/wpsgen/wpsgen/internal/hosttest"
)

// TestNotifications: the host runs the timer by its schedule, and what it measures comes to everybody to
// the last digit, offset included.
func TestNotifications(t *testing.T) {
	inForms(t, "../../examples/notifications", Upstreams, func(t *testing.T, app *App) {
		s := start(t, app, Options{Host: hosttest.Options{Settings: map[string]string{"TZ": "Asia/Kolkata"}}})
		first, second := connect(t, negotiate(t, s, "")), connect(t, negotiate(t, s, ""))
		if err := s.RunTimers(); err != nil {
			t.Fatal(err)
		}
		var readings []json.RawMessage
		for range 2 {
			f := first.expect(t)
			if same := second.expect(t); !bytes.Equal(f.Data, same.Data) {
				t.Errorf("one gets %s, the other %s", f.Data, same.Data)
			}
			readings = append(readings, f.Data)
		}
		var recent []json.RawMessage
		if err := json.Unmarshal(get(t, s.URL("recent")), &recent); err != nil || len(recent) < 2 {
			t.Fatalf("recent readings: %s, %v", recent, err)
		}
		for i, reading := range readings {
			if !bytes.Equal(reading, recent[i]) {
				t.Errorf("reading %s was sent as %s", recent[i], reading)
			}
		}
	})
}
