package generator

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"
)

// TestList holds the packages that wpsgen finds itself against those that the go command lists.
func TestList(t *testing.T) {
	for _, c := range []struct {
		name    string
		archive string
		in      string // the folder, from the module's
		env     []string
		unsure  bool // the go command has to say
	}{
		{name: "no packages", archive: "-- a.txt --\n"},
		{name: "folders", archive: "-- main.go --\npackage main\n-- a/a.go --\npackage other\n-- a/b/c/x.go --\npackage c\n-- a/internal/x.go --\npackage internal\n-- docs/a.md --\n"},
		{name: "tests only", archive: "-- a/a_test.go --\npackage a\n-- b/b_test.go --\npackage b_test\n-- c/c.go --\npackage c\n-- c/c_test.go --\npackage c_test\n"},
		{name: "excluded", archive: "-- a/a.go --\n//go:build ignore\n\npackage a\n-- b/b.go --\npackage b\n-- b/b_plan9.go --\npackage b\n-- b/_c.go --\npackage c\n-- b/.d.go --\npackage d\n-- c/c_windows_amd64.go --\npackage c\n"},
		{name: "constraints", archive: "-- a/a.go --\n//go:build unix && go1.20\n\npackage a\n-- a/b.go --\n//go:build go1.999\n\npackage a\n-- a/c.go --\n//go:build goexperiment.greenteagc || amd64.v1\n\npackage a\n-- a/d.go --\n// +build ignore\n\npackage a\n-- a/e.go --\n//go:build race\n\npackage a\n"},
		{name: "tags", env: []string{"GOFLAGS=-tags=one,two -race"}, archive: "-- a/a.go --\n//go:build one && race\n\npackage a\n-- a/b.go --\n//go:build !two\n\npackage a\n"},
		{name: "another system", env: []string{"GOOS=windows", "GOARCH=arm64"}, archive: "-- a/a_windows.go --\npackage a\n-- a/a_arm64.s --\n-- a/b_linux.go --\npackage a\n-- b/c_unix.go --\npackage b\n-- b/d.go --\n//go:build unix\n\npackage b\n"},
		{name: "cgo", archive: "-- a/a.go --\npackage a\n\nimport \"C\"\n-- a/b.go --\npackage a\n-- a/c.c --\n"},
		{name: "no cgo", env: []string{"CGO_ENABLED=0"}, archive: "-- a/a.go --\npackage a\n\nimport \"C\"\n-- b/b.go --\npackage b\n-- b/c.go --\npackage b\n\nimport \"C\"\n"},
		{name: "C without cgo", archive: "-- a/a.go --\npackage a\n-- a/c.c --\n"},
		{name: "passed over", archive: "-- testdata/a.go --\npackage a\n-- _a/a.go --\npackage a\n-- .a/a.go --\npackage a\n-- a/vendor/b/b.go --\npackage b\n-- a/a.go --\npackage a\n"},
		{name: "in testdata", in: "testdata/a", archive: "-- testdata/a/a.go --\npackage a\n-- testdata/a/b/b.go --\npackage b\n"},
		{name: "below", in: "a", archive: "-- a/a.go --\npackage a\n-- a/b/b.go --\npackage b\n-- c/c.go --\npackage c\n"},
		{name: "node_modules", archive: "-- node_modules/x/a.go --\npackage x\n-- node_modules/y/go.mod --\nmodule y\n-- node_modules/y/y.go --\npackage y\n"},
		{name: "modules below", archive: "-- a/go.mod --\nmodule a\n-- a/a.go --\npackage a\n-- b/go.mod/x.go --\npackage x\n-- b/b.go --\npackage b\n"},
		{name: "body that does not parse", archive: "-- a/a.go --\npackage a\n\nfunc f() { }}} if\n-- a/b.go --\npackage a\n\nfunc g() { undefined() }\n"},
		{name: "imports of what is not there", archive: "-- a/a.go --\npackage a\n\nimport _ \"example.com/none\"\nimport _ \"example.com/app/none\"\n"},
		{name: "embeds what is not there", archive: "-- a/a.go --\npackage a\n\nimport _ \"embed\"\n\n//go:embed none.txt\nvar s string\n"},
		{name: "a ring of imports", archive: "-- a/a.go --\npackage a\n\nimport _ \"example.com/app/b\"\n-- b/b.go --\npackage b\n\nimport _ \"example.com/app/a\"\n"},
		{name: "folder like a file", archive: "-- a/x.go/b.txt --\n-- a/a.go --\npackage a\n-- b.go/b.go --\npackage b\n"},
		{name: "names of folders", archive: "-- a-b/a.go --\npackage a\n-- v1.2/a.go --\npackage v\n-- a~b/a.go --\npackage a\n-- A_b/a.go --\npackage a\n"},
		{name: "byte order mark", archive: "-- a/a.go --\n\ufeffpackage a\n-- b/b.go --\n//go:build ignore\r\n\r\npackage b\r\n"},
		{name: "comments before the package clause", archive: "-- a/a.go --\n/* x */ // y\n\n// Package a.\npackage a // import \"elsewhere\"\n"},

		{name: "C beside tests", unsure: true, archive: "-- a/a_test.go --\npackage a\n-- a/a.c --\n"},
		{name: "imports that do not parse", unsure: true, archive: "-- a/a.go --\npackage a\n\nimport x y\n-- b/b.go --\npackage b\n"},
		{name: "empty file", unsure: true, archive: "-- a/a.go --\n-- b/b.go --\npackage b\n"},
		{name: "two packages in a folder", unsure: true, archive: "-- a/a.go --\npackage a\n-- a/b.go --\npackage b\n"},
		{name: "bad constraint", unsure: true, archive: "-- a/a.go --\n//go:build (\n\npackage a\n"},
		{name: "blank in a folder's name", unsure: true, archive: "-- a b/a.go --\npackage a\n"},
		{name: "other letters", unsure: true, archive: "-- ä/a.go --\npackage a\n"},
		{name: "reserved folder name", unsure: true, archive: "-- con/a.go --\npackage a\n"},
		{name: "differ in case", unsure: true, archive: "-- a/a.go --\npackage a\n-- A/a.go --\npackage a\n"},
		{name: "code in vendor itself", unsure: true, archive: "-- vendor/a.go --\npackage a\n"},
		{name: "below vendor", in: "vendor/x", unsure: true, archive: "-- vendor/x/a.go --\npackage a\n"},
		{name: "left out by go.mod", unsure: true, archive: "-- go.mod --\nmodule example.com/app\n\ngo 1.26.0\n\nignore ./a\n-- a/a.go --\npackage a\n-- b/b.go --\npackage b\n"},
		{name: "a module of a longer path", unsure: true, archive: "-- go.mod --\nmodule example.com/app\n\ngo 1.26.0\n\nrequire example.com/app/a v1.0.0\n\nreplace example.com/app/a => ./x\n-- x/go.mod --\nmodule example.com/app/a\n-- x/a.go --\npackage a\n-- a/a.go --\npackage a\n"},
		{name: "tools and other modules in go.mod", archive: "-- go.mod --\nmodule example.com/app\n\ngo 1.26.0\n\ntool example.com/app/a\n\nrequire example.com/gitignore v1.0.0\n-- a/a.go --\npackage a\n"},
		{name: "an old go.mod", unsure: true, archive: "-- go.mod --\nmodule example.com/app\n\ngo 1.16\n-- a/a.go --\npackage a\n"},
		{name: "named like the standard library", unsure: true, archive: "-- go.mod --\nmodule net\n\ngo 1.26.0\n-- http/a.go --\npackage http\n-- mine/a.go --\npackage mine\n"},
		{name: "not a module", unsure: true, env: []string{"GO111MODULE=off"}, archive: "-- a/a.go --\npackage a\n"},
		{name: "overlay", unsure: true, env: []string{"GOFLAGS=-overlay=none.json"}, archive: "-- a/a.go --\npackage a\n"},
		{name: "driver", unsure: true, env: []string{"GOPACKAGESDRIVER=/nowhere"}, archive: "-- a/a.go --\npackage a\n"},
		{name: "broken go.mod", unsure: true, archive: "-- go.mod --\nmodul example.com/app\n-- a/a.go --\npackage a\n"},
		{name: "go.mod that asks for a newer go", unsure: true, env: []string{"GOTOOLCHAIN=local"}, archive: "-- go.mod --\nmodule example.com/app\n\ngo 1.999\n-- a/a.go --\npackage a\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := newModule(t, c.archive)
			listsAlike(t, Config{Dir: filepath.Join(dir, c.in), Env: append(os.Environ(), c.env...)}, c.unsure)
		})
	}
}

