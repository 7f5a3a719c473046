package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"wpsgen": main})
}

// TestScripts runs testdata/script/*.txtar. A script's first comment line says what it shows; it has
// these commands of its own beside testscript's:
//
//	module PATH            write a go.mod that finds this checkout's runtime
//	stamp FILE…            make files look written long ago
//	unwritten FILE…        fail if one was written since
//	exits STATUS WPSGEN…   run a program and hold its exit status against this one
//
// The condition [downloaded:MODULE] holds where some version of a module has been downloaded. $STATICCHECK is the
// staticcheck that CI runs, $DOWNLOADED a GOPROXY of what has been downloaded.
//
// The race detector would make hundreds of programs slow to load, of which each does one thing after the other.
// What wpsgen does at once, in dev and watch, has tests of its own.
func TestScripts(t *testing.T) {
	if raceEnabled {
		t.Skip("scripts run without the race detector")
	}
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       os.Getenv("UPDATE_SCRIPTS") != "",
		Setup:               setup,
		Condition:           condition,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"module":    cmdModule,
			"stamp":     cmdStamp,
			"unwritten": cmdUnwritten,
			"exits":     cmdExits,
		},
	})
}

func setup(env *testscript.Env) error {
	for _, name := range []string{"GOCACHE", "GOMODCACHE"} {
		dir, err := exec.Command("go", "env", name).Output()
		if err != nil {
			return err
		}
		env.Setenv(name, strings.TrimSpace(string(dir)))
	}
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		return err
	}
	env.Setenv("WPSGEN_ROOT", root)
	env.Setenv("GOFLAGS", "-mod=mod")
	env.Setenv("GOPROXY", "off")
	env.Setenv("GOSUMDB", "off")
	env.Setenv("GOTOOLCHAIN", "local")
	env.Setenv("NO_COLOR", "1")
	return setStaticcheck(env, root)
}

// setStaticcheck names the staticcheck that CI runs, and the downloaded modules as where it comes from.
func setStaticcheck(env *testscript.Env, root string) error {
	step, err := os.ReadFile(filepath.Join(root, ".ci", "steps", "20-static.sh"))
	if err != nil {
		return err
	}
	env.Setenv("STATICCHECK", string(regexp.MustCompile(`honnef\.co/\S+@\S+`).Find(step)))
	env.Setenv("DOWNLOADED", "file://"+filepath.ToSlash(filepath.Join(env.Getenv("GOMODCACHE"), "cache", "download")))
	return nil
}

// condition knows [downloaded:MODULE].
func condition(name string) (bool, error) {
	module, ok := strings.CutPrefix(name, "downloaded:")
	if !ok {
		return false, fmt.Errorf("unknown condition %s", name)
	}
	dir, err := exec.Command("go", "env", "GOMODCACHE").Output()
	if err != nil {
		return false, err
	}
	found, err := filepath.Glob(filepath.Join(strings.TrimSpace(string(dir)), filepath.FromSlash(module)+"@*"))
	return len(found) > 0, err
}

func cmdModule(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: module PATH")
	}
	root := ts.Getenv("WPSGEN_ROOT")
	mod := fmt.Sprintf("module %s\n\ngo %s\n\nrequire github.com/wpsgen/wpsgen v0.0.0\n\nreplace github.com/wpsgen/wpsgen => %s\n",
		args[0], strings.TrimPrefix(runtime.Version(), "go"), root)
	ts.Check(os.WriteFile(ts.MkAbs("go.mod"), []byte(mod), 0o666))
	sum, err := os.ReadFile(filepath.Join(root, "go.sum"))
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs("go.sum"), sum, 0o666))
}

// longAgo is what stamp sets a file's time to: a file written since has another, whatever the clock's grain.
var longAgo = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

func cmdStamp(ts *testscript.TestScript, neg bool, args []string) {
	for _, name := range args {
		ts.Check(os.Chtimes(ts.MkAbs(name), longAgo, longAgo))
	}
}

func cmdUnwritten(ts *testscript.TestScript, neg bool, args []string) {
	for _, name := range args {
		info, err := os.Stat(ts.MkAbs(name))
		ts.Check(err)
		if !info.ModTime().Equal(longAgo) {
			ts.Fatalf("%s was written", name)
		}
	}
}

func cmdExits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits STATUS PROGRAM [ARG…]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit status %d, want %d", got, want)
	}
}
