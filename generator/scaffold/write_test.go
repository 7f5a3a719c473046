package scaffold

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestWrite(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b")
	files := []File{{"one", []byte("1")}, {"two", []byte("2")}}
	undo, err := Write(dir, files)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if got, err := os.ReadFile(filepath.Join(dir, f.Name)); err != nil || string(got) != string(f.Content) {
			t.Errorf("%s: %q, %v", f.Name, got, err)
		}
	}
	if err := undo(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Dir(dir)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("folders are left: %v", err)
	}
}

func TestWriteNever(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{"there": "mine", "too": ""} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("nowhere", filepath.Join(dir, "link")); err != nil {
		t.Skip("this system makes no symbolic links")
	}
	_, err := Write(dir, []File{{"new", nil}, {"there", []byte("yours")}, {"link", []byte("x")}, {"too", []byte("x")}})
	var exists *ExistsError
	if !errors.As(err, &exists) || !slices.Equal(exists.Names, []string{"there", "link", "too"}) {
		t.Errorf("got %v", err)
	}
	if got, err := os.ReadFile(filepath.Join(dir, "there")); err != nil || string(got) != "mine" {
		t.Errorf("what was there is now %q, %v", got, err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 3 {
		t.Errorf("the folder has %v, %v", left, err)
	}
}

// TestWriteHalf: a file that cannot be written takes those before it along.
func TestWriteHalf(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	if _, err := Write(dir, []File{{"one", nil}, {"nowhere/two", nil}}); err == nil {
		t.Fatal("a file in a folder that is not there was written")
	}
	if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the folder is left: %v", err)
	}
}
