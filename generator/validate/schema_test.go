package validate_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/wpsgen/wpsgen/generator/binding"
	"github.com/wpsgen/wpsgen/internal/jsonschema/schematest"
)

// TestCorpusFitsSchema holds real function.json files against the schema: those that people who read them found
// valid fit it, unless strict parsers, which decode them here, refuse them, or a placeholder stands for the hub,
// of which validate warns. Others may fit or not: a schema says less than validate does.
func TestCorpusFitsSchema(t *testing.T) {
	set, err := binding.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	src, err := binding.FunctionSchema(set).Text()
	if err != nil {
		t.Fatal(err)
	}
	schema := schematest.Schema(t, src)
	valid, refused := 0, 0
	for _, row := range corpusRows(t, "index.tsv") {
		if row["kind"] != "function" || row["strict_json"] != "yes" {
			continue
		}
		text, err := os.ReadFile(filepath.Join(corpus, row["file"]))
		if err != nil {
			t.Fatal(err)
		}
		wrong := schematest.Validate(schema, schematest.Decode(t, text))
		switch {
		case row["verdict"] == "valid" && len(wrong) > 0 && row["warnings"] != "placeholder-hub":
			t.Errorf("%s: %q", row["file"], wrong)
		case row["verdict"] == "valid":
			valid++
		case row["verdict"] == "invalid" && len(wrong) > 0:
			refused++
		}
	}
	t.Logf("%d valid files fit, %d invalid ones do not", valid, refused)
	if valid == 0 || refused == 0 {
		t.Error("no valid file fits, or no invalid one is refused")
	}
}
