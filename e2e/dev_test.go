package e2e_test

import (
	"crypto/rand"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// stopLimit is how long a server may take to end after Ctrl-C.
const stopLimit = 5 * time.Second

// runMark is an environment variable that tells the processes of one test from all others.
const runMark = "WPSGEN_E2E_RUN"

// server is a program that serves an app beside the emulator, such as wpsgen dev.
type server struct {
	*process
	page     string // URL of the app's page
	emulator string // URL of the emulator
	mark     string
	temp     string // its folder for temporary files
}

// startDev builds wpsgen and runs wpsgen dev for an app until the page can be opened.
func startDev(t *testing.T, app string) *server {
	t.Helper()
	program := filepath.Join(t.TempDir(), "wpsgen")
	if out, err := exec.Command("go", "build", "-o", program, "../cmd/wpsgen").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return startServer(t, "wpsgen dev", exec.Command(program, "dev", "--addr", "127.0.0.1:0", "--emulator-addr", "127.0.0.1:0", app))
}

// startServer runs a server, with more environment variables NAME=value, until the page can be opened.
func startServer(t *testing.T, name string, cmd *exec.Cmd, env ...string) *server {
	t.Helper()
	s := &server{mark: runMark + "=" + rand.Text(), temp: t.TempDir()}
	cmd.Env = append(append(os.Environ(), env...), s.mark, "TMPDIR="+s.temp)
	s.process = start(t, name, cmd)
	s.page = s.await(t, `(?m)^ *page +(http://\S+)$`, 2*time.Minute)[1]
	s.emulator = s.await(t, `(?m)^ *emulator +(http://\S+)$`, 2*time.Minute)[1]
	return s
}

// interrupt presses Ctrl-C and checks that nothing is left.
func (s *server) interrupt(t *testing.T) {
	t.Helper()
	// Two addresses, two processes (where they can be found) and a folder: what the check below looks for.
	if n := len(s.remains(t)); n < 5 && runtime.GOOS == "linux" {
		t.Fatalf("%s is at work, and yet only %d things of it are found: %q", s.name, n, s.remains(t))
	}
	begin := time.Now()
	if err := s.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	s.awaitEnd(t, stopLimit)
	t.Logf("%s ended %v after Ctrl-C", s.name, time.Since(begin).Round(time.Millisecond))
	for _, thing := range s.remains(t) {
		t.Errorf("%s left behind: %s", s.name, thing)
	}
}

// remains lists the addresses that answer, the processes that run and the temporary files of a server.
func (s *server) remains(t *testing.T) []string {
	t.Helper()
	var things []string
	for _, address := range []string{s.page, s.emulator} {
		if answers(address) {
			things = append(things, address)
		}
	}
	for _, command := range processesWith(s.mark) {
		things = append(things, "process "+command)
	}
	files, err := os.ReadDir(s.temp)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		things = append(things, "file "+f.Name())
	}
	return things
}

func answers(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	conn, err := net.DialTimeout("tcp", u.Host, time.Second)
	if err != nil {
		return false
	}
	conn.Close()
	return true
}

// processesWith returns the command lines of the running processes that have a variable in their
// environment. Only Linux tells.
func processesWith(variable string) []string {
	if runtime.GOOS != "linux" {
		return nil
	}
	environments, err := filepath.Glob("/proc/[0-9]*/environ")
	if err != nil {
		return nil
	}
	var found []string
	for _, path := range environments {
		environment, err := os.ReadFile(path)
		if err != nil || !strings.Contains(string(environment), variable) {
			continue // another user's, or gone meanwhile
		}
		command, err := os.ReadFile(filepath.Join(filepath.Dir(path), "cmdline"))
		if err == nil {
			found = append(found, strings.ReplaceAll(string(command), "\x00", " "))
		}
	}
	return found
}
