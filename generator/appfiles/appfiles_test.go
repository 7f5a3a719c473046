package appfiles_test

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/generator/appfiles"
)

func TestLocalSettings(t *testing.T) {
	tests := []struct {
		name, content string
		want          map[string]string
		err           string
	}{
		{"values", "{\n// mine\n\"IsEncrypted\": false, \"Values\": {\"A\": \"1\", \"B\": \"\",},}", map[string]string{"A": "1", "B": ""}, ""},
		{"no values", `{"Host": {"CORS": "*"}}`, map[string]string{}, ""},
		{"a number", `{"Values": {"A": 1}}`, nil, "Values.A is not a string"},
		{"null", `{"Values": {"A": null}}`, nil, "Values.A is not a string"},
		{"missing comma", "{\n  \"Values\": {\n    \"A\": \"1\"\n    \"B\": \"2\"\n  }\n}", nil, "local.settings.json:4:5: a comma is missing before this"},
		{"cut", `{"Values": {`, nil, "local.settings.json:1:12: unexpected end"},
		{"a list", `{"Values": []}`, nil, "local.settings.json:1:12: Values is not an object"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, "local.settings.json"), []byte(test.content), 0o600); err != nil {
				t.Fatal(err)
			}
			got, err := appfiles.LocalSettings(dir)
			if !maps.Equal(got, test.want) || (err == nil) != (test.err == "") || err != nil && !strings.Contains(err.Error(), test.err) {
				t.Errorf("got %v, %v", got, err)
			}
		})
	}
	if got, err := appfiles.LocalSettings(t.TempDir()); got != nil || err != nil {
		t.Errorf("without a file: %v, %v", got, err)
	}
}
