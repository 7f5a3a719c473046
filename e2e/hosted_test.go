package e2e_test

import (
	"os"
	"os/exec"
	"testing"

	"github.com/wpsgen/wpsgen/e2e/hosted"
)

// TestMain makes this binary the server of an app behind the host, when it is told to be one.
func TestMain(m *testing.M) {
	if os.Getenv(hosted.AppVariable) != "" {
		os.Exit(hosted.Main())
	}
	os.Exit(m.Run())
}

// behindHost starts the server that has an app behind a stand-in of the Functions host.
func behindHost(form hosted.Form) func(t *testing.T, app string) *server {
	return func(t *testing.T, app string) *server {
		t.Helper()
		program, err := os.Executable()
		if err != nil {
			t.Fatal(err)
		}
		return startServer(t, "the host", exec.Command(program), hosted.AppVariable+"="+app, hosted.FormVariable+"="+string(form))
	}
}
