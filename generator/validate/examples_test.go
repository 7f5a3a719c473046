package validate_test

import (
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/wpsgen/wpsgen/generator/diag"
)

// TestExamples validates the wrong and the right example of every code of a file's: the wrong one has that
// code and no other error, the right one nothing at all.
func TestExamples(t *testing.T) {
	t.Setenv("GOFLAGS", "-mod=mod")
	t.Setenv("GOPROXY", "off")
	t.Setenv("GOWORK", "off")
	for _, d := range diag.Declarations() {
		if d.Code < diag.BadFunctionFile || d.Code >= diag.BadDefinition {
			continue // the generator's or the importer's own
		}
		archive, err := txtar.ParseFile(filepath.Join("..", "diag", "examples", string(d.Code)+".txtar"))
		if err != nil {
			t.Error(err)
			continue
		}
		dir := folder(t, string(txtar.Format(archive)))
		for _, side := range []string{"wrong", "right"} {
			write(t, filepath.Join(dir, side), "go.mod", "module example.com/app\n\ngo 1.26.0\n")
		}
		found := false
		for _, f := range run(t, filepath.Join(dir, "wrong")) {
			found = found || f.Code == d.Code
			if f.Code != d.Code && f.Severity() == diag.Error {
				t.Errorf("the wrong example of %s has %s", d.Code, strings.Join(spell(dir, []diag.Finding{f}), ""))
			}
		}
		if !found {
			t.Errorf("the wrong example of %s does not have it", d.Code)
		}
		if right := run(t, filepath.Join(dir, "right")); len(right) > 0 {
			t.Errorf("the right example of %s has %q", d.Code, spell(dir, right))
		}
	}
}
