package validate_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/generator/validate"
)

// fix makes the edits of what validate finds, and returns what it finds then and in how many files it made any.
func fix(t *testing.T, dir string) (left []diag.Finding, files int) {
	t.Helper()
	for range 4 {
		result, err := validate.Run(validate.Config{Path: dir})
		if err != nil {
			t.Fatal(err)
		}
		fixes, err := result.Fix()
		if err != nil {
			t.Fatal(err)
		}
		left = result.Findings
		if len(fixes.Changes) == 0 {
			break
		}
		if err := fixes.Write(); err != nil {
			t.Fatal(err)
		}
		files += len(fixes.Changes)
	}
	return left, files
}

// TestEditsMend applies what findings offer to the wrong files of every code's script, and looks again:
// findings with edits are gone, and none came instead but those that could not be seen before.
func TestEditsMend(t *testing.T) {
	scripts, err := filepath.Glob(filepath.Join("..", "..", "cmd", "wpsgen", "testdata", "script", "WPS4*.txtar"))
	if err != nil || len(scripts) < 60 {
		t.Fatalf("%d scripts, %v", len(scripts), err)
	}
	mended := 0
	for _, script := range scripts {
		archive, err := txtar.ParseFile(script)
		if err != nil {
			t.Fatal(err)
		}
		archive.Files = slices.DeleteFunc(archive.Files, func(f txtar.File) bool {
			return !strings.HasPrefix(f.Name, "wrong/") || strings.HasSuffix(f.Name, ".go")
		})
		if !slices.ContainsFunc(archive.Files, func(f txtar.File) bool { return strings.HasSuffix(f.Name, ".json") }) {
			continue
		}
		dir := folder(t, string(txtar.Format(archive)))
		left, files := fix(t, dir)
		mended += files
		for _, f := range left {
			if len(f.Edits) > 0 {
				t.Errorf("%s: the edits do not mend it: %s", filepath.Base(script), spell(dir, []diag.Finding{f}))
			}
		}
	}
	if mended < 15 {
		t.Errorf("only %d files were mended", mended)
	}
}

// TestEdits shows what some edits make of a file.
func TestEdits(t *testing.T) {
	for _, tt := range []struct{ name, src, want string }{
		{"comma", "{\"bindings\": [\n  {\"type\": \"httpTrigger\", \"direction\": \"in\"\n   \"name\": \"req\"}\n]}", "{\"bindings\": [\n  {\"type\": \"httpTrigger\", \"direction\": \"in\",\n   \"name\": \"req\"}\n]}"},
		{"loose", "\ufeff{bindings: [\n  {'type': 'httpTrigger', \"direction\": \"in\", \"name\": \"req\",},\n]}", "{\"bindings\": [\n  {\"type\": \"httpTrigger\", \"direction\": \"in\", \"name\": \"req\"}\n]}"},
		{"item", `{"bindings": [{"type": "httpTrigger", "direction": "in", "name": "req", "authLevel": "function", "methods": ["get", "option", "post"]}, {"type": "webPubSubConnection", "direction": "in", "name": "c", "hubName": "x", "connection": "%A%"}]}`,
			`{"bindings": [{"type": "httpTrigger", "direction": "in", "name": "req", "authLevel": "function", "methods": ["get", "options", "post"]}, {"type": "webPubSubConnection", "direction": "in", "name": "c", "hub": "x", "connection": "A"}]}`},
		{"before a list", `{"bindings": [{"type": "webPubSubTrigger", "direction": "in", "name": "request", "hubName": "x", "connections": ["A", "B"], "eventType": "system", "eventName": "connect"}]}`,
			`{"bindings": [{"type": "webPubSubTrigger", "direction": "in", "name": "request", "hub": "x", "connections": ["A", "B"], "eventType": "system", "eventName": "connect"}]}`},
		{"output", `{"bindings": [{"type": "webPubSubTrigger", "direction": "in", "name": "abc", "hub": "c", "eventType": "system", "eventName": "disconnect", "connection": "A"}, {"type": "http", "direction": "out", "name": "res"}]}`,
			`{"bindings": [{"type": "webPubSubTrigger", "direction": "in", "name": "request", "hub": "c", "eventType": "system", "eventName": "disconnected", "connections": ["A"]}]}`},
		{"first", `{"bindings": [{"type": "http", "direction": "out", "name": "res"}, {"type": "webPubSubTrigger", "direction": "in", "name": "request", "hub": "c", "eventType": "system", "eventName": "connect"}]}`,
			`{"bindings": [{"type": "webPubSubTrigger", "direction": "in", "name": "request", "hub": "c", "eventType": "system", "eventName": "connect"}]}`},
	} {
		dir := folder(t, "-- function.json --\n")
		write(t, dir, "function.json", tt.src)
		left, _ := fix(t, dir)
		got, err := os.ReadFile(filepath.Join(dir, "function.json"))
		if err != nil || string(got) != tt.want {
			t.Errorf("%s: got\n%s\nwant\n%s", tt.name, got, tt.want)
		}
		if len(left) > 0 {
			t.Errorf("%s: %q", tt.name, spell(dir, left))
		}
	}
}

// TestFixKeepsNames renames no binding of a function whose code has a parameter of that name, nor to a name that is taken.
func TestFixKeepsNames(t *testing.T) {
	misnamed := strings.Replace(userEvent("chat", "message"), `"data"`, `"msg"`, 1)
	dir := folder(t, file("py", misnamed)+"-- py/__init__.py --\n"+file("ps", misnamed)+"-- ps/run.ps1 --\n"+
		"-- script/function.json --\n{\"scriptFile\": \"../a.py\", \"bindings\": ["+misnamed+"]}\n"+file("js", misnamed)+"-- js/index.js --\n"+
		file("taken", misnamed, strings.Replace(output, "actions", "Data", 1)))
	left, files := fix(t, dir)
	if files != 1 || len(left) != 5 {
		t.Errorf("%d files were mended, %q is left", files, spell(dir, left))
	}
}

// TestFixLeavesAlone has nothing mended that is generated, reached by a link, or UTF-16.
func TestFixLeavesAlone(t *testing.T) {
	const wrong = `"bindings": [{"type": "httpTrigger", "direction": "in", "name": "req",}]}`
	elsewhere := folder(t, "-- function.json --\n")
	write(t, elsewhere, "function.json", "{"+wrong)
	dir := folder(t, "-- host.json --\n{\"version\": \"2.0\"}\n")
	write(t, dir, "generated/function.json", `{"generatedBy": "wpsgen", "bindings": [{"type": "httpTrigger", "direction": "inn", "name": "req"}]}`)
	write(t, dir, "wide/function.json", "\xff\xfe"+utf16("{"+wrong))
	if err := os.Mkdir(filepath.Join(dir, "linked"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(elsewhere, "function.json"), filepath.Join(dir, "linked", "function.json")); err != nil {
		t.Skipf("links cannot be made here: %v", err)
	}
	left, files := fix(t, dir)
	if files > 0 {
		t.Errorf("%d files were mended", files)
	}
	edits := make(map[string]bool)
	for _, f := range left {
		if len(f.Edits) > 0 {
			edits[filepath.Base(filepath.Dir(f.Place.File))] = true
		}
	}
	if !edits["generated"] || !edits["linked"] {
		t.Errorf("edits are offered in %v, so that this test shows nothing", edits)
	}
}
