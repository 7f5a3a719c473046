package e2e_test

import (
	"testing"

	"github.com/wpsgen/wpsgen/e2e/hosted"
)

// TestNotificationsInBrowser: a timer's readings arrive, and the chart moves.
func TestNotificationsInBrowser(t *testing.T) {
	t.Parallel()
	watch(t, "../examples/notifications", "browser/notifications.mjs", hosted.Upstreams...)
}
