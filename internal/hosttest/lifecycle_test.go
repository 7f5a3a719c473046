package hosttest

import (
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/internal/vectors"
)

func TestEnvironmentVectors(t *testing.T) {
	var file struct {
		Environment []struct{ Name, Value string }
	}
	vectors.Read(t, "host/lifecycle.json", &file)
	h := startHandler(t, "env")
	inv := invoke(t, h)
	environment := vectors.Decode[[]string](t, inv.ReturnValue)
	value := func(name string) string {
		for _, entry := range slices.Backward(environment) {
			if v, ok := strings.CutPrefix(entry, name+"="); ok {
				return v
			}
		}
		t.Errorf("%s is not set", name)
		return ""
	}
	for _, v := range file.Environment {
		got := value(v.Name)
		switch words := v.Value; {
		case strings.Contains(words, "port"):
			if got != value("FUNCTIONS_CUSTOMHANDLER_PORT") {
				t.Errorf("%s is %s", v.Name, got)
			}
			if _, err := strconv.ParseUint(got, 10, 16); err != nil {
				t.Errorf("%s: %v", v.Name, err)
			}
		case strings.Contains(words, "id"):
			if got == "" || got != value("FUNCTIONS_CUSTOMHANDLER_WORKER_ID") {
				t.Errorf("%s is %q", v.Name, got)
			}
		case strings.Contains(words, "script root"):
			if got != h.options.Dir {
				t.Errorf("%s is %s, want %s", v.Name, got, h.options.Dir)
			}
		default:
			t.Errorf("%s: %q is not understood", v.Name, words)
		}
	}
	if dir, err := filepath.EvalSymlinks(h.options.Dir); err != nil || inv.Logs[1] != dir {
		t.Errorf("the handler runs in %s, want %s (%v)", inv.Logs[1], dir, err)
	}
	if got := value("SomeSetting"); got != "some value" {
		t.Errorf("SomeSetting is %q", got)
	}
}

// exitVector is what an end of the process comes to.
type exitVector struct {
	ID, Host string
	Code     *int
}

func TestExitVectors(t *testing.T) {
	var file struct{ Exit []*exitVector }
	vectors.Read(t, "host/lifecycle.json", &file)
	for _, v := range file.Exit {
		t.Run(v.ID, func(t *testing.T) {
			switch words := v.Host; {
			case v.Code != nil && strings.Contains(words, "no restart"):
				v.checkNoRestart(t)
			case v.Code != nil && strings.Contains(words, "not counted"):
				v.checkRestarts(t, maxErrors+1)
			case strings.Contains(words, "the host stops"):
				v.checkStops(t)
			case strings.Contains(words, "SIGKILL"):
				checkKill(t)
			case strings.Contains(words, "killed and started again"):
				checkTimeout(t)
			case strings.Contains(words, "restart"):
				v.checkRestarts(t, 1)
			default:
				t.Fatalf("host %q is not understood", words)
			}
		})
	}
}

func (v *exitVector) start(t *testing.T) *Host {
	code := 1
	if v.Code != nil {
		code = *v.Code
	}
	return startHandler(t, "exit "+strconv.Itoa(code))
}

func (v *exitVector) checkNoRestart(t *testing.T) {
	h := v.start(t)
	for range 2 {
		if inv := invoke(t, h); inv.Success() {
			t.Error("the invocation succeeded")
		}
		if _, err := h.WaitLog(t.Context(), func(l LogLine) bool { return strings.Contains(l.Text, "exited with code 0") }); err != nil {
			t.Fatal(err)
		}
	}
	inv := invoke(t, h)
	if inv.Err == nil || !strings.Contains(inv.Err.Error(), "refused") {
		t.Errorf("got %v, want a refused connection", inv.Err)
	}
}

// checkRestarts ends the process some times and finds it running after each.
func (v *exitVector) checkRestarts(t *testing.T, times int) {
	h := v.start(t)
	for n := range times {
		waitRunning(t, h, n+1)
		invoke(t, h) // ends the process
	}
	waitRunning(t, h, times+1)
}

