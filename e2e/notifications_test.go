package e2e_test

import "testing"

// TestNotificationsInBrowser: a timer's readings arrive, and the chart moves.
func TestNotificationsInBrowser(t *testing.T) {
	watch(t, startDev, "../examples/notifications", "browser/notifications.mjs")
}
