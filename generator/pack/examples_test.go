package pack

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/generator/diag"
)

// TestExamples packs the wrong and the right example of every code of a package's: the wrong one has that code
// and nothing else, the right one nothing at all.
func TestExamples(t *testing.T) {
	for _, d := range diag.Declarations() {
		if d.Code < diag.NoProgramName || runtime.GOOS == windows && d.Code == diag.UnportableName {
			continue
		}
		wrong, right := d.Code.Examples()
		for _, f := range examine(t, wrong, d.Code) {
			if f.Code != d.Code {
				t.Errorf("the wrong example of %s has %s", d.Code, f)
			}
		}
		if got := examine(t, right, ""); len(got) > 0 {
			t.Errorf("the right example of %s has %v", d.Code, got)
		}
	}
}

// examine returns what is found in the files of an example, which has to have the code if one is given. What
// is a link says so in its text.
func examine(t *testing.T, files []diag.ExampleFile, code diag.Code) []diag.Finding {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		target, isLink := strings.CutPrefix(f.Text, "(a link to ")
		if !isLink {
			write(t, dir, f.Name, f.Text)
			continue
		}
		path := filepath.Join(dir, f.Name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(strings.TrimSuffix(target, ")\n"), path); err != nil {
			t.Skip("links need rights here: ", err)
		}
	}
	findings := collect(t, dir, DefaultTarget()).Findings
	if code != "" && len(findings) == 0 {
		t.Errorf("the wrong example of %s has nothing wrong", code)
	}
	return findings
}
