package importer_test

import (
	"path/filepath"
	"testing"

	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/generator/importer"
)

// TestExamples imports the wrong and the right example of every code of the import: the wrong one has that code
// and no other, the right one nothing at all.
func TestExamples(t *testing.T) {
	for _, d := range diag.Declarations() {
		if d.Code < diag.ImportChanged || d.Code > diag.NotInWebApp {
			continue
		}
		t.Run(string(d.Code), func(t *testing.T) {
			wrong, right := d.Code.Examples()
			found := importExample(t, wrong)
			if len(found) == 0 {
				t.Error("the wrong example has nothing wrong")
			}
			for _, f := range found {
				if f.Code != d.Code {
					t.Errorf("the wrong example has %s", f)
				}
			}
			for _, f := range importExample(t, right) {
				t.Errorf("the right example has %s", f)
			}
		})
	}
}

func importExample(t *testing.T, files []diag.ExampleFile) []diag.Finding {
	t.Helper()
	dir := t.TempDir()
	for _, f := range files {
		write(t, filepath.Join(dir, filepath.FromSlash(f.Name)), f.Text)
	}
	result, err := importer.Run(importer.Config{Dir: dir, Module: "example.com/app", Runtime: own(t)})
	if err != nil {
		t.Fatal(err)
	}
	return result.Findings
}
