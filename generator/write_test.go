package generator

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const twoFunctions = `
-- app.go --
package app

//wps:http
func Hello() {}

//wps:http
func Bye() {}
`

// TestFileInPlaceOfFolder blocks one function's folder: the error names it, and all else is written whole.
func TestFileInPlaceOfFolder(t *testing.T) {
	dir := newModule(t, twoFunctions+"-- hello --\nmine\n")
	err := mustRun(t, dir).Write()
	if err == nil || !strings.Contains(err.Error(), filepath.Join(dir, "hello")) || !strings.Contains(err.Error(), "not a directory") {
		t.Errorf("the error does not say what is in the way: %v", err)
	}
	want := []string{"app.go", "bye", "bye/function.json", "go.mod", "hello", "wps_gen.go"}
	if got := filesBelow(t, dir); !slices.Equal(got, want) {
		t.Errorf("there is %q, want %q", got, want)
	}
	if got := readFile(t, filepath.Join(dir, "hello")); got != "mine\n" {
		t.Errorf("the file in the way is %q now", got)
	}
	if left := mustRun(t, dir).Changes; len(left) != 1 {
		t.Errorf("the next run has %d changes, want the one that failed", len(left))
	}
}

// TestFailedReplacementLeavesOld makes the last step of writing fail: the folder has what it had.
func TestFailedReplacementLeavesOld(t *testing.T) {
	dir := t.TempDir()
	target := filepath.Join(dir, "target")
	writeFile(t, filepath.Join(target, "inner.txt"), "mine")
	err := WriteFile(target, []byte("new"), 0o644)
	if err == nil || !strings.Contains(err.Error(), target) {
		t.Errorf("error %v, want one that names the file", err)
	}
	if got := filesBelow(t, dir); !slices.Equal(got, []string{"target", "target/inner.txt"}) {
		t.Errorf("there is %q", got)
	}
}

func TestWriteKeepsModeAndTells(t *testing.T) {
	dir := newModule(t, twoFunctions)
	r := mustRun(t, dir)
	if got, want := verbs(r), []string{"create", "create", "create"}; !slices.Equal(got, want) {
		t.Errorf("changes %q, want %q", got, want)
	}
	if err := r.Write(); err != nil {
		t.Fatal(err)
	}
	glue := filepath.Join(dir, glueFile)
	if err := os.Chmod(glue, 0o600); err != nil {
		t.Fatal(err)
	}
	source := filepath.Join(dir, "app.go")
	writeFile(t, source, strings.Replace(readFile(t, source), "//wps:http\nfunc Bye", "func Bye", 1))
	r = mustRun(t, dir)
	if got, want := verbs(r), []string{"remove", "update"}; !slices.Equal(got, want) {
		t.Errorf("changes %q, want %q", got, want)
	}
	if err := r.Write(); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(glue)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v, want what it had", info.Mode(), err)
	}
	want := []string{"app.go", "go.mod", "hello", "hello/function.json", "wps_gen.go"}
	if got := filesBelow(t, dir); !slices.Equal(got, want) {
		t.Errorf("there is %q, want %q", got, want)
	}
}

// TestRemoveFails names what could not be removed.
func TestRemoveFails(t *testing.T) {
	path := filepath.Join(t.TempDir(), "gone", functionFile)
	r := &Result{Changes: []Change{{Path: path, Old: []byte("x")}}}
	if err := r.Write(); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("error %v, want one that names %s", err, path)
	}
}

func verbs(r *Result) []string {
	var out []string
	for _, c := range r.Changes {
		out = append(out, c.Verb())
	}
	return out
}

func filesBelow(t *testing.T, dir string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
		if rel, _ := filepath.Rel(dir, path); rel != "." {
			out = append(out, filepath.ToSlash(rel))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestWriteRemovesFirst has a file come where a folder goes, as happens under names that differ in case alone
// where a file system takes no notice of that.
func TestWriteRemovesFirst(t *testing.T) {
	dir := t.TempDir()
	old := filepath.Join(dir, "x", functionFile)
	writeFile(t, old, "{}")
	if err := writeAll([]Change{{Path: filepath.Join(dir, "x"), New: []byte("new")}, {Path: old, Old: []byte("{}")}}); err != nil {
		t.Fatal(err)
	}
	if got := readFile(t, filepath.Join(dir, "x")); got != "new" {
		t.Errorf("it is %q", got)
	}
}
