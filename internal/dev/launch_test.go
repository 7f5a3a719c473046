package dev_test

import (
	"bytes"
	"net"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/internal/dev"
)

// launch is how this binary is run in a role, and its output.
func launch(t *testing.T, role string) (dev.Launch, *bytes.Buffer) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	out := new(bytes.Buffer)
	return dev.Launch{
		Program: self, Dir: t.TempDir(), Env: append(os.Environ(), actAs+"="+role),
		AddrVariable: "DEV_TEST_ADDR", ReadyPath: "/", Output: out,
	}, out
}

// occupy listens at a free address, where nobody answers.
func occupy(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l.Addr().String()
}

// TestLaunchWhereOthersListen moves on when an address is taken between being chosen and being used.
func TestLaunchWhereOthersListen(t *testing.T) {
	first, second := occupy(t), occupy(t)
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	third := free.Addr().String()
	free.Close()
	l, _ := launch(t, "server")
	var tried []string
	l.Tried = func(addr string) { tried = append(tried, addr) }
	p, addr, err := l.WithAddrs(first, second, third).Start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	p.Stop(0)
	if addr != third || !slices.Equal(tried, []string{first, second, third}) {
		t.Errorf("it serves at %s, of %q", addr, tried)
	}
}

func TestLaunchGivesUp(t *testing.T) {
	t.Run("when every address is taken", func(t *testing.T) {
		l, out := launch(t, "server")
		addr := occupy(t)
		_, _, err := l.WithAddrs(addr, addr, addr, addr, addr).Start(t.Context())
		if err == nil || strings.Count(out.String(), "address already in use") != 5 {
			t.Errorf("error %v, output %q", err, out)
		}
	})
	t.Run("when the program fails for another reason", func(t *testing.T) {
		l, out := launch(t, "failure")
		_, _, err := l.Start(t.Context())
		if err == nil || !strings.Contains(err.Error(), "exit status 3") || out.String() != "cannot start\n" {
			t.Errorf("error %v, output %q", err, out)
		}
	})
}

func TestAtOrNear(t *testing.T) {
	listen := func(addr string) (net.Listener, error) { return net.Listen("tcp", addr) }
	taken := occupy(t)
	l, err := dev.AtOrNear(taken, listen)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if got := l.Addr().String(); got == taken || !strings.HasPrefix(got, "127.0.0.1:") {
		t.Errorf("got %s in place of %s", got, taken)
	}
	for _, addr := range []string{"nonsense", "192.0.2.1:80"} {
		if _, err := dev.AtOrNear(addr, listen); err == nil || !strings.Contains(err.Error(), addr) {
			t.Errorf("%s: error %v", addr, err)
		}
	}
}