// listsAlike compares the two lists of a folder, or checks that there is but one.
func listsAlike(t *testing.T, cfg Config, unsure bool) {
	t.Helper()
	tree, err := walk(cfg.Dir)
	if err != nil {
		t.Fatal(err)
	}
	own, sure := askGo(cfg).list(cfg.Dir, tree)
	if sure == unsure {
		t.Fatalf("sure: %v", sure)
	}
	if unsure {
		return
	}
	listed, err := packages.Load(&packages.Config{
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedModule, Dir: cfg.Dir, Env: cfg.Env,
	}, "./...")
	if err != nil {
		t.Fatal(err)
	}
	if got, want := packagesText(own), packagesText(listed); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// packagesText is what the generator looks at of packages, in order of their paths.
func packagesText(listed []*packages.Package) string {
	var lines []string
	for _, p := range listed {
		main := p.Module != nil && p.Module.Main
		lines = append(lines, fmt.Sprintf("%s %s in %s %s %v: %q, not %q\n", p.PkgPath, p.Name, p.Dir, moduleDir(p), main, p.GoFiles, p.IgnoredFiles))
	}
	slices.Sort(lines)
	return strings.Join(lines, "")
}

func TestListLinks(t *testing.T) {
	dir := newModule(t, "-- a/a.go --\npackage a\n-- files/b.go --\npackage a\n")
	for link, to := range map[string]string{
		"a/b.go": "../files/b.go", "a/gone.go": "nowhere.go", "a/folder.go": "../files", "linked": "files", "files/wps_gen.go": "b.go",
	} {
		if err := os.Symlink(filepath.FromSlash(to), filepath.Join(dir, filepath.FromSlash(link))); err != nil {
			t.Skip(err)
		}
	}
	listsAlike(t, Config{Dir: dir}, true) // a link leads nowhere
	if err := os.Remove(filepath.Join(dir, "a", "gone.go")); err != nil {
		t.Fatal(err)
	}
	listsAlike(t, Config{Dir: dir}, false)
}

func TestListWorkspace(t *testing.T) {
	dir := newModule(t, `
-- a/a.go --
package a
-- b/go.mod --
module example.com/b

go 1.26.0
-- b/b.go --
package b
-- b/c/c.go --
package c
-- b/d/go.mod --
module example.com/d

go 1.26.0
-- b/d/d.go --
package d
-- go.work --
go 1.26.0

use (
	.
	./b
)
`)
	t.Setenv("GOWORK", "")
	t.Setenv("GOFLAGS", "")
	for in, unsure := range map[string]bool{".": false, "a": false, "b": false, "b/c": false, "b/d": true} {
		t.Run(in, func(t *testing.T) { listsAlike(t, Config{Dir: filepath.Join(dir, in)}, unsure) })
	}
}

func TestGoEnvFileReplacesFiles(t *testing.T) {
	dir := newModule(t, "-- a/a.go --\npackage a\n-- env --\nGOFLAGS=-overlay=none.json\n")
	listsAlike(t, Config{Dir: dir, Env: append(os.Environ(), "GOFLAGS=", "GOENV="+filepath.Join(dir, "env"))}, true)
	listsAlike(t, Config{Dir: dir, Env: append(os.Environ(), "GOFLAGS=", "GOENV=off")}, false)
}

// TestStandard holds packages of the standard library against what the go command says of them.
func TestStandard(t *testing.T) {
	dir := newModule(t, "")
	for _, env := range [][]string{nil, {"CGO_ENABLED=0"}, {"GOOS=windows", "GOARCH=arm64"}} {
		cfg := Config{Dir: dir, Env: append(os.Environ(), env...)}
		paths := []string{"encoding/json", "net", "net/http", "os/user", "runtime/cgo", "time", "unique"}
		listed, err := packages.Load(&packages.Config{Mode: packages.NeedName | packages.NeedFiles, Dir: dir, Env: cfg.Env}, paths...)
		if err != nil {
			t.Fatal(err)
		}
		answer := askGo(cfg)
		for _, p := range listed {
			got := answer.standard(p.PkgPath)
			if len(p.Errors) > 0 {
				continue // nothing of it is built
			}
			if got == nil || got.Name != p.Name || !slices.Equal(got.GoFiles, p.GoFiles) {
				t.Errorf("%v: %s is %v, want %s with %q", env, p.PkgPath, got, p.Name, p.GoFiles)
			}
		}
		for _, path := range []string{"example.com/app", "none", "archive", "github.com/x/y"} {
			if got := answer.standard(path); got != nil {
				t.Errorf("%s is standard: %v", path, got)
			}
		}
	}
}

func TestNoGoCommand(t *testing.T) {
	dir := newModule(t, "-- a/a.go --\npackage a\n\n//wps:http\nfunc A() {}\n")
	t.Setenv("PATH", "")
	_, err := Run(Config{Dir: dir})
	if err == nil || !strings.HasPrefix(err.Error(), "cannot list packages: go command required") {
		t.Errorf("error %v", err)
	}
}
