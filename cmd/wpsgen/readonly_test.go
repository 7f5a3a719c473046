//go:build unix

package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// nobody is the user that owns nothing.
const nobody = 65534

// newShutApp writes files, of which those in the folder shut cannot be written, nor that folder.
func newShutApp(t *testing.T, files map[string]string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for name, content := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	handOver(t, dir)
	if err := os.Chmod(filepath.Join(dir, "shut"), 0o555); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Chmod(filepath.Join(dir, "shut"), 0o755) })
	return dir
}

// TestReadOnlyFolder generates into a folder that may not be written, beside one that may.
func TestReadOnlyFolder(t *testing.T) {
	dir := newShutApp(t, map[string]string{
		"go.mod":        "module example.com/app\n\ngo 1.26\n",
		"open/open.go":  "package open\n\n//wps:http\nfunc Open() {}\n",
		"shut/shut.go":  "package shut\n\n//wps:http\nfunc Shut() {}\n",
		"shut/mine.txt": "mine\n",
	})
	status, _, errOut := runUnprivileged(t, dir, "generate")
	if status != exitTrouble {
		t.Errorf("status %d, want %d", status, exitTrouble)
	}
	if !strings.Contains(errOut, filepath.Join("shut", "wps_gen.go")) || !strings.Contains(errOut, "permission denied") {
		t.Errorf("the message does not name the file and the reason:\n%s", errOut)
	}
	if _, err := os.Stat(filepath.Join(dir, "open", "wps_gen.go")); err != nil {
		t.Errorf("what can be written was not: %v", err)
	}
	left, err := os.ReadDir(filepath.Join(dir, "shut"))
	if err != nil || len(left) != 2 {
		t.Errorf("the folder has %v %v, want what it had", left, err)
	}
}

// TestReadOnlyFix mends a file that may not be written, beside one that may.
func TestReadOnlyFix(t *testing.T) {
	const wrong = "\n\n// wps:http\nfunc F() {}\n"
	dir := newShutApp(t, map[string]string{
		"go.mod":         "module example.com/app\n\ngo 1.26\n",
		"open/host.json": "{}",
		"open/open.go":   "package open" + wrong,
		"shut/host.json": "{}",
		"shut/shut.go":   "package shut" + wrong,
	})
	status, _, errOut := runUnprivileged(t, dir, "check", "--fix")
	if status != exitTrouble {
		t.Errorf("status %d, want %d", status, exitTrouble)
	}
	if !strings.Contains(errOut, filepath.Join("shut", "shut.go")) || !strings.Contains(errOut, "permission denied") {
		t.Errorf("the message does not name the file and the reason:\n%s", errOut)
	}
	for name, want := range map[string]string{"open/open.go": "\n//wps:http\n", "shut/shut.go": "\n// wps:http\n"} {
		if src, err := os.ReadFile(filepath.Join(dir, name)); err != nil || !strings.Contains(string(src), want) {
			t.Errorf("%s lacks %q: %v\n%s", name, want, err, src)
		}
	}
	left, err := os.ReadDir(filepath.Join(dir, "shut"))
	if err != nil || len(left) != 2 {
		t.Errorf("the folder has %v %v, want what it had", left, err)
	}
}

// handOver gives a folder, and the way to it, to the user the command runs as.
func handOver(t *testing.T, dir string) {
	t.Helper()
	if os.Getuid() != 0 {
		return
	}
	if err := os.Chmod(filepath.Dir(dir), 0o755); err != nil {
		t.Fatal(err)
	}
	err := filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Chown(path, nobody, nobody)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// withoutTelemetry makes a home in which the go command leaves no process behind, which would go on writing
// there while the test removes it.
func withoutTelemetry(t *testing.T, home string) {
	t.Helper()
	dir := filepath.Join(home, ".config", "go", "telemetry")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "mode"), []byte("off"), 0o644); err != nil {
		t.Fatal(err)
	}
}

// runUnprivileged runs wpsgen as a user that file modes apply to, which they do not to root.
func runUnprivileged(t *testing.T, dir string, args ...string) (status int, out, errOut string) {
	t.Helper()
	self, err := os.ReadFile("/proc/self/exe")
	if err != nil {
		t.Skipf("this system does not show a process its own program: %v", err)
	}
	bin := t.TempDir()
	program, cache := filepath.Join(bin, "wpsgen"), filepath.Join(bin, "cache")
	if err := os.WriteFile(program, self, 0o755); err != nil {
		t.Fatal(err)
	}
	withoutTelemetry(t, cache)
	handOver(t, bin)
	cmd := exec.Command(program, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "HOME="+cache, "XDG_CONFIG_HOME=", "GOCACHE="+cache, "GOMODCACHE="+filepath.Join(cache, "mod"), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOTOOLCHAIN=local")
	if os.Getuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	}
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil && cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), stdout.String(), stderr.String()
}
