// Package e2e_test runs wpsgen as its users do: wpsgen dev with the examples, the same behind a stand-in of
// the Functions host, and people who use their pages in a browser. It needs Node, Chromium and what
// npm ci --prefix e2e installs; without them it skips, or fails when WPSGEN_E2E=required.
package e2e_test

import (
	"cmp"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/wpsgen/wpsgen/e2e/hosted"
)

// TestChatInBrowser: people talk, in spite of all that gets in their way.
func TestChatInBrowser(t *testing.T) {
	t.Parallel() // to other browser suites; the processor is enough for one of this
	watch(t, "../examples/chat", "browser/chat.mjs", hosted.Forms...)
}

// watch has people use an app's page with wpsgen dev, and then behind the host in several forms.
func watch(t *testing.T, app, script string, forms ...hosted.Form) {
	t.Run("dev", func(t *testing.T) { watchServer(t, startDev, app, script) })
	for _, form := range forms {
		t.Run(string(form), func(t *testing.T) { watchServer(t, behindHost(form), app, script) })
	}
}

// watchServer runs an app's server, and a script that uses its page until the server ends and a little longer.
func watchServer(t *testing.T, startServer func(t *testing.T, app string) *server, app, script string) {
	t.Helper()
	chromium := cmp.Or(os.Getenv("WPS_CHROMIUM"), "/usr/bin/chromium")
	needTools(t, "browser", missingBrowser(chromium)...)
	pictures := os.Getenv("WPSGEN_E2E_SCREENSHOTS")
	if pictures == "" {
		pictures = t.TempDir()
	}
	pictures, err := filepath.Abs(pictures)
	if err != nil {
		t.Fatal(err)
	}

	server := startServer(t, app)
	profile := t.TempDir() // for all that the browser keeps
	cmd := exec.Command("node", script)
	cmd.Env = append(os.Environ(),
		"WPSGEN_PAGE="+server.page, fmt.Sprintf("WPSGEN_DEV_PID=%d", server.cmd.Process.Pid), "WPSGEN_SCREENSHOTS="+pictures, "WPS_CHROMIUM="+chromium,
		"HOME="+profile, "TMPDIR="+profile)
	people := start(t, script, cmd)

	people.await(t, `(?m)^ready for the server to end$`, 3*time.Minute)
	server.interrupt(t)
	people.awaitEnd(t, time.Minute)
	t.Logf("seen in the browser:\n%s", people.output)
}
