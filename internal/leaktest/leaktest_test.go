package leaktest

import (
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"testing"
	"time"
)

// envLeaks makes TestMain leave a goroutine behind.
const envLeaks = "WPSGEN_TEST_LEAKS"

type tests struct{ *testing.M }

func (t tests) Run() int {
	if os.Getenv(envLeaks) != "" {
		go leak(make(chan struct{}))
	}
	return t.M.Run()
}

func TestMain(m *testing.M) { Main(tests{m}) }

func leak(end chan struct{}) { <-end }

func TestLeft(t *testing.T) {
	end := make(chan struct{})
	before := Take()
	go leak(end)
	if left := before.left(0); strings.Count(left, "created by ") != 1 || !strings.Contains(left, "leaktest.TestLeft") {
		t.Errorf("got %q", left)
	}
	if left := Take().left(0); left != "" {
		t.Errorf("what was there before counts: %s", left)
	}
	time.AfterFunc(10*time.Millisecond, func() { close(end) })
	before.Check(t)
}

func TestSignalsAreNoLeak(t *testing.T) {
	before := Take()
	c := make(chan os.Signal, 1)
	signal.Notify(c, os.Interrupt)
	signal.Stop(c)
	before.Check(t)
}

func TestMainTells(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, "-test.run", "^TestLeft$")
	cmd.Env = append(os.Environ(), envLeaks+"=1")
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState.ExitCode() != 1 || !strings.Contains(string(out), "leaktest.tests.Run") {
		t.Errorf("%v\n%s", err, out)
	}
}
