//go:build unix

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestInitReadOnly makes an app and a function where nothing may be written.
func TestInitReadOnly(t *testing.T) {
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	dir := newShutApp(t, map[string]string{
		"shut/mine.txt":   "mine\n",
		"checkout/go.mod": "module github.com/wpsgen/wpsgen\n\ngo 1.26.0\n",
		"lib/lib.go":      "package lib\n",
		"go.mod":          "module example.com/app\n\ngo 1.26.0\n\nrequire github.com/wpsgen/wpsgen v0.0.0\n\nreplace github.com/wpsgen/wpsgen => " + root + "\n",
		"shut/shut.go":    "package shut\n",
	})
	for _, args := range [][]string{
		{"init", "shut", "--module", "example.com/shut", "--replace", "checkout"},
		{"init", "shut/deep/er", "--module", "example.com/shut", "--replace", "checkout"},
		{"new", "event", "Rename", "--hub", "chat", "--file", "shut/rename.go"},
	} {
		status, out, errOut := runUnprivileged(t, dir, args...)
		if status != exitTrouble || out != "" || !strings.Contains(errOut, "nothing was written: ") || !strings.Contains(errOut, "permission denied") {
			t.Errorf("%v: status %d\n%s%s", args, status, out, errOut)
		}
		left, err := os.ReadDir(filepath.Join(dir, "shut"))
		if err != nil || len(left) != 2 {
			t.Errorf("%v: the folder has %v %v, want what it had", args, left, err)
		}
	}
}

// TestInitShutModule: what cannot be added to go.mod takes the files along.
func TestInitShutModule(t *testing.T) {
	dir := newShutApp(t, map[string]string{
		"shut/go.mod":     "module example.com/app\n\ngo 1.26.0\n",
		"shut/app/x.txt":  "x\n",
		"checkout/go.mod": "module github.com/wpsgen/wpsgen\n\ngo 1.26.0\n",
	})
	status, out, errOut := runUnprivileged(t, dir, "init", "shut/app", "--replace", "checkout")
	if status != exitTrouble || out != "" || !strings.Contains(errOut, "go.mod") || !strings.Contains(errOut, "permission denied") {
		t.Errorf("status %d\n%s%s", status, out, errOut)
	}
	if left, err := os.ReadDir(filepath.Join(dir, "shut", "app")); err != nil || len(left) != 1 {
		t.Errorf("the folder has %v %v, want what it had", left, err)
	}
}
