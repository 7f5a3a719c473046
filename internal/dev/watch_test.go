package dev_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wpsgen/wpsgen/internal/dev"
)

func watch(t *testing.T, folders ...string) *dev.Watcher {
	t.Helper()
	w, err := dev.Watch(folders, func(path string) bool { return strings.HasSuffix(path, ".ignored") })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

func touch(t *testing.T, path string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
}

// expect waits for a change that names path, and takes others along the way.
func expect(t *testing.T, w *dev.Watcher, path string) {
	t.Helper()
	for {
		select {
		case changed := <-w.Changes():
			if slices.Contains(changed, path) {
				return
			}
		case <-time.After(time.Minute):
			t.Fatalf("no change of %s", path)
		}
	}
}

func TestWatchSeesFiles(t *testing.T) {
	dir := t.TempDir()
	touch(t, filepath.Join(dir, "sub", "a.go"))
	w := watch(t, dir)
	for _, name := range []string{"b.go", "sub/a.go", "sub/c.go"} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		touch(t, path)
		expect(t, w, path)
	}
	if err := os.Remove(filepath.Join(dir, "b.go")); err != nil {
		t.Fatal(err)
	}
	expect(t, w, filepath.Join(dir, "b.go"))
}

func TestWatchSeesNewFolders(t *testing.T) {
	dir, elsewhere := t.TempDir(), t.TempDir()
	w := watch(t, dir)
	touch(t, filepath.Join(elsewhere, "new", "deep", "a.go"))
	if err := os.Rename(filepath.Join(elsewhere, "new"), filepath.Join(dir, "new")); err != nil {
		t.Fatal(err)
	}
	expect(t, w, filepath.Join(dir, "new"))
	path := filepath.Join(dir, "new", "deep", "b.go")
	touch(t, path)
	expect(t, w, path)
}

func TestWatchAddsFolders(t *testing.T) {
	dir, other := t.TempDir(), t.TempDir()
	w := watch(t, dir)
	if err := w.Add(other, dir); err != nil {
		t.Fatal(err)
	}
	touch(t, filepath.Join(other, "a.go"))
	expect(t, w, filepath.Join(other, "a.go"))
}

// TestWatchAddsFolderAlone sees that a file below the folder does not count.
func TestWatchAddsFolderAlone(t *testing.T) {
	other := t.TempDir()
	touch(t, filepath.Join(other, "sub", "a.go"))
	w := watch(t, t.TempDir())
	if err := w.AddFolder(other); err != nil {
		t.Fatal(err)
	}
	touch(t, filepath.Join(other, "sub", "a.go"))
	last := filepath.Join(other, "go.work")
	touch(t, last)
	if changed := <-w.Changes(); !slices.Equal(changed, []string{last}) {
		t.Errorf("changed %v", changed)
	}
}

// TestWatchIgnores sees that only the last of several files counts: had the others, they would have been
// delivered with it or before it.
func TestWatchIgnores(t *testing.T) {
	dir := t.TempDir()
	w := watch(t, dir)
	touch(t, filepath.Join(dir, "a.ignored"))
	touch(t, filepath.Join(dir, ".git", "index"))
	touch(t, filepath.Join(dir, "empty", "a.ignored"))
	touch(t, filepath.Join(dir, "node_modules", "a.js"))
	last := filepath.Join(dir, "z.go")
	touch(t, last)
	if changed := <-w.Changes(); !slices.Equal(changed, []string{last}) {
		t.Errorf("changed %v", changed)
	}
}

func TestWatchNeedsItsFolders(t *testing.T) {
	if w, err := dev.Watch([]string{filepath.Join(t.TempDir(), "\x00")}, nil); err == nil {
		w.Close()
		t.Error("no error")
	}
}
