package e2e_test

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
)

// needTools skips the test, or fails it where the suites are required, when something is missing. It skips,
// too, where another run is for the suites.
func needTools(t *testing.T, suite string, missing ...string) {
	t.Helper()
	if os.Getenv("WPSGEN_E2E") == "elsewhere" {
		t.Skipf("the %s suite is for another run (WPSGEN_E2E=elsewhere)", suite)
	}
	if len(missing) == 0 {
		return
	}
	text := fmt.Sprintf("the %s suite needs %s", suite, strings.Join(missing, ", "))
	if os.Getenv("WPSGEN_E2E") == "required" {
		t.Fatal(text)
	}
	t.Skip(text)
}

// missingNode names what of Node and the packages of package.json is not there.
func missingNode() (missing []string) {
	if _, err := exec.LookPath("node"); err != nil {
		missing = append(missing, "node")
	}
	for _, name := range []string{"playwright-core", "@azure/web-pubsub-client"} {
		if _, err := os.Stat("node_modules/" + name); err != nil {
			return append(missing, "e2e/node_modules (npm ci --prefix e2e)")
		}
	}
	return missing
}

// missingBrowser names what is not there of all that a browser needs.
func missingBrowser(chromium string) []string {
	missing := missingNode()
	if runtime.GOOS == "windows" {
		missing = append(missing, "a system where a program can send Ctrl-C to another")
	}
	if _, err := os.Stat(chromium); err != nil {
		missing = append(missing, fmt.Sprintf("chromium (%s; WPS_CHROMIUM names another)", chromium))
	}
	return missing
}
