package validate_test

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/internal/vectors"
)

// TestFunctionVectors holds the verdicts on function.json documents against the host's.
func TestFunctionVectors(t *testing.T) {
	for _, v := range vectors.Load[struct {
		ID        string
		Valid     bool
		Document  json.RawMessage `json:"function.json"`
		Functions []map[string]string
	}](t, "host/function-json.json") {
		dir := folder(t, "-- host.json --\n{\"version\": \"2.0\", \"extensionBundle\": {\"id\": \"Microsoft.Azure.Functions.ExtensionBundle\", \"version\": \"[4.*, 5.0.0)\"}}\n")
		if v.Document != nil {
			write(t, dir, "f/function.json", string(v.Document))
		}
		for i, f := range v.Functions {
			write(t, dir, fmt.Sprintf("f%d/function.json", i), fmt.Sprintf(
				`{"bindings": [{"type": "webPubSubTrigger", "direction": "in", "name": "data", "hub": %q, "eventType": %q, "eventName": %q}]}`, f["hub"], f["eventType"], f["eventName"]))
		}
		if findings := run(t, dir); diag.HasErrors(findings) == v.Valid {
			t.Errorf("%s: valid is %t, found %q", v.ID, v.Valid, spell(dir, findings))
		}
	}
}

// TestNameVectors holds names against the host's rules. An underscore in a binding's name, which the vectors'
// host refuses and newer ones take, is a warning.
func TestNameVectors(t *testing.T) {
	type names struct{ Valid, Invalid []string }
	var file struct {
		Functions names `json:"function_names"`
		Bindings  names `json:"binding_names"`
	}
	vectors.Read(t, "host/function-json.json", &file)
	check := func(what, name, path, binding string, valid bool) {
		dir := folder(t, "-- host.json --\n{\"version\": \"2.0\"}\n")
		write(t, dir, filepath.Join(path, "function.json"), fmt.Sprintf(`{"bindings": [{"type": "httpTrigger", "direction": "in", "name": "trigger"}, {"type": "http", "direction": "out", "name": %q}]}`, binding))
		if findings := run(t, dir); (len(findings) == 0) != valid {
			t.Errorf("%s %q: valid is %t, found %q", what, name, valid, spell(dir, findings))
		}
	}
	for _, name := range file.Bindings.Valid {
		check("binding", name, "f", name, true)
	}
	for _, name := range file.Bindings.Invalid {
		check("binding", name, "f", name, false)
	}
	for _, name := range file.Functions.Valid {
		check("function", name, name, "res", true)
	}
	for _, name := range file.Functions.Invalid {
		if name != "" { // no folder is called so
			check("function", name, name, "res", false)
		}
	}
}

// TestHostVectors holds the verdicts on host.json documents against the host's. Of an empty object the vectors
// say that its version is missing; the host's own tests have it filled with defaults instead.
func TestHostVectors(t *testing.T) {
	for _, v := range vectors.Load[struct {
		ID       string
		Valid    bool
		Document json.RawMessage `json:"host.json"`
		Handler  json.RawMessage `json:"customHandler"`
	}](t, "host/host-json.json") {
		if v.Document == nil && v.Handler == nil || string(v.Document) == "{}" {
			continue // about settings, or about the deprecated httpWorker alone
		}
		src := string(v.Document)
		if v.Document == nil {
			src = fmt.Sprintf(`{"version": "2.0", "customHandler": %s}`, v.Handler)
		}
		dir := folder(t, "-- host.json --\n"+src+"\n")
		if findings := run(t, filepath.Join(dir, "host.json")); diag.HasErrors(findings) == v.Valid {
			t.Errorf("%s: valid is %t, found %q", v.ID, v.Valid, spell(dir, findings))
		}
	}
}
