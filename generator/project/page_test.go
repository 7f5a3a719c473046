package project

import (
	"encoding/json"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/internal/jsonschema/schematest"
)

// TestSchema holds the verdict of the schema on files against that of the reader.
func TestSchema(t *testing.T) {
	src, err := Schema().Text()
	if err != nil {
		t.Fatal(err)
	}
	schema := schematest.Schema(t, src)
	texts := []string{
		"", "# nothing\n", "upstream: http\n", "upstream: trigger", "rules: {WPS405: off, WPS439: error}", "rules: {}",
		"bindings: [a.yaml, bindings/*.yml, ../shared/*.yaml]", "bindings: []",

		"upstrem: http", "upstream: HTTP", "upstream: [http]", "- upstream", "rules: off", "rules: {WPS203: off}", "rules: {WPS470: off}", "rules: {WPS405: never}",
		"bindings: a.yaml", "bindings: [a.json]", "bindings: [/a.yaml]", "bindings: [a.yaml, a.yaml]", "bindings: [{}]",
	}
	for _, k := range fileKeys() {
		texts = append(texts, k.example)
	}
	for _, text := range texts {
		var doc any
		if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
			t.Fatal(err)
		}
		value, err := json.Marshal(doc)
		if err != nil {
			t.Fatal(err)
		}
		_, findings := Read("w.yaml", []byte(text))
		if wrong := schematest.Validate(schema, schematest.Decode(t, value)); (len(wrong) > 0) != (len(findings) > 0) {
			t.Errorf("%s: the schema says %q, the reader %v", text, wrong, findings)
		}
	}
}

func TestBindings(t *testing.T) {
	settings, findings := Read("w.yaml", []byte("bindings:\n  - bindings/*.yaml\n  - &a ../shared/queue.yml\n"))
	if len(findings) > 0 || len(settings.Bindings) != 2 || settings.Bindings[1].Text != "../shared/queue.yml" ||
		settings.Bindings[0].Place != (diag.Place{File: "w.yaml", Line: 2, Column: 5, EndLine: 2, EndColumn: 20}) {
		t.Errorf("got %+v, %v", settings.Bindings, findings)
	}
	for src, want := range map[string]string{
		"bindings: a.yaml":                   "w.yaml:1:11: WPS401: bindings is not a list; write a list of files, as in bindings: [bindings/*.yaml]",
		"bindings: [[a.yaml]]":               "w.yaml:1:12: WPS401: an item of bindings is no file; write a path or a pattern, such as bindings/*.yaml",
		`bindings: ['a\b.yaml']`:             `w.yaml:1:12: WPS401: a\b.yaml is not a relative path; write it relative to the folder of wpsgen.yaml, with slashes`,
		"bindings: ['[a.yaml']":              "w.yaml:1:12: WPS401: [a.yaml is not a pattern; close the bracket",
		"bindings: ['*']":                    "w.yaml:1:12: WPS401: * does not name YAML files; name files that end in .yaml or .yml",
		"bindings: [a.yaml, b.yaml, a.yaml]": "w.yaml:1:28: WPS401: a.yaml is named twice; remove one of them",
	} {
		if _, findings := Read("w.yaml", []byte(src)); len(findings) != 1 || findings[0].String() != want {
			t.Errorf("%s: %v", src, findings)
		}
	}
}
