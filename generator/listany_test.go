package generator

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/tools/go/packages"
)

// What random modules are made of. The first folders and contents are the likely ones.
var (
	anyFolders  = []string{"", "a", "b", "a/b", "a/b/c", "vendor", "vendor/x", "testdata", "_x", ".y", "node_modules/p", "internal", "v2", "A", "a.b", "con", "x y", "a/vendor/q"}
	anyFiles    = []string{"a.go", "b.go", "c_test.go", "d_linux.go", "e_windows.go", "f_amd64.go", "_g.go", ".h.go", "wps_gen.go", "i.c", "j.s", "m_linux_test.go", "unix.go", "function.json", "go.mod"}
	anyContents = []string{
		"package a\n", "package a\n\nfunc f() {\n", "package b\n", "package a_test\n", "package main\n", "//go:build ignore\n\npackage a\n",
		"//go:build !linux\n\npackage a\n", "//go:build linux && cgo\n\npackage a\n", "package a\n\nimport \"C\"\n", "", "package documentation\n",
		"// c\npackage a // import \"x\"\n", "//+build ignore\n\npackage a\n", "package 1\n", "\ufeffpackage a\n",
	}
	anyEnv = []string{"X=", "GOOS=windows", "CGO_ENABLED=0", "GOFLAGS=-tags=cgo,ignore"}
)

// TestListAnyModule holds the two lists of modules made at random against each other.
func TestListAnyModule(t *testing.T) {
	seed := rand.Uint64()
	for i := range uint64(25) {
		t.Run(fmt.Sprintf("%#x,%d", seed, i), func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, i))
			dir := anyModule(t, r)
			cfg := Config{Dir: dir, Env: append(os.Environ(), anyEnv[r.IntN(len(anyEnv))])}
			tree, err := walk(dir)
			if err != nil {
				t.Fatal(err)
			}
			own, sure := askGo(cfg).list(dir, tree)
			if !sure {
				return
			}
			listed, err := packages.Load(&packages.Config{
				Mode: packages.NeedName | packages.NeedFiles | packages.NeedModule, Dir: dir, Env: cfg.Env,
			}, "./...")
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range listed {
				if err := listError(p); err != nil {
					t.Errorf("the go command has an error for %s: %v", p.PkgPath, err)
				}
			}
			if got, want := packagesText(own), packagesText(listed); got != want {
				t.Errorf("got\n%swant\n%s", got, want)
			}
		})
	}
}

func anyModule(t *testing.T, r *rand.Rand) string {
	t.Helper()
	dir := newModule(t, "")
	for range 1 + r.IntN(8) {
		folder, content := anyFolders[r.IntN(5)], anyContents[r.IntN(3)]
		if r.IntN(2) == 0 {
			folder = anyFolders[r.IntN(len(anyFolders))]
		}
		if r.IntN(3) == 0 {
			content = anyContents[r.IntN(len(anyContents))]
		}
		name := anyFiles[r.IntN(len(anyFiles))]
		if name == "go.mod" {
			content = "module z\n\ngo 1.26.0\n"
		}
		writeFile(t, filepath.Join(dir, folder, name), content)
	}
	return dir
}
