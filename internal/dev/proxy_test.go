package dev_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/internal/dev"
)

func TestProxyFollowsThePrograms(t *testing.T) {
	p, err := dev.NewProxy("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	base := "http://" + p.Addr()
	if status, body := get(t, base); status != http.StatusServiceUnavailable || !strings.Contains(body, "does not run yet") {
		t.Errorf("before any program: %d %s", status, body)
	}
	for _, name := range []string{"one", "two"} {
		program := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprintf(w, "%s %s %s", name, r.Host, r.URL)
		}))
		p.Point(program.Listener.Addr().String())
		want := fmt.Sprintf("%s %s /path?query=1%%202", name, p.Addr())
		if status, body := get(t, base+"/path?query=1%202"); status != http.StatusOK || body != want {
			t.Errorf("got %d %q, want %q", status, body, want)
		}
		program.Close()
	}
	if status, _ := get(t, base); status != http.StatusBadGateway {
		t.Errorf("program gone: %d", status)
	}
	if err := p.Close(); err != nil {
		t.Error(err)
	}
	if _, err := http.Get(base); err == nil {
		t.Error("it answers after Close")
	}
}

func get(t *testing.T, url string) (int, string) {
	t.Helper()
	resp, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(body)
}
