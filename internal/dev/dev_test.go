package dev_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/wpsgen/wpsgen/internal/dev"
)

// actAs makes the test binary play the program that is run.
const actAs = "DEV_TEST_ACT_AS"

func TestMain(m *testing.M) {
	switch os.Getenv(actAs) {
	case "server":
		serve()
	case "stubborn":
		signal.Ignore(syscall.SIGTERM)
		fmt.Println("ignoring")
		time.Sleep(time.Minute)
	case "returning":
	case "failure":
		fmt.Fprintln(os.Stderr, "cannot start")
		os.Exit(3)
	default:
		os.Exit(m.Run())
	}
}

// serve answers until SIGTERM, and says that it got it.
func serve() {
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM)
	l, err := net.Listen("tcp", os.Getenv("DEV_TEST_ADDR"))
	if err != nil {
		panic(err)
	}
	go http.Serve(l, http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	<-stop
	fmt.Println("stopped in good order")
}

func start(t *testing.T, role string, env ...string) (*dev.Process, *bytes.Buffer) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	out := new(bytes.Buffer)
	p, err := dev.Start(self, t.TempDir(), append(append(os.Environ(), actAs+"="+role), env...), out)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Stop(0) })
	return p, out
}

func TestProcessServesAndStops(t *testing.T) {
	launch, out := launch(t, "server")
	p, addr, err := launch.Start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(addr, "127.0.0.1:") {
		t.Errorf("it serves at %s", addr)
	}
	p.Stop(time.Minute)
	if err := p.Err(); err != nil {
		t.Error(err)
	}
	if got := out.String(); got != "stopped in good order\n" {
		t.Errorf("output %q", got)
	}
}

func TestProcessThatWillNotEnd(t *testing.T) {
	p, _ := start(t, "stubborn")
	p.Stop(10 * time.Millisecond)
	if p.Err() == nil {
		t.Error("it ended in good order")
	}
}

func TestProcessThatFails(t *testing.T) {
	p, out := start(t, "failure")
	err := p.WaitReady(t.Context(), "http://127.0.0.1:1/")
	if err == nil || !strings.Contains(err.Error(), "exit status 3") {
		t.Errorf("error %v", err)
	}
	if !strings.Contains(out.String(), "cannot start") {
		t.Errorf("output %q", out)
	}
}

func TestProcessThatReturns(t *testing.T) {
	p, _ := start(t, "returning")
	err := p.WaitReady(t.Context(), "http://127.0.0.1:1/")
	if err == nil || !strings.Contains(err.Error(), "wps.Main") {
		t.Errorf("error %v", err)
	}
}

func TestWaitReadyGivesUp(t *testing.T) {
	p, _ := start(t, "stubborn")
	gone := errors.New("gone")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(gone)
	if err := p.WaitReady(ctx, "http://127.0.0.1:1/"); !errors.Is(err, gone) {
		t.Errorf("error %v", err)
	}
}

func TestMainPackage(t *testing.T) {
	tests := []struct {
		name  string
		files map[string]string
		want  string
		err   string
	}{
		{"its own folder", map[string]string{"main.go": "package main", "cmd/tool/tool.go": "package main"}, "example.com/app", ""},
		{"one below", map[string]string{"app.go": "package app", "cmd/server/main.go": "package main"}, "example.com/app/cmd/server", ""},
		{"several", map[string]string{"a/main.go": "package main", "b/main.go": "package main"}, "", "several main packages: example.com/app/a, example.com/app/b"},
		{"none", map[string]string{"app.go": "package app"}, "", "no main package"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := module(t, test.files)
			got, err := dev.MainPackage(t.Context(), dir)
			if got != test.want || (err == nil) != (test.err == "") || err != nil && !strings.Contains(err.Error(), test.err) {
				t.Errorf("got %q, %v", got, err)
			}
		})
	}
}

func TestBuild(t *testing.T) {
	dir := module(t, map[string]string{"main.go": "package main\n\nfunc main() { undefined() }\n"})
	program := filepath.Join(dir, "program")
	err := dev.Build(t.Context(), dir, "example.com/app", program)
	if err == nil || !strings.Contains(err.Error(), "main.go:3:15: undefined: undefined") {
		t.Errorf("error %v", err)
	}
	if _, err := os.Stat(program); err == nil {
		t.Error("a program was left")
	}
}

func module(t *testing.T, files map[string]string) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	write := func(name, content string) {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("go.mod", "module example.com/app\n\ngo 1.26\n")
	for name, content := range files {
		write(name, content)
	}
	return dir
}
