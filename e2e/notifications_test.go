package e2e_test

import (
	"testing"

	"github.com/wpsgen/wpsgen/e2e/hosted"
)

// TestNotificationsInBrowser: a timer's readings arrive, and the chart moves. Whether the host streams
// requests or sends them on is nothing to a timer.
func TestNotificationsInBrowser(t *testing.T) {
	t.Parallel()
	watch(t, "../examples/notifications", "browser/notifications.mjs", hosted.Trigger, hosted.Proxying)
}
