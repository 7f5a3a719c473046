package main

import (
	"fmt"
	"go/format"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/generator/binding"
	"github.com/wpsgen/wpsgen/generator/project"
	"github.com/wpsgen/wpsgen/internal/jsonschema/schematest"
)

// TestGuidePrograms generates and compiles every whole program in the guides, each on its own. That of the first
// app has several files and a test that follows it.
func TestGuidePrograms(t *testing.T) {
	dir := t.TempDir()
	programs := 0
	for _, f := range markdownFiles(t) {
		blocks, _ := f.split()
		for _, b := range blocks {
			if f.path == "docs/guides/first-app.md" || b.language != "go" || !strings.Contains(b.text(), "\nfunc main()") {
				continue
			}
			programs++
			app := filepath.Join(dir, fmt.Sprintf("program%d", programs))
			writeGuideProgram(t, app, b.text())
			if formatted, err := format.Source([]byte(b.text())); err != nil || string(formatted) != b.text() {
				t.Errorf("%s:%d: the program is not as gofmt has it: %v", f.path, b.line, err)
			}
		}
	}
	if programs < 4 {
		t.Errorf("only %d programs were found", programs)
	}
	root, err := filepath.Abs(filepath.Dir(docs))
	if err != nil {
		t.Fatal(err)
	}
	sum, err := os.ReadFile(filepath.Join(root, "go.sum"))
	if err != nil {
		t.Fatal(err)
	}
	mod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	_, needs, _ := strings.Cut(string(mod), "\nrequire (")
	needs = strings.ReplaceAll(needs, "ignore ./e2e/node_modules", "")
	writeFile(t, filepath.Join(dir, "go.mod"), "module example.com/guides\n\ngo 1.26.0\n\nrequire github.com/wpsgen/wpsgen v0.0.0\n\nreplace github.com/wpsgen/wpsgen => "+root+"\n\nrequire ("+needs)
	writeFile(t, filepath.Join(dir, "go.sum"), string(sum))
	t.Setenv("GOFLAGS", "-mod=mod")
	t.Setenv("GOPROXY", "off")
	t.Chdir(dir)
	out := &screen{t: t}
	if status := run(t.Context(), []string{"generate", "./..."}, out, out); status != exitGood {
		t.Fatalf("status %d\n%s", status, out.output())
	}
	vet := exec.Command("go", "vet", "./...")
	if said, err := vet.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, said)
	}
}

func writeGuideProgram(t *testing.T, dir, source string) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(dir, "main.go"), source)
	writeFile(t, filepath.Join(dir, "wpsgen.yaml"), "")
}

// TestGuideFiles holds each function.json and wpsgen.yaml in the pages against its schema and its reader.
func TestGuideFiles(t *testing.T) {
	set, err := binding.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	src, err := binding.FunctionSchema(set).Text()
	if err != nil {
		t.Fatal(err)
	}
	schema, files := schematest.Schema(t, src), 0
	for _, f := range handWritten(t) {
		blocks, _ := f.split()
		for _, b := range blocks {
			switch {
			case b.language == "json" && strings.Contains(b.text(), `"bindings"`):
				files++
				for _, wrong := range schematest.Validate(schema, schematest.Decode(t, []byte(b.text()))) {
					t.Errorf("%s:%d: %s", f.path, b.line, wrong)
				}
			case b.language == "yaml" && isProject.MatchString(b.text()) && !strings.HasPrefix(b.text(), "verb:"):
				files++
				if _, findings := project.Read(f.path, []byte(b.text())); len(findings) > 0 {
					t.Errorf("%s:%d: %v", f.path, b.line, findings)
				}
			}
		}
	}
	if files < 4 {
		t.Errorf("only %d files were found", files)
	}
}

// isProject finds what is a wpsgen.yaml.
var isProject = regexp.MustCompile(`(?m)^(upstream|rules|bindings):`)
