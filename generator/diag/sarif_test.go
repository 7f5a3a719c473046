package diag

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/internal/jsonschema/schematest"
)

// TestSARIFValidates holds logs against the official schema.
func TestSARIFValidates(t *testing.T) {
	schema := readJSON(t, filepath.Join("testdata", "sarif-2.1.0-rtm.5.schema.json"))
	full, all := sample(t), &Report{Root: "/app", Version: "v1"}
	for _, d := range Declarations() {
		all.Findings = append(all.Findings, Finding{Code: d.Code, Place: Place{File: "/app/ü %.go", Line: 1}, Message: "m"})
	}
	for _, r := range []*Report{full, all, {Root: "/"}, {Root: "/a b", Findings: []Finding{{Code: "WPS999", Message: "m"}}}} {
		var b bytes.Buffer
		if err := (SARIF{}).Write(&b, r); err != nil {
			t.Fatal(err)
		}
		var log any
		if err := json.Unmarshal(b.Bytes(), &log); err != nil {
			t.Fatal(err)
		}
		if wrong := schematest.Validate(schema, log); len(wrong) > 0 {
			t.Errorf("%s\n%s", strings.Join(wrong, "\n"), b.String())
		}
	}
}

// TestValidator makes sure that the validator finds mistakes.
func TestValidator(t *testing.T) {
	schema := readJSON(t, filepath.Join("testdata", "sarif-2.1.0-rtm.5.schema.json"))
	for _, wrong := range []string{
		`{"version":"2.1.0"}`,
		`{"version":"2.0.0","runs":[]}`,
		`{"version":"2.1.0","runs":[{}]}`,
		`{"version":"2.1.0","runs":[],"more":1}`,
		`{"version":"2.1.0","runs":[{"tool":{"driver":{"name":1}}}]}`,
		`{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"a"}},"results":[{"message":{}}]}]}`,
		`{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"a"}},"results":[{"message":{"text":"m"},"level":"bad"}]}]}`,
		`{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"a"}},"results":[{"message":{"text":"m"},"ruleIndex":-2}]}]}`,
		`{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"a"}},"results":[{"message":{"text":"m"},"fixes":[{"artifactChanges":[]}]}]}]}`,
	} {
		var log any
		if err := json.Unmarshal([]byte(wrong), &log); err != nil {
			t.Fatal(err)
		}
		if len(schematest.Validate(schema, log)) == 0 {
			t.Errorf("%s is valid", wrong)
		}
	}
}

func readJSON(t *testing.T, path string) (v any) {
	t.Helper()
	src, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(src, &v); err != nil {
		t.Fatal(err)
	}
	return v
}
