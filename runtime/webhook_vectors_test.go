package wps_test

import (
	"encoding/json"
	"testing"

	"github.com/wpsgen/wpsgen/e2e/observe"
	"github.com/wpsgen/wpsgen/internal/vectors"
)

// TestRequestVectors sends the service's requests to the webhook.
func TestRequestVectors(t *testing.T) {
	for _, v := range observe.Requests(t) {
		t.Run(v.ID, func(t *testing.T) {
			var called []int
			var seen json.RawMessage
			app := appOf(t, v.Functions(func(listener int, event json.RawMessage) {
				called, seen = append(called, listener), event
			}), v.Options()...)
			checks := exchange(app, v.HTTP(t, "http://app.example")).Checks()
			checks["dispatched"] = func(t testing.TB, want json.RawMessage) {
				if n := len(called); (n == 1) != vectors.Decode[bool](t, want) || n > 1 {
					t.Errorf("%d functions were called, dispatched %s", n, want)
				}
			}
			checks["dispatchedListenerIndex"] = func(t testing.TB, want json.RawMessage) {
				if n := vectors.Decode[int](t, want); len(called) != 1 || called[0] != n {
					t.Errorf("listeners %v were called, want %d", called, n)
				}
			}
			checks["decoded"] = func(t testing.TB, want json.RawMessage) { observe.CheckEvent(t, seen, want) }
			v.Check(t, checks)
		})
	}
}