func (v *exitVector) checkStops(t *testing.T) {
	h := v.start(t)
	for n := range maxErrors {
		waitRunning(t, h, n+1)
		invoke(t, h)
	}
	if _, err := h.WaitLog(t.Context(), func(l LogLine) bool { return strings.Contains(l.Text, "the host stops") }); err != nil {
		t.Fatal(err)
	}
	if err := h.Ready(t.Context()); err == nil || !strings.Contains(err.Error(), "has stopped") {
		t.Errorf("got %v", err)
	}
	if !slices.ContainsFunc(h.Log(), func(l LogLine) bool { return l.Level == LevelError && strings.Contains(l.Text, "exited with code") }) {
		t.Error("no error was logged")
	}
}

// checkKill closes a host whose handler never answers: nothing is asked to end.
func checkKill(t *testing.T) {
	h := startHandler(t, "hang")
	done, err := h.begin(&call{function: h.app.functions[0], input: &triggerInput{value: "x", data: newBindingData()}})
	if err != nil {
		t.Fatal(err)
	}
	h.Close()
	if inv := <-done; inv.Success() {
		t.Error("the invocation succeeded")
	}
	if _, err := h.begin(&call{}); err != errClosed {
		t.Errorf("a closed host: %v", err)
	}
}

func checkTimeout(t *testing.T) {
	h := startHandler(t, "hang", `, "functionTimeout": "00:00:00.2"`)
	waitStarts(t, h, 1)
	inv := invoke(t, h)
	if inv.Err == nil || !strings.Contains(inv.Err.Error(), "FunctionTimeoutException") {
		t.Errorf("got %v", inv.Err)
	}
	waitRunning(t, h, 2)
}

type logVector struct {
	Stream, Line, Level, Note, Setting string
	ErrorsOnly                         *bool `json:"useStdErrorStreamForErrorsOnly"`
}

// errorsOnly is the setting of the name, which a vector has as a member or names in words.
func (v *logVector) errorsOnly() bool {
	if v.ErrorsOnly != nil {
		return *v.ErrorsOnly
	}
	words := lower(v.Note + " " + v.Setting)
	return !strings.Contains(words, "usestderrorstreamforerrorsonly") || !strings.Contains(words, "false")
}

// check compares a line's level, or what is said in words of who reads the line.
func (v *logVector) check(t *testing.T, got LogLine) {
	t.Helper()
	words := lower(v.Level)
	switch {
	case v.Level == "" || string(got.Level) == v.Level:
	case strings.Contains(words, "system"):
		if !got.System {
			t.Errorf("%s %q is the app's, want %s", v.Stream, v.Line, v.Level)
		}
	case strings.Contains(words, "core tools"):
		if !strings.HasPrefix(v.Line, "azfuncjsonlog:") {
			t.Errorf("%s %q is no line for Core Tools", v.Stream, v.Line)
		}
	default:
		t.Errorf("%s %q is %s, want %s", v.Stream, v.Line, got.Level, v.Level)
	}
}

func TestLogVectors(t *testing.T) {
	var file struct{ Logs []*logVector }
	vectors.Read(t, "host/lifecycle.json", &file)
	for _, v := range file.Logs {
		var got LogLine
		switch v.Stream {
		case "stdout":
			got = newLogLine(stdoutLevel, v.Line)
		case "stderr":
			got = newLogLine(stderrLevel(v.errorsOnly()), v.Line)
		case "response":
			h := startHandler(t, "env")
			inv := invoke(t, h)
			line, err := h.WaitLog(t.Context(), func(l LogLine) bool { return l.Invocation == inv.ID })
			if err != nil || line.Text != "called" {
				t.Errorf("got %+v, %v", line, err)
			}
			got = line
		default:
			t.Errorf("stream %q is not understood", v.Stream)
			continue
		}
		v.check(t, got)
	}
}
