package e2e_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"sync"
	"testing"
	"time"
)

// process is a program under test, with all it printed.
type process struct {
	name   string
	cmd    *exec.Cmd
	output *transcript
	done   chan struct{}
	err    error // set when done is closed
}

// start runs a program. When the test ends, so does the program, and a failed test shows what it printed.
func start(t *testing.T, name string, cmd *exec.Cmd) *process {
	t.Helper()
	p := &process{name: name, cmd: cmd, output: newTranscript(), done: make(chan struct{})}
	cmd.Stdout, cmd.Stderr = p.output, p.output
	cmd.WaitDelay = time.Second // a descendant that outlives the program and holds its output is an error
	if err := cmd.Start(); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	go func() {
		p.err = cmd.Wait()
		close(p.done)
	}()
	t.Cleanup(func() {
		p.end()
		if t.Failed() {
			t.Logf("%s printed:\n%s", name, p.output)
		}
	})
	return p
}

// end stops the program, gently first so that it can stop what it started.
func (p *process) end() {
	_ = p.cmd.Process.Signal(os.Interrupt) // it may be gone already
	select {
	case <-p.done:
	case <-time.After(5 * time.Second):
		_ = p.cmd.Process.Kill()
		<-p.done
	}
}

// await waits until the program has printed something that matches, and returns the match's groups.
func (p *process) await(t *testing.T, pattern string, limit time.Duration) []string {
	t.Helper()
	match, err := p.output.await(regexp.MustCompile(pattern), p.done, limit)
	if err != nil {
		t.Fatalf("%s: %v", p.name, err)
	}
	return match
}

// awaitEnd waits until the program has ended by itself, with status 0.
func (p *process) awaitEnd(t *testing.T, limit time.Duration) {
	t.Helper()
	select {
	case <-p.done:
	case <-time.After(limit):
		t.Fatalf("%s has not ended within %v", p.name, limit)
	}
	if p.err != nil {
		t.Fatalf("%s: %v", p.name, p.err)
	}
}

// transcript collects output and tells when there is more of it.
type transcript struct {
	mu   sync.Mutex
	text bytes.Buffer
	grew chan struct{}
}

func newTranscript() *transcript { return &transcript{grew: make(chan struct{}, 1)} }

func (tr *transcript) Write(b []byte) (int, error) {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	select {
	case tr.grew <- struct{}{}:
	default:
	}
	return tr.text.Write(b)
}

func (tr *transcript) String() string {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	return tr.text.String()
}

func (tr *transcript) await(pattern *regexp.Regexp, done <-chan struct{}, limit time.Duration) ([]string, error) {
	timeout := time.After(limit)
	for {
		if match := pattern.FindStringSubmatch(tr.String()); match != nil {
			return match, nil
		}
		select {
		case <-tr.grew:
		case <-done:
			if match := pattern.FindStringSubmatch(tr.String()); match != nil {
				return match, nil
			}
			return nil, fmt.Errorf("ended without printing %q", pattern)
		case <-timeout:
			return nil, fmt.Errorf("has not printed %q within %v", pattern, limit)
		}
	}
}
