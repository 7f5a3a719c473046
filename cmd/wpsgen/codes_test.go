package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/generator/diag"
)

// TestEachCodeHasScript holds the codes and testdata/script/WPS*.txtar against each other.
func TestEachCodeHasScript(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join("testdata", "script", "WPS*.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	var scripts []diag.Code
	for _, path := range paths {
		scripts = append(scripts, diag.Code(strings.TrimSuffix(filepath.Base(path), ".txtar")))
	}
	var codes []diag.Code
	for _, d := range diag.Declarations() {
		codes = append(codes, d.Code)
		if !slices.Contains(scripts, d.Code) {
			t.Errorf("%s (%s) has no script", d.Code, d.Title)
		}
	}
	for _, s := range scripts {
		if !slices.Contains(codes, s) {
			t.Errorf("%s.txtar is about no code", s)
		}
	}
}

var foundCode = regexp.MustCompile(`(?m)^[^\t].*: (WPS\d+): `)

// TestScriptsShowTheirCode makes sure that a code's script is about it.
func TestScriptsShowTheirCode(t *testing.T) {
	for _, d := range diag.Declarations() {
		text, err := os.ReadFile(filepath.Join("testdata", "script", string(d.Code)+".txtar"))
		if err != nil {
			t.Error(err)
			continue
		}
		found := 0
		for _, m := range foundCode.FindAllStringSubmatch(string(text), -1) {
			if m[1] == string(d.Code) {
				found++
			}
		}
		if found == 0 {
			t.Errorf("%s.txtar shows no finding", d.Code)
		}
		if title := "# " + string(d.Code) + ": " + d.Title; !strings.HasPrefix(string(text), title) {
			t.Errorf("%s.txtar does not begin with %q", d.Code, title)
		}
	}
}
