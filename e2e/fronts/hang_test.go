package fronts_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/wpsgen/wpsgen/internal/hosttest"
)

// soon is how long a test waits for an answer that should not come, once the function has failed.
const soon = 20 * time.Millisecond

// contextUntilFailed ends a little after the host has given up on the next invocation: an answer would have
// come by then.
func contextUntilFailed(t *testing.T, app *running) (context.Context, context.CancelFunc) {
	t.Helper()
	before := app.host.Invocations()
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		_, _ = app.host.WaitInvocation(ctx, func(inv *hosttest.Invocation) bool { return !slices.Contains(before, inv) }) // or the test ends
		timer := time.NewTimer(soon)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-ctx.Done():
		}
		cancel()
	}()
	return ctx, cancel
}
