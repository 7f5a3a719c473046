package hosttest

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"strings"
	"testing"
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
		dir, _ := os.Getwd()
		_, _ = w.Write(marshal(object{{"Logs", marshal([]string{"called", dir})}, {"ReturnValue", marshal(os.Environ())}}))
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
