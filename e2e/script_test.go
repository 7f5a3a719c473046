package e2e_test

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// scriptLimit is how long a script may take for one thing.
const scriptLimit = time.Minute

// script is a Node program that prints what it sees, as one JSON line per step.
type script struct {
	*process
	in   io.Writer
	seen int // how many of its asks were done
}

// startScript runs a script of the folder clients with environment variables NAME=value.
func startScript(t *testing.T, name string, env ...string) *script {
	t.Helper()
	needTools(t, "client", missingNode()...)
	cmd := exec.Command("node", "clients/"+name)
	cmd.Env = append(os.Environ(), env...)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	return &script{process: start(t, name, cmd), in: in}
}

// serve does what the script asks for, so many times.
func (s *script) serve(t *testing.T, times int, what string, do func()) {
	t.Helper()
	for range times {
		s.seen++
		s.await(t, fmt.Sprintf(`(?s)(\{"ask":"%s"\}.*){%d}`, what, s.seen), scriptLimit)
		do()
		if _, err := io.WriteString(s.in, "done\n"); err != nil {
			t.Fatal(err)
		}
	}
}

// step is something a script has seen.
type step struct {
	Step string
	Seen json.RawMessage
}

// steps are all that the script has seen so far.
func (s *script) steps(t *testing.T) []step {
	t.Helper()
	var all []step
	for line := range strings.Lines(s.output.String()) {
		var one step
		if err := json.Unmarshal([]byte(line), &one); err == nil && one.Step != "" {
			all = append(all, one)
		}
	}
	return all
}

// wantSteps compares what the script has seen with lines of a step and its JSON.
func (s *script) wantSteps(t *testing.T, want [][2]string) {
	t.Helper()
	got := s.steps(t)
	for i, w := range want {
		if i >= len(got) {
			t.Fatalf("%s: nothing seen of %q and later", s.name, w[0])
		}
		if got[i].Step != w[0] || string(got[i].Seen) != w[1] {
			t.Errorf("%s: %q is %s, want %q to be %s", s.name, got[i].Step, got[i].Seen, w[0], w[1])
		}
	}
	if len(got) > len(want) {
		t.Errorf("%s: also seen: %+v", s.name, got[len(want):])
	}
}
