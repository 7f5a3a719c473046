package validate_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/wpsgen/wpsgen/generator/validate"
)

// FuzzRun validates an app of any files: nothing panics, and every place lies in its file.
func FuzzRun(f *testing.F) {
	f.Add([]byte(`{"bindings": [{"type": "webPubSubTrigger", "name": "a", "hub": ["x"], "eventType": {}, "connections": [1, null]}]}`),
		[]byte(`{"version": "2.0", "extensionBundle": {"version": "[4.33.1]"}}`), []byte(`{"Values": {"A": null, "B": {}}}`))
	f.Add([]byte(`{"bindings": [1, {"type": 5, "userId": "{a.b}"}, {}], "retry": [], "disabled": "x"}`), []byte(`{"customHandler": []}`), []byte(`[]`))
	f.Add([]byte(`{"bindings": [{"type": "httpTrigger", "methods": {}, "route": "{"}, {"type": "webPubSubContext"}, {"type": "webPubSubConnection", "userId": "{x"}]}`),
		[]byte(`{"customHandler": {"description": 1}, "extensions": {"http": []}}`), []byte(`{"Values": []}`))
	f.Add([]byte("\xff\xfe[\x00]\x00"), []byte("\xfe\xff"), []byte("{\u00a0}\x00"))
	f.Fuzz(func(t *testing.T, function, host, local []byte) {
		dir := t.TempDir()
		for name, src := range map[string][]byte{"f/function.json": function, "host.json": host, "local.settings.json": local} {
			write(t, dir, name, string(src))
		}
		result, err := validate.Run(validate.Config{Path: dir})
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range result.Findings {
			src, err := os.ReadFile(x.Place.File)
			if err != nil || x.Message == "" || x.Place.Line > bytes.Count(src, []byte("\n"))+1 || x.Place.Column > 2*len(src)+1 { // columns of UTF-16 are those of UTF-8
				t.Fatalf("%s: %v in %s: %q", filepath.Base(x.Place.File), err, x, src)
			}
		}
	})
}
