package pack

import (
	"archive/zip"
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// creatorUnix is the first byte of an entry's creator version that says Unix (APPNOTE.TXT 4.4.2).
const creatorUnix = 3

func TestZip(t *testing.T) {
	dir := newApp(t, map[string]string{"z.txt": "zzz", "a/b.txt": "b", "B.txt": "B"})
	program := filepath.Join(t.TempDir(), "program")
	write(t, filepath.Dir(program), "program", "ELF")
	if err := os.Chmod(filepath.Join(dir, "z.txt"), 0o700); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := collect(t, dir, DefaultTarget()).WriteZip(&b, program); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range z.File {
		got = append(got, f.Name)
		want := fs.FileMode(0o644)
		if f.Name == "app" {
			want = 0o755
		}
		if f.Mode() != want || f.CreatorVersion>>8 != creatorUnix {
			t.Errorf("%s has mode %v and creator %d, want %v and %d", f.Name, f.Mode(), f.CreatorVersion>>8, want, creatorUnix)
		}
		if !f.Modified.Equal(time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)) || f.Method != zip.Deflate {
			t.Errorf("%s has time %v and method %d", f.Name, f.Modified, f.Method)
		}
		if !filepath.IsLocal(f.Name) {
			t.Errorf("%s is not local", f.Name)
		}
	}
	if want := []string{"B.txt", "a/b.txt", "app", "hello/function.json", "host.json", "z.txt"}; !slices.Equal(got, want) {
		t.Errorf("entries %v, want %v", got, want)
	}
	if text, err := z.Open("app"); err != nil {
		t.Error(err)
	} else {
		var content bytes.Buffer
		if _, err := content.ReadFrom(text); err != nil || content.String() != "ELF" {
			t.Errorf("the program is %q %v", content.String(), err)
		}
	}
}

// TestWrite replaces a zip, and keeps it when the new one cannot be written.
func TestWrite(t *testing.T) {
	dir := newApp(t, nil)
	program := filepath.Join(t.TempDir(), "program")
	write(t, filepath.Dir(program), "program", "ELF")
	c := collect(t, dir, DefaultTarget())
	out := t.TempDir()
	path := filepath.Join(out, "app.zip")
	size, err := c.Write(path, program)
	if err != nil {
		t.Fatal(err)
	}
	first, err := os.ReadFile(path)
	if err != nil || int64(len(first)) != size {
		t.Fatalf("%d bytes %v, want %d", len(first), err, size)
	}
	if _, err := c.Write(path, program); err != nil {
		t.Fatal(err)
	}
	if again, err := os.ReadFile(path); err != nil || !bytes.Equal(first, again) {
		t.Errorf("the second is another: %v", err)
	}
	if _, err := c.Write(path, filepath.Join(out, "nowhere")); err == nil {
		t.Error("a program that is not there was packed")
	}
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(first, after) {
		t.Errorf("what was there did not stay: %v", err)
	}
	if left, err := os.ReadDir(out); err != nil || len(left) != 1 {
		t.Errorf("left are %v %v, want the zip alone", left, err)
	}
}

// TestLinksSince reads no file that was replaced by a link out of the app after it was collected.
func TestLinksSince(t *testing.T) {
	dir := newApp(t, map[string]string{"a.txt": "a"})
	program := filepath.Join(t.TempDir(), "program")
	write(t, filepath.Dir(program), "program", "ELF")
	c := collect(t, dir, DefaultTarget())
	path := filepath.Join(dir, "a.txt")
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(program, path); err != nil {
		t.Skip(err)
	}
	if err := c.WriteZip(&bytes.Buffer{}, program); err == nil {
		t.Error("the link was followed")
	}
}

func TestCheckOutput(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "old.zip", "PK\x05\x06")
	write(t, dir, "empty", "")
	write(t, dir, "main.go", "package main")
	for path, ok := range map[string]bool{
		"new.zip": true, "old.zip": true, "empty": true, "main.go": false, ".": false, "nowhere/new.zip": false, "main.go/new.zip": false,
	} {
		if err := CheckOutput(filepath.Join(dir, path)); (err == nil) != ok {
			t.Errorf("%s: %v, want good: %v", path, err, ok)
		}
	}
	if err := CheckOutput(os.DevNull); err == nil {
		t.Error("a device may be replaced")
	}
}
