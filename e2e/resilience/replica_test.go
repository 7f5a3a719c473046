package resilience_test

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

const (
	// pause is how long a message takes a replica.
	pause = 20 * time.Millisecond
	// patience bounds what takes no time unless it never happens.
	patience = time.Minute
)

// replica is the app in a process of its own.
type replica struct {
	address  string
	settings []string
	cmd      *exec.Cmd
	begun    atomic.Int64 // calls
	exited   chan struct{}
	err      error           // how it ended; set when exited is closed, like
	log      strings.Builder // all it has logged
}

// start starts a replica and waits until it serves.
func (s *service) start(t *testing.T, settings ...string) *replica {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no SIGTERM")
	}
	r := &replica{settings: settings, cmd: exec.Command(os.Args[0]), exited: make(chan struct{})}
	r.cmd.Env = append([]string{envPause + "=" + pause.String(), "WPS_ADDR=127.0.0.1:0",
		"WebPubSubConnectionString=" + s.ConnectionString(),
		"GORACE=atexit_sleep_ms=0"}, settings...) // the race detector's second at the end looks like draining
	stderr, err := r.cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := r.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	address := make(chan string, 1)
	go func() {
		defer close(r.exited)
		r.follow(stderr, address)
		r.err = r.cmd.Wait()
	}()
	t.Cleanup(func() {
		r.cmd.Process.Kill() // it may be gone already
		<-r.exited
		if t.Failed() {
			t.Logf("process %d: %v\n%s", r.cmd.Process.Pid, r.err, &r.log)
		}
	})
	select {
	case r.address = <-address:
	case <-r.exited:
		t.Fatalf("the replica ended before it served: %v", r.err)
	case <-time.After(patience):
		t.Fatal("the replica does not serve")
	}
	return r
}

// follow reads the log, in which the address stands, and counts calls.
func (r *replica) follow(stderr io.Reader, address chan<- string) {
	for lines := bufio.NewScanner(stderr); lines.Scan(); {
		if lines.Text() == begun {
			r.begun.Add(1)
			continue
		}
		r.log.WriteString(lines.Text() + "\n")
		if _, rest, found := strings.Cut(lines.Text(), " address="); found {
			serving, _, _ := strings.Cut(rest, " ")
			address <- serving
		}
	}
}

// terminate sends SIGTERM and waits for the orderly end.
func (r *replica) terminate(t *testing.T) {
	t.Helper()
	if err := r.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	r.wait(t)
	if r.err != nil {
		t.Errorf("process %d after SIGTERM: %v, want status 0", r.cmd.Process.Pid, r.err)
	}
}

// kill ends the replica in the middle of what it does.
func (r *replica) kill(t *testing.T) {
	t.Helper()
	if err := r.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	r.wait(t)
}

func (r *replica) wait(t *testing.T) {
	t.Helper()
	select {
	case <-r.exited:
	case <-time.After(patience):
		t.Fatalf("process %d does not end", r.cmd.Process.Pid)
	}
}
