package lint

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"
)

// newModule copies testdata into a module that finds this checkout's runtime.
func newModule(t *testing.T) string {
	t.Helper()
	t.Setenv("GOFLAGS", "-mod=mod")
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(dir, os.DirFS("testdata")); err != nil {
		t.Fatal(err)
	}
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	sum, err := os.ReadFile(filepath.Join(root, "go.sum"))
	if err != nil {
		t.Fatal(err)
	}
	mod := "module lint.test\n\ngo 1.26.0\n\nrequire github.com/wpsgen/wpsgen v0.0.0\n\nreplace github.com/wpsgen/wpsgen => " + root + "\n"
	for name, content := range map[string][]byte{"go.mod": []byte(mod), "go.sum": sum} {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestAnalyzer(t *testing.T) {
	var related []string
	for _, r := range analysistest.RunWithSuggestedFixes(t, newModule(t), Analyzer, "./chat", "./quiet", "./shared", "./tested") {
		for _, d := range r.Action.Diagnostics {
			checkDiagnostic(t, d)
			for _, other := range d.Related {
				at := r.Action.Package.Fset.Position(other.Pos)
				related = append(related, fmt.Sprintf("%s %s:%d:%d", d.Category, filepath.Base(at.Filename), at.Line, at.Column))
			}
		}
	}
	if want := "WPS206 again.go:3:1"; !slices.Contains(related, want) {
		t.Errorf("related places are %q; want %q among them", related, want)
	}
}

func checkDiagnostic(t *testing.T, d analysis.Diagnostic) {
	t.Helper()
	if !strings.HasPrefix(d.Message, d.Category+": ") {
		t.Errorf("%q is of category %q", d.Message, d.Category)
	}
	if !strings.HasSuffix(d.URL, "docs/codes.md#"+strings.ToLower(d.Category)) {
		t.Errorf("the page about %s is %s", d.Category, d.URL)
	}
	if d.End <= d.Pos {
		t.Errorf("%s begins at %d and ends at %d", d.Message, d.Pos, d.End)
	}
	if d.Category == "WPS214" {
		t.Error("a warning is reported without being asked for")
	}
}

// TestStrict has warnings reported, too.
func TestStrict(t *testing.T) {
	analyzer := newAnalyzer()
	if err := analyzer.Flags.Set("strict", "true"); err != nil {
		t.Fatal(err)
	}
	analysistest.Run(t, newModule(t), analyzer, "./warned")
}
