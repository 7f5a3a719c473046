package generator

import (
	"go/format"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/generator/project"
)

// TestExamples runs the generator on the wrong and the right example of every code, each an app of its
// own in one module: the wrong one has that code and no other error, the right one nothing at all. What is
// right compiles, with all that was generated.
func TestExamples(t *testing.T) {
	dir := newModule(t, "")
	for _, d := range ownCodes() {
		wrong, right := d.Code.Examples()
		writeExample(t, filepath.Join(dir, string(d.Code), "wrong"), wrong)
		writeExample(t, filepath.Join(dir, string(d.Code), "right"), right)
	}
	r := mustRun(t, dir)
	found := make(map[diag.Code]bool)
	for _, f := range r.Findings {
		code, rest, _ := strings.Cut(diag.Relative(dir, f.Place.File), "/")
		side, _, _ := strings.Cut(rest, "/")
		if side != "wrong" || code != string(f.Code) && f.Severity() == diag.Error {
			t.Errorf("the %s example of %s has %s", side, code, f)
		}
		found[f.Code] = found[f.Code] || code == string(f.Code)
	}
	for _, d := range ownCodes() {
		if !found[d.Code] {
			t.Errorf("the wrong example of %s has nothing wrong", d.Code)
		}
	}
	if err := r.Write(); err != nil {
		t.Fatal(err)
	}
	compile(t, dir, "./.../right/...")
}

// ownCodes are the codes of what the generator finds; those about files of other authors are those of packages
// validate and importer, those about packages pack's.
func ownCodes() []diag.Declaration {
	return slices.DeleteFunc(diag.Declarations(), func(d diag.Declaration) bool {
		return d.Code >= diag.BadFunctionFile && d.Code < diag.ForeignFile && d.Code != diag.BadDefinition || d.Code >= diag.NoProgramName
	})
}

// writeExample writes an example as an app.
func writeExample(t *testing.T, dir string, files []diag.ExampleFile) {
	t.Helper()
	if len(files) == 0 {
		t.Errorf("there is no example for %s", dir)
	}
	writeFile(t, filepath.Join(dir, project.File), "")
	for _, f := range files {
		writeFile(t, filepath.Join(dir, f.Name), f.Text)
		if strings.HasSuffix(f.Name, ".go") && filepath.Base(dir) == "right" {
			if formatted, err := format.Source([]byte(f.Text)); err != nil || string(formatted) != f.Text {
				t.Errorf("%s/%s is not as gofmt has it: %v", dir, f.Name, err)
			}
		}
	}
}
