package main

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/wpsgen/wpsgen/generator"
	"github.com/wpsgen/wpsgen/internal/dev"
	"github.com/wpsgen/wpsgen/internal/leaktest"
)

const watchSource = `package app

// Hello greets.
//
//wps:http methods=get authLevel=anonymous
func Hello() string { return "hello" }
`

// TestWatch edits, breaks and mends an app while generate watches it.
func TestWatch(t *testing.T) {
	w := startWatch(t, watchApp(t))
	w.await(`^create hello/function.json\ncreate wps_gen.go\nwpsgen: 2 files written\nwpsgen: watching for changes; Ctrl-C ends it\n$`)

	w.edit("app.go", strings.Replace(watchSource, "get", "put", 1))
	w.await(`^update hello/function.json\n(update wps_gen.go\n)?wpsgen: \d files? written\n$`)
	before := w.read("hello/function.json")

	w.edit("app.go", watchSource+"\nfunc half(")
	w.await(`^app.go:8:11: WPS\d+: (.*\n)+wpsgen: nothing written, 1 finding\n$`)
	if got := w.read("hello/function.json"); got != before {
		t.Errorf("a broken source changed what was generated: %s", got)
	}
	w.edit("app.go", watchSource)
	w.await(`^update hello/function.json\n(update wps_gen.go\n)?wpsgen: \d files? written\n$`)

	w.edit("app.go", watchSource+"\n//wps:timer schedule=00:05:00 runOnStartup\nfunc Tick() {}\n")
	w.await(`^app.go:8:31: warning: WPS224: (.*\n)+create tick/function.json\nupdate wps_gen.go\nwpsgen: 2 files written, 1 finding\n$`)
	w.edit("app.go", watchSource)
	w.await(`^remove tick/function.json\nupdate wps_gen.go\nwpsgen: 1 file written, 1 file removed\n$`)
	w.stop()
}

// TestWatchSeesWhatIsRead changes every other file that generate reads.
func TestWatchSeesWhatIsRead(t *testing.T) {
	w := startWatch(t, watchApp(t))
	w.await(`watching`)
	w.edit("wpsgen.yaml", "upstream: http\n")
	w.await(`^create host.json\n(.*\n)*wpsgen: \d files? written`)
	w.remove("wpsgen.yaml")
	w.await(`(?m)^remove host.json\n(.*\n)*wpsgen: .*1 file removed`)
	w.edit("host.json", "{")
	w.await(`^host.json:1:\d+: WPS402: (.*\n)+wpsgen: nothing written, 1 finding\n$`)
	w.edit("host.json", "{}")
	w.await(`^wpsgen: up to date\n$`)
	w.edit("go.mod", "modul")
	w.await(`^wpsgen: (?s:.*)go.mod:1: `)
	w.edit("go.mod", watchModule)
	w.await(`^wpsgen: up to date\n$`)
	w.remove("wps_gen.go")
	w.await(`^create wps_gen.go\nwpsgen: 1 file written\n$`)
	w.edit("hello/function.json", `{"generatedBy": "wpsgen"}`)
	w.await(`^update hello/function.json\nwpsgen: 1 file written\n$`)
	w.edit("deep/down/more.go", "package down\n\n//wps:http\nfunc More() {}\n")
	w.await(`^create deep/down/wps_gen.go\ncreate more/function.json\nwpsgen: 2 files written\n$`)
	w.look()
	if err := os.Rename("deep", filepath.Join(t.TempDir(), "deep")); err != nil {
		t.Fatal(err)
	}
	w.await(`^remove more/function.json\nwpsgen: 1 file removed\n$`)
	w.stop()
}

// TestWatchSeesOtherModules watches what a workspace adds to the current folder.
func TestWatchSeesOtherModules(t *testing.T) {
	root := watchApp(t)
	t.Setenv("GOWORK", "")
	for name, content := range map[string]string{
		"go.work":        "go 1.26\n\nuse ./here\nuse ./there\n",
		"here/go.mod":    "module example.com/here\n\ngo 1.26\n",
		"here/here.go":   "package here\n",
		"there/go.mod":   "module example.com/there\n\ngo 1.26\n",
		"there/there.go": "package there\n",
	} {
		writeFile(t, filepath.Join(root, filepath.FromSlash(name)), content)
	}
	w := startWatch(t, filepath.Join(root, "here"), "./...", "../there/...")
	w.await(`^wpsgen: up to date\nwpsgen: watching`)
	w.edit("../there/there.go", "package there\n\n//wps:http\nfunc There() {}\n")
	w.await(`^create ../there/there/function.json\ncreate ../there/wps_gen.go\nwpsgen: 2 files written\n$`)
	w.edit("../go.work", "go 1.26\n\nuse ./here\n")
	w.await(`^wpsgen: .*there.*\n$`)
	w.stop()
}

