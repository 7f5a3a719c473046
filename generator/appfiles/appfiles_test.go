package appfiles_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/generator/appfiles"
)

func TestStandardize(t *testing.T) {
	tests := []struct{ in, want string }{
		{`{"a": 1}`, `{"a": 1}`},
		{"{\"a\": 1, // one\n}", "{\"a\": 1        \n}"},
		{`{"a": [1, 2, /* three */],}`, `{"a": [1, 2             ] }`},
		{`{"a": "// no, comment,}"}`, `{"a": "// no, comment,}"}`},
		{`{"a": "quote \" // still"}`, `{"a": "quote \" // still"}`},
		{"\xef\xbb\xbf{}", "   {}"},
		{"/* a\r\nb */{}", "    \r\n    {}"},
		{`{} /* open`, `{}        `},
		{`["open`, `["open`},
		{`[1,,]`, `[1, ]`},
	}
	for _, test := range tests {
		got := string(appfiles.Standardize([]byte(test.in)))
		if got != test.want {
			t.Errorf("%q: got %q, want %q", test.in, got, test.want)
		}
	}
}

func FuzzStandardize(f *testing.F) {
	f.Add([]byte(`{"a": [1, /* b */], "c": "d",} // e`))
	f.Fuzz(func(t *testing.T, src []byte) {
		out := appfiles.Standardize(src)
		if len(out) != len(src) {
			t.Fatalf("%d bytes became %d", len(src), len(out))
		}
		if json.Valid(src) && !bytes.Equal(out, src) {
			t.Fatalf("valid JSON %q became %q", src, out)
		}
		if bytes.Count(out, []byte("\n")) != bytes.Count(src, []byte("\n")) {
			t.Fatalf("lines of %q moved", src)
		}
	})
}

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
		{"missing comma", "{\n  \"Values\": {\n    \"A\": \"1\"\n    \"B\": \"2\"\n  }\n}", nil, "local.settings.json:4:5: invalid character '\"'"},
		{"cut", `{"Values": {`, nil, "local.settings.json:1:12: unexpected end"},
		{"a list", `{"Values": []}`, nil, "cannot unmarshal array"},
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
