package importer_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/generator/gomod"
	"github.com/wpsgen/wpsgen/generator/importer"
)

// corpus are real apps that stand beside the project, where they do.
const corpus = "../../../shared/corpus"

// TestCorpusFiles imports every function.json of the corpus, each as an app of its own: the Go app that comes
// of it has no mistake, whatever is wrong with the file.
func TestCorpusFiles(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(corpus, "*.function.json"))
	if err != nil || len(files) == 0 {
		t.Skip("there is no corpus beside the project")
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			dir := filepath.Join(t.TempDir(), "app")
			write(t, filepath.Join(dir, "handler", "function.json"), string(src))
			result, err := importer.Run(importer.Config{Dir: dir, Runtime: gomod.Own()})
			if err != nil {
				t.Fatal(err)
			}
			logFindings(t, result.Findings)
			if result.Refused() {
				if !diag.HasErrors(result.Findings) {
					t.Error("the app is refused without a reason")
				}
				return
			}
			checkStage(t, result)
		})
	}
}

// checkStage generates the new app and wants no mistake in it.
func checkStage(t *testing.T, result *importer.Result) *importer.Stage {
	t.Helper()
	stage, err := result.Stage(filepath.Join(t.TempDir(), "new"), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range stage.Findings {
		if f.Severity() == diag.Error {
			t.Errorf("the new app: %s", f)
		}
	}
	if t.Failed() {
		for _, f := range result.Files {
			if strings.HasSuffix(f.Name, ".go") {
				t.Logf("%s\n%s", f.Name, f.Content)
			}
		}
	}
	return stage
}

func logFindings(t *testing.T, findings []diag.Finding) {
	t.Helper()
	for _, f := range findings {
		t.Log(f)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
