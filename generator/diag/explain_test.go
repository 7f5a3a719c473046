package diag

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestExamplesComplete holds the codes and examples/*.txtar against each other; that they are what they say
// is tested where the generator is.
func TestExamplesComplete(t *testing.T) {
	names, err := fs.Glob(examples, "examples/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	declared := make(map[string]bool)
	for _, d := range Declarations() {
		declared["examples/"+string(d.Code)+".txtar"] = true
		if wrong, right := d.Code.Examples(); len(wrong) == 0 || len(right) == 0 {
			t.Errorf("%s lacks an example", d.Code)
		}
	}
	for _, name := range names {
		if !declared[name] {
			t.Errorf("%s is about no code", name)
		}
	}
	if wrong, right := Code("WPS999").Examples(); wrong != nil || right != nil {
		t.Error("a code that is none has examples")
	}
}

// TestPage holds docs/codes.md against the codes.
func TestPage(t *testing.T) {
	got, err := os.ReadFile(filepath.Join("..", "..", "docs", "codes.md"))
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != Page() {
		t.Error("docs/codes.md is another; go generate ./generator/diag writes it")
	}
	for _, d := range Declarations() {
		if !strings.Contains(Page(), "\n## "+string(d.Code)+"\n") {
			t.Errorf("docs/codes.md lacks %s", d.Code)
		}
	}
}

func TestExplain(t *testing.T) {
	for _, d := range Declarations() {
		for _, format := range []string{"text", "markdown", "json"} {
			var b strings.Builder
			if err := Explain(&b, d, format); err != nil {
				t.Fatal(err)
			}
			wrong, _ := d.Code.Examples()
			for _, want := range []string{string(d.Code), string(d.Severity), wrong[0].Name} {
				if !strings.Contains(b.String(), want) {
					t.Errorf("%s as %s lacks %q", d.Code, format, want)
				}
			}
			if format == "json" && !json.Valid([]byte(b.String())) {
				t.Errorf("%s is no JSON: %s", d.Code, b.String())
			}
		}
	}
	if err := Explain(&strings.Builder{}, Declarations()[0], "xml"); err == nil || !strings.Contains(err.Error(), "text, markdown or json") {
		t.Errorf("xml: %v", err)
	}
}
