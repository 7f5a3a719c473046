package main

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/coder/websocket"
)

// guideRun is a guide being followed, command by command.
type guideRun struct {
	t   *testing.T
	dir string // where its commands run
	env []string
}

// namesFile finds the file that a line of prose announces.
var namesFile = regexp.MustCompile("`([a-z_.]+)`:$")

// TestFirstApp does what the guide tells: it writes the files, runs the commands and compares what they print.
func TestFirstApp(t *testing.T) {
	skipGuide(t)
	g := newGuideRun(t)
	for _, b := range guideBlocks(t, "first-app.md") {
		switch name := namesFile.FindStringSubmatch(b.before); {
		case name != nil:
			if err := os.WriteFile(filepath.Join(g.dir, name[1]), []byte(b.text()), 0o600); err != nil {
				t.Fatal(err)
			}
		case b.language == "sh":
			for _, line := range b.lines {
				g.sh(line)
			}
		case b.language == "console":
			g.console(b)
		default:
			t.Errorf("nothing is done with the block at line %d", b.line)
		}
	}
}

// TestEditors compares what an editor would get with what the guide says.
func TestEditors(t *testing.T) {
	skipGuide(t)
	g := newGuideRun(t)
	root, err := filepath.Abs(filepath.Dir(docs))
	if err != nil {
		t.Fatal(err)
	}
	g.sh("go -C '" + root + "' install ./cmd/wpsgen")
	compared := 0
	for _, b := range guideBlocks(t, "editors.md") {
		if b.language == "console" {
			g.console(b)
			compared++
		}
	}
	if compared == 0 {
		t.Error("the guide shows no output")
	}
}

// skipGuide leaves guides out where there is no POSIX shell and, since they run other programs, under the race
// detector, which does not look at those.
func skipGuide(t *testing.T) {
	t.Helper()
	if runtime.GOOS == "windows" || raceEnabled {
		t.Skip("the guide runs programs in a POSIX shell")
	}
}

func guideBlocks(t *testing.T, name string) []block {
	t.Helper()
	src, err := os.ReadFile(filepath.Join(docs, "guides", name))
	if err != nil {
		t.Fatal(err)
	}
	blocks, _ := markdownFile{"docs/guides/" + name, strings.Split(string(src), "\n")}.split()
	return blocks
}

func newGuideRun(t *testing.T) *guideRun {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	bin := filepath.Join(dir, "bin")
	return &guideRun{t, dir, append(os.Environ(), "GOBIN="+bin, "PATH="+bin+string(filepath.ListSeparator)+os.Getenv("PATH"),
		"GOFLAGS=-buildvcs=false", "GOPROXY=off", "GOSUMDB=off", "GOWORK=off", "GOTOOLCHAIN=local", "NO_COLOR=1", "GITHUB_ACTIONS=")}
}

func (g *guideRun) command(ctx context.Context, line string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "sh", "-c", line)
	cmd.Dir, cmd.Env = g.dir, g.env
	return cmd
}

// sh runs a line that has to succeed. The clone is this checkout, and cd lasts.
func (g *guideRun) sh(line string) {
	g.t.Helper()
	if dir, ok := strings.CutPrefix(line, "cd "); ok {
		g.dir = filepath.Join(g.dir, dir)
		return
	}
	if strings.HasPrefix(line, "git clone ") {
		root, err := filepath.Abs(filepath.Dir(docs))
		if err == nil {
			err = os.Symlink(root, filepath.Join(g.dir, "wpsgen"))
		}
		if err != nil {
			g.t.Fatal(err)
		}
		return
	}
	if out, err := g.command(g.t.Context(), line).CombinedOutput(); err != nil {
		g.t.Fatalf("%s: %v\n%s", line, err, out)
	}
}

// console runs the lines that begin with $ and compares what they print with the lines behind each.
func (g *guideRun) console(b block) {
	g.t.Helper()
	for _, part := range strings.Split("\n"+b.text(), "\n$ ")[1:] {
		line, want, _ := strings.Cut(strings.TrimSuffix(part, "\n")+"\n", "\n")
		if line == "wpsgen dev" {
			g.dev(want)
			continue
		}
		cmd := g.command(g.t.Context(), line)
		out, err := cmd.CombinedOutput()
		if _, failed := err.(*exec.ExitError); err != nil && !failed {
			g.t.Fatal(err)
		}
		if string(out) != want && (want != "" || err != nil) {
			g.t.Errorf("line %d: %s prints\n%s\nand not\n%s", b.line, line, out, want)
		}
	}
}

var loopback = regexp.MustCompile(`127\.0\.0\.1:\d+`)

// dev runs the app, compares what is printed with other ports in it, and lets two people talk.
func (g *guideRun) dev(want string) {
	g.t.Helper()
	ctx, cancel := context.WithCancel(g.t.Context())
	defer cancel()
	out := &screen{t: g.t}
	cmd := exec.CommandContext(ctx, filepath.Join(filepath.Dir(g.dir), "bin", "wpsgen"), "dev", "--addr", "127.0.0.1:0", "--emulator-addr", "127.0.0.1:0")
	cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr = g.dir, g.env, out, out
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = patience
	if err := cmd.Start(); err != nil {
		g.t.Fatal(err)
	}
	out.await(`Ctrl-C stops everything`)
	if got := loopback.ReplaceAllString(out.output(), "HOST"); !strings.Contains(got, loopback.ReplaceAllString(want, "HOST")) {
		g.t.Errorf("dev prints\n%s\nand not\n%s", got, want)
	}
	base := eventsURL.FindStringSubmatch(out.output())[1]
	ann, bob := g.join(base, "ann"), g.join(base, "bob")
	if err := ann.Write(ctx, websocket.MessageText, []byte("hello")); err != nil {
		g.t.Fatal(err)
	}
	for _, conn := range []*websocket.Conn{ann, bob} {
		short, done := context.WithTimeout(ctx, patience)
		if _, said, err := conn.Read(short); err != nil || string(said) != `{"from":"ann","text":"hello"}` {
			g.t.Errorf("heard %s, %v", said, err)
		}
		done()
	}
	cancel()
	if err := cmd.Wait(); err != nil && ctx.Err() == nil {
		g.t.Error(err)
	}
}

// join does what the page does: it loads, negotiates and connects.
func (g *guideRun) join(base, user string) *websocket.Conn {
	g.t.Helper()
	for _, path := range []string{"/api/index", "/api/negotiate?user=" + user} {
		resp, err := http.Get(base + path)
		if err != nil {
			g.t.Fatal(err)
		}
		var body bytes.Buffer
		_, err = body.ReadFrom(resp.Body)
		resp.Body.Close()
		if err != nil || resp.StatusCode != http.StatusOK {
			g.t.Fatalf("%s: %d %v", path, resp.StatusCode, err)
		}
		var connection struct{ URL string }
		if json.Unmarshal(body.Bytes(), &connection) != nil {
			continue // the page
		}
		conn, _, err := websocket.Dial(g.t.Context(), connection.URL, nil)
		if err != nil {
			g.t.Fatal(err)
		}
		g.t.Cleanup(func() { conn.CloseNow() })
		return conn
	}
	g.t.Fatal("negotiate gives no connection")
	return nil
}
