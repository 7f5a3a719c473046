package hosttest

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/wpsgen/wpsgen/internal/vectors"
)

// handlerVariable makes the test binary a custom handler. Its value says how it behaves.
const handlerVariable = "HOSTTEST_HANDLER"

func TestMain(m *testing.M) {
	if behaviour := os.Getenv(handlerVariable); behaviour != "" {
		os.Exit(runHandler(behaviour))
	}
	os.Exit(m.Run())
}

// runHandler listens where the host says. GET / answers at once; /f does what behaviour says: "exit N"
// ends the process, "hang" never answers, "env" returns the environment.
func runHandler(behaviour string) int {
	verb, argument, _ := strings.Cut(behaviour, " ")
	if verb == "die" { // before it listens
		code, _ := strconv.Atoi(argument)
		return code
	}
	fmt.Println("listening")
	fmt.Fprintln(os.Stderr, "a warning of the handler")
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotFound) })
	mux.HandleFunc("/f", func(w http.ResponseWriter, r *http.Request) {
		switch verb {
		case "exit":
			code, _ := strconv.Atoi(argument)
			os.Exit(code)
		case "hang":
			select {}
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(marshal(object{{"Logs", marshal([]string{"called"})}, {"ReturnValue", marshal(os.Environ())}}))
	})
	if err := http.ListenAndServe("127.0.0.1:"+os.Getenv("FUNCTIONS_CUSTOMHANDLER_PORT"), mux); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	return 1
}

// startHandler starts a host whose custom handler is this test binary.
func startHandler(t *testing.T, behaviour string, more ...string) *Host {
	t.Helper()
	return New(t, handlerOptions(t, behaviour, more...))
}

func handlerOptions(t *testing.T, behaviour string, more ...string) Options {
	doc := `{"version": "2.0"` + strings.Join(more, "") + `}`
	return Options{
		Dir: writeApp(t, map[string]string{
			"host.json":       doc,
			"f/function.json": functionJSON(`{"type": "queueTrigger", "direction": "in", "name": "item"}`),
		}),
		Settings: map[string]string{handlerVariable: behaviour, "SomeSetting": "some value"},
		Command:  []string{os.Args[0]},
	}
}

func invoke(t *testing.T, h *Host) *Invocation {
	t.Helper()
	inv, err := h.Invoke(t.Context(), "f", "x")
	if err != nil {
		t.Fatal(err)
	}
	return inv
}

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

// waitRunning returns when the n-th process is ready.
func waitRunning(t *testing.T, h *Host, n int) {
	t.Helper()
	waitStarts(t, h, n)
	if err := h.Ready(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func countStarts(h *Host) int {
	n := 0
	for _, line := range h.Log() {
		if line.Text == "listening" {
			n++
		}
	}
	return n
}

// waitStarts returns when the process has started n times.
func waitStarts(t *testing.T, h *Host, n int) {
	t.Helper()
	if _, err := h.WaitLog(t.Context(), func(LogLine) bool { return countStarts(h) >= n }); err != nil {
		t.Fatal(err)
	}
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

func TestLogVectors(t *testing.T) {
	var file struct {
		Logs []struct {
			Stream, Line, Level, Note string
			ErrorsOnly                *bool `json:"useStdErrorStreamForErrorsOnly"`
		}
	}
	vectors.Read(t, "host/lifecycle.json", &file)
	for _, v := range file.Logs {
		var got LogLine
		switch v.Stream {
		case "stdout":
			got = newLogLine(stdoutLevel, v.Line)
		case "stderr":
			got = newLogLine(stderrLevel(v.ErrorsOnly == nil || *v.ErrorsOnly), v.Line)
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
		if v.Level != "" && string(got.Level) != v.Level && !(got.System && strings.Contains(lower(v.Level), "system")) {
			t.Errorf("%s %q is %s, want %s", v.Stream, v.Line, got.Level, v.Level)
		}
	}
}

// TestReadinessVectors probes handlers that answer as the vectors say.
func TestReadinessVectors(t *testing.T) {
	var file struct {
		Readiness []struct {
			ID, Host string
			Probe    struct{ Method, Path string }
			Answer   any
		}
	}
	vectors.Read(t, "host/lifecycle.json", &file)
	for _, v := range file.Readiness {
		t.Run(v.ID, func(t *testing.T) {
			server := newProbed(v.Answer)
			err := ready(t.Context(), &http.Client{Transport: server}, "http://127.0.0.1:1", time.Second)
			switch {
			case strings.HasPrefix(v.Host, "ready"):
				if err != nil || server.asked.Load() != 1 {
					t.Errorf("%v after %d questions", err, server.asked.Load())
				}
			case strings.HasPrefix(v.Host, "probe again"):
				if err != nil || server.asked.Load() != 3 {
					t.Errorf("%v after %d questions", err, server.asked.Load())
				}
			case strings.Contains(v.Host, "waits on that single request"):
				if server.asked.Load() != 1 {
					t.Errorf("asked %d times", server.asked.Load())
				}
			default:
				t.Fatalf("host %q is not understood", v.Host)
			}
			if got := server.method + " " + server.path; got != v.Probe.Method+" "+v.Probe.Path {
				t.Errorf("asked %s", got)
			}
		})
	}
}

// probed is a handler that is asked whether it is ready. One that refuses does so twice.
type probed struct {
	answer       any
	asked        atomic.Int32
	method, path string
}

func newProbed(answer any) *probed { return &probed{answer: answer} }

func (p *probed) RoundTrip(r *http.Request) (*http.Response, error) {
	n := p.asked.Add(1)
	p.method, p.path = r.Method, r.URL.Path
	answered := &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(strings.NewReader(""))}
	if text, ok := p.answer.(string); ok {
		switch {
		case strings.Contains(text, "refused") && n < 3:
			return http.DefaultTransport.RoundTrip(r)
		case strings.Contains(text, "never answers"):
			<-time.After(2 * probeInterval)
		case strings.Contains(text, "reset"), strings.Contains(text, "closed"):
			return nil, io.ErrUnexpectedEOF
		}
		return answered, nil
	}
	if o, ok := p.answer.(map[string]any); ok {
		if status, ok := o["status"].(float64); ok {
			answered.StatusCode = int(status)
		}
	}
	return answered, nil
}

// TestNeverReady gives up on a process that ends before it listens.
func TestNeverReady(t *testing.T) {
	_, err := Start(t.Context(), handlerOptions(t, "die 3"))
	if err == nil || !strings.Contains(err.Error(), "code 3") {
		t.Errorf("got %v", err)
	}
}

func TestRestart(t *testing.T) {
	h := startHandler(t, "env")
	for range maxErrors + 1 {
		if err := h.Restart(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if inv := invoke(t, h); !inv.Success() {
		t.Error(inv.Err)
	}
}

func TestKillIsACrash(t *testing.T) {
	h := startHandler(t, "env")
	waitStarts(t, h, 1)
	h.Kill()
	waitStarts(t, h, 2)
	if _, err := h.WaitLog(t.Context(), func(l LogLine) bool { return l.Level == LevelError }); err != nil {
		t.Error(err)
	}
}

// TestHangEndsWithCaller shows that waiting ends with the caller's context.
func TestHangEndsWithCaller(t *testing.T) {
	h := startHandler(t, "hang")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := h.Invoke(ctx, "f", "x"); err == nil {
		t.Error("the invocation is complete")
	}
}
