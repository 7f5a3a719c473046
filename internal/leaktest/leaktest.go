// Package leaktest fails tests that leave goroutines behind.
//
// There are libraries for it. But what the tests of runtime and emulator import is written into go.sum of
// every module that uses these packages, and this is little.
package leaktest

import (
	"bytes"
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"
)

// patience is how long goroutines have to end after the tests. One that has told that it ends may still be seen.
const patience = 2 * time.Second

// Snapshot is the goroutines of one moment.
type Snapshot map[string]bool

// Take returns the goroutines of now.
func Take() Snapshot {
	s := make(Snapshot)
	for _, stack := range stacks() {
		s[name(stack)] = true
	}
	return s
}

// Check fails t when goroutines started since s go on.
func (s Snapshot) Check(t testing.TB) {
	t.Helper()
	if left := s.left(patience); left != "" {
		t.Errorf("goroutines are left behind:\n%s", left)
	}
}

// Main runs a package's tests and ends the process with their status, or with 1 when goroutines go on after
// tests that passed.
func Main(m interface{ Run() int }) {
	before := Take()
	status := m.Run()
	if status == 0 {
		if left := before.left(patience); left != "" {
			fmt.Fprintf(os.Stderr, "goroutines are left behind:\n%s\n", left)
			status = 1
		}
	}
	os.Exit(status)
}

// left returns the stacks of the goroutines that are not in s and do not end in time.
func (s Snapshot) left(limit time.Duration) string {
	deadline := time.Now().Add(limit)
	for {
		var left []string
		for _, stack := range stacks() {
			if !s[name(stack)] && !idle(stack) {
				left = append(left, stack)
			}
		}
		if len(left) == 0 || time.Now().After(deadline) {
			return strings.Join(left, "\n\n")
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// idle reports whether a goroutine is one of the standard library's that never ends: os/signal has one since the
// first call of Notify.
func idle(stack string) bool { return strings.Contains(stack, "\nos/signal.loop(") }

// stacks returns the stacks of all goroutines but the caller's.
func stacks() []string {
	buf := make([]byte, 1<<16)
	for {
		n := runtime.Stack(buf, true)
		if n < len(buf) {
			buf = buf[:n]
			break
		}
		buf = make([]byte, 2*len(buf))
	}
	return strings.Split(string(bytes.TrimSpace(buf)), "\n\n")[1:]
}

// name is "goroutine 7", which no other goroutine of the process ever has.
func name(stack string) string {
	name, _, _ := strings.Cut(stack, " [")
	return name
}
