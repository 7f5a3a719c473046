package wps

import (
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/wpsgen/wpsgen/internal/leaktest"
)

// running is an app served on loopback.
type running struct {
	url    string
	log    *logBuffer
	cancel context.CancelFunc
	done   chan error
	client *http.Client
}

func start(t *testing.T, functions []Function, settings map[string]string) *running {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	s := &running{url: "http://" + listener.Addr().String(), log: &logBuffer{}, cancel: cancel, done: make(chan error, 1),
		client: &http.Client{Transport: &http.Transport{}}}
	all := map[string]string{settingConnection: testConnection}
	for k, v := range settings {
		all[k] = v
	}
	go func() { s.done <- Serve(ctx, functions, WithListener(listener), WithSettings(all), logTo(s.log)) }()
	t.Cleanup(func() {
		cancel()
		s.client.CloseIdleConnections()
	})
	return s
}

func (s *running) get(path string) (int, string, error) {
	res, err := s.client.Get(s.url + path)
	if err != nil {
		return 0, "", err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	return res.StatusCode, string(body), err
}

func TestServe(t *testing.T) {
	s := start(t, []Function{systemFunction("connect", nothing), httpFunction("f", anonymous(""), named("f"))}, nil)
	for path, want := range map[string]int{"/healthz": 200, "/readyz": 200, "/api/f": 200, "/other": 404} {
		if status, _, err := s.get(path); err != nil || status != want {
			t.Errorf("%s: %d, %v, want %d", path, status, err, want)
		}
	}
	for _, part := range []string{"address=" + strings.TrimPrefix(s.url, "http://"), "hubs=[chat]", "functions=2"} {
		if !strings.Contains(s.log.String(), part) {
			t.Errorf("the log lacks %s: %s", part, s.log)
		}
	}
	s.cancel()
	if err := <-s.done; err != nil {
		t.Error(err)
	}
	if _, _, err := s.get("/healthz"); err == nil {
		t.Error("connections are still accepted")
	}
}

func TestDrain(t *testing.T) {
	entered, release := make(chan struct{}), make(chan struct{})
	s := start(t, []Function{httpFunction("slow", anonymous(""), func(inv *Invocation) error {
		close(entered)
		<-release
		if err := inv.Context().Err(); err != nil {
			t.Errorf("the call was cancelled: %v", err)
		}
		return named("done")(inv)
	})}, nil)
	answer := make(chan string, 1)
	go func() {
		_, body, err := s.get("/api/slow")
		if err != nil {
			body = err.Error()
		}
		answer <- body
	}()
	<-entered
	s.cancel()
	waitFor(t, "draining", func() bool { return strings.Contains(s.log.String(), "draining") })
	select {
	case err := <-s.done:
		t.Fatalf("Serve returned %v while a call was running", err)
	default:
	}
	close(release)
	if got := <-answer; got != "done" {
		t.Errorf("the running call was answered with %q", got)
	}
	if err := <-s.done; err != nil {
		t.Error(err)
	}
}

// waitFor polls for something that another goroutine does with no way to be told.
func waitFor(t *testing.T, what string, cond func() bool) {
	t.Helper()
	for range 1000 {
		if cond() {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatalf("waited in vain for: %s", what)
}

func TestDrainLimitCancels(t *testing.T) {
	entered := make(chan struct{})
	s := start(t, []Function{httpFunction("stuck", anonymous(""), func(inv *Invocation) error {
		close(entered)
		<-inv.Context().Done()
		return inv.Context().Err()
	})}, map[string]string{settingDrainTimeout: "1ms"})
	status := make(chan int, 1)
	go func() {
		code, _, _ := s.get("/api/stuck")
		status <- code
	}()
	<-entered
	s.cancel()
	if err := <-s.done; err != nil {
		t.Error(err)
	}
	if got := <-status; got != 500 { // an answer, not a connection that breaks
		t.Errorf("the cancelled call was answered with %d", got)
	}
	if !strings.Contains(s.log.String(), "cancelled") {
		t.Errorf("log %s", s.log)
	}
}

func TestReadiness(t *testing.T) {
	s := newServer(mustNew(t, nil), time.Second)
	defer s.cancel()
	probe := func(path string) int { return serve(s, newRequest(path)).Code }
	if probe("/readyz") != 503 || probe("/healthz") != 200 {
		t.Errorf("before the start: %d, %d", probe("/readyz"), probe("/healthz"))
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- s.run(ctx, listener) }()
	waitFor(t, "readiness", func() bool { return probe("/readyz") == 200 })
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
	if probe("/readyz") != 503 {
		t.Errorf("after the end: %d", probe("/readyz"))
	}
}

// TestStopDelay: for a while, a process that is to end says that it is not ready and serves on, asking callers
// to come over a new connection next time.
func TestStopDelay(t *testing.T) {
	s := newServer(mustNew(t, []Function{httpFunction("page", anonymous(""), nothing)}), time.Second)
	s.delay = 300 * time.Millisecond
	defer s.cancel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- s.run(ctx, listener) }()
	get := func(path string) (*http.Response, error) {
		res, err := http.Get("http://" + listener.Addr().String() + path)
		if err == nil {
			res.Body.Close()
		}
		return res, err
	}
	waitFor(t, "readiness", func() bool { res, err := get("/readyz"); return err == nil && res.StatusCode == 200 })
	if res, err := get("/api/page"); err != nil || res.Close {
		t.Errorf("while ready: %v, connection closed %v", err, res != nil && res.Close)
	}
	cancel()
	waitFor(t, "not being ready", func() bool { res, err := get("/readyz"); return err == nil && res.StatusCode == 503 })
	if res, err := get("/api/page"); err != nil || res.StatusCode != 200 || !res.Close {
		t.Errorf("while not ready any more: %v, %v", res, err)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
	http.DefaultClient.CloseIdleConnections()
}

func newRequest(path string) *http.Request {
	r, _ := http.NewRequest(http.MethodGet, path, nil)
	return r
}

func TestServeErrors(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	for _, c := range []struct {
		settings map[string]string
		want     string
	}{
		{map[string]string{settingHostPort: "x"}, `setting FUNCTIONS_CUSTOMHANDLER_PORT: "x" is not a port number`},
		{map[string]string{settingPort: "http"}, `setting PORT: "http" is not a port number`},
		{map[string]string{settingDrainTimeout: "soon"}, `"soon" is not a duration`},
		{map[string]string{settingDrainTimeout: "-1s"}, "is not a duration"},
		{map[string]string{settingAddr: taken.Addr().String()}, "choose another address with WPS_ADDR"},
	} {
		wantError(t, Serve(t.Context(), nil, WithSettings(c.settings), silent()), c.want)
	}
	wantError(t, Serve(t.Context(), []Function{systemFunction("connect", nothing)}, WithSettings(nil), silent()), "chat.go:7: function connect: ")
}

func TestAddress(t *testing.T) {
	for _, c := range []struct {
		settings map[string]string
		want     string
	}{
		{nil, "127.0.0.1:8080"},
		{map[string]string{"PORT": "9"}, ":9"},
		{map[string]string{"PORT": "9", "WPS_ADDR": "127.0.0.1:7"}, "127.0.0.1:7"},
	} {
		if got, err := newSettings(c.settings).address(); err != nil || got != c.want {
			t.Errorf("%v: %q, %v, want %q", c.settings, got, err, c.want)
		}
	}
}

// The test binary runs itself again with this variable as a program of Main.
const envProgram = "WPSGEN_TEST_PROGRAM"

func TestMain(m *testing.M) {
	switch os.Getenv(envProgram) {
	case "":
		leaktest.Main(tests{m})
	case "broken":
		Main([]Function{systemFunction("connect", nothing), systemFunction("connected", nothing)}, WithSettings(nil))
	case "serving":
		Main([]Function{httpFunction("slow", anonymous(""), func(inv *Invocation) error {
			// The signal comes while this runs, and the call finishes all the same.
			caught := make(chan os.Signal, 1)
			signal.Notify(caught, syscall.SIGTERM)
			self, err := os.FindProcess(os.Getpid())
			if err != nil {
				return err
			}
			if err := self.Signal(syscall.SIGTERM); err != nil {
				return err
			}
			<-caught
			return named("done")(inv)
		})}, WithSettings(map[string]string{settingAddr: "127.0.0.1:0"}))
	}
}

// tests are the package's tests, held against goroutines that outlive them; behind them the client that
// all apps share gives up its idle connections.
type tests struct{ *testing.M }

func (t tests) Run() int {
	defer sharedHTTPClient().CloseIdleConnections()
	return t.M.Run()
}

func program(t *testing.T, kind string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), envProgram+"="+kind)
	return cmd
}

func TestMainReportsEveryProblem(t *testing.T) {
	var stderr strings.Builder
	cmd := program(t, "broken")
	cmd.Stderr = &stderr
	err := cmd.Run()
	if cmd.ProcessState.ExitCode() != 1 {
		t.Errorf("%v, want status 1", err)
	}
	if lines := strings.Split(strings.TrimSpace(stderr.String()), "\n"); len(lines) != 2 || !strings.HasPrefix(lines[1], "chat.go:7: function connected: ") {
		t.Errorf("stderr:\n%s", &stderr)
	}
}

func TestSIGTERM(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no SIGTERM")
	}
	cmd := program(t, "serving")
	log := &logBuffer{}
	cmd.Stderr = log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	address := func() string {
		_, rest, _ := strings.Cut(log.String(), "address=")
		address, _, found := strings.Cut(rest, " ")
		if !found {
			return ""
		}
		return address
	}
	waitFor(t, "the address", func() bool { return address() != "" })
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	res, err := client.Get("http://" + address() + "/api/slow")
	if err != nil {
		t.Fatalf("%v\n%s", err, log)
	}
	defer res.Body.Close()
	if body, err := io.ReadAll(res.Body); err != nil || string(body) != "done" {
		t.Errorf("%q, %v", body, err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("%v, want status 0\n%s", err, log)
	}
}