// TestWatchIsQuiet says nothing of rounds that come to the same as the one before.
func TestWatchIsQuiet(t *testing.T) {
	dir := watchApp(t)
	t.Chdir(dir)
	var said bytes.Buffer
	s := &watchSession{out: &said, errOut: &said}
	watcher, err := dev.Watch([]string{dir}, s.ignores)
	if err != nil {
		t.Fatal(err)
	}
	defer watcher.Close()
	s.watcher = watcher
	wrong := strings.Replace(watchSource, "methods", "metods", 1)
	for _, step := range []struct{ source, want string }{
		{watchSource, `^create hello/function.json\ncreate wps_gen.go\nwpsgen: 2 files written\n$`},
		{watchSource + "\nfunc other() {}\n", `^wpsgen: up to date\n$`},
		{watchSource, `^$`},
		{wrong, `^app.go:5:12: WPS106: (.*\n)+wpsgen: nothing written, 1 finding\n$`},
		{wrong + "\nfunc other() {}\n", `^$`},
		{"\n" + wrong, `^app.go:6:12: WPS106: (.*\n)+$`},
		{watchSource, `^wpsgen: up to date\n$`},
	} {
		said.Reset()
		writeFile(t, "app.go", step.source)
		if err := s.round(); err != nil {
			t.Fatal(err)
		}
		if !regexp.MustCompile(step.want).MatchString(said.String()) {
			t.Errorf("after saving\n%s\nit said %q, want %s", step.source, said.String(), step.want)
		}
	}
}

// TestWatchIgnoresItself sees that what generate writes is no change: had it been one, it would have been
// delivered with the last one or before it.
func TestWatchIgnoresItself(t *testing.T) {
	dir := watchApp(t)
	s := &watchSession{}
	watcher, err := dev.Watch([]string{dir}, s.ignores)
	if err != nil {
		t.Fatal(err)
	}
	defer watcher.Close()
	generate := func() {
		t.Helper()
		result, err := generator.Run(generator.Config{Dir: dir})
		if err != nil || len(result.Changes) != 2 {
			t.Fatal(err, result)
		}
		s.own.expect(result.Changes)
		if err := result.Write(); err != nil {
			t.Fatal(err)
		}
	}
	settled := func(name, content string) {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		if changed := <-watcher.Changes(); !slices.Equal(changed, []string{path}) {
			t.Errorf("changed %v, want %s alone", changed, path)
		}
	}
	generate()
	settled("app.go", "package app\n")
	generate() // which removes it all
	settled("app.go", watchSource)
	generate()
	settled("wps_gen.go", "somebody else's")
}

// TestWatchEndsOnSignals interrupts it as people and systems do.
func TestWatchEndsOnSignals(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows sends no signals to a process")
	}
	for _, signal := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		t.Run(signal.String(), func(t *testing.T) {
			s := &screen{t: t}
			cmd := exec.Command("wpsgen", "generate", "--watch")
			cmd.Dir, cmd.Stdout, cmd.Stderr = watchApp(t), s, s
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = cmd.Process.Kill() }) // it has ended, unless the test failed
			s.await(`watching`)
			if err := cmd.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			if err := cmd.Wait(); err != nil {
				t.Errorf("%v; it said\n%s", err, s.output())
			}
		})
	}
}

const watchModule = "module example.com/app\n\ngo 1.26\n"

// watchApp writes an app into a folder of its own.
func watchApp(t *testing.T) string {
	t.Helper()
	t.Setenv("GOFLAGS", "")
	t.Setenv("GOWORK", "off")
	t.Setenv("GOPROXY", "off")
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{"go.mod": watchModule, "app.go": watchSource} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// watchRun is generate at work on the app in the current folder.
type watchRun struct {
	*screen
	cancel context.CancelFunc
	status chan int
	leaks  leaktest.Snapshot
}

// startWatch runs generate --watch in a folder.
func startWatch(t *testing.T, dir string, args ...string) *watchRun {
	t.Helper()
	t.Chdir(dir)
	w := &watchRun{screen: &screen{t: t}, status: make(chan int, 1), leaks: leaktest.Take()}
	ctx, cancel := context.WithCancel(t.Context())
	w.cancel = cancel
	go func() {
		w.status <- run(ctx, append([]string{"generate", "--watch"}, args...), w, w)
		close(w.status)
	}()
	t.Cleanup(func() {
		cancel()
		<-w.status
		if t.Failed() {
			t.Logf("generate said:\n%s", w.output())
		}
	})
	return w
}

func (w *watchRun) read(name string) string {
	w.t.Helper()
	content, err := os.ReadFile(name)
	if err != nil {
		w.t.Fatal(err)
	}
	return string(content)
}

func (w *watchRun) write(name, content string) {
	w.t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		w.t.Fatal(err)
	}
	// In one step, so that there is no round for half of it.
	tmp := filepath.Join(filepath.Dir(name), ".saving")
	if err := os.WriteFile(tmp, []byte(content), 0o644); err != nil {
		w.t.Fatal(err)
	}
	if err := os.Rename(tmp, name); err != nil {
		w.t.Fatal(err)
	}
}

// edit saves a file. What is printed from here on is what await looks at.
func (w *watchRun) edit(name, content string) {
	w.t.Helper()
	w.look()
	w.write(name, content)
}

func (w *watchRun) remove(name string) {
	w.t.Helper()
	w.look()
	if err := os.Remove(name); err != nil {
		w.t.Fatal(err)
	}
}

// stop interrupts generate and checks that it ends well and leaves nothing behind.
func (w *watchRun) stop() {
	w.t.Helper()
	w.cancel()
	select {
	case status := <-w.status:
		if status != exitGood {
			w.t.Errorf("status %d", status)
		}
	case <-time.After(patience):
		w.t.Fatal("generate does not end")
	}
	w.leaks.Check(w.t)
}

func writeFile(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}
