package validate_test

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/wpsgen/wpsgen/generator/diag"
)

// offset is where a line and column of a text are.
func offset(t *testing.T, text string, line, column int) int {
	t.Helper()
	at := 0
	for range line - 1 {
		at += strings.Index(text[at:], "\n") + 1
	}
	if at += column - 1; at > len(text) {
		t.Fatalf("%d:%d is not in the file", line, column)
	}
	return at
}

// apply makes the edits of findings, those of each file from its end on.
func apply(t *testing.T, findings []diag.Finding) int {
	t.Helper()
	edits := make(map[string][]diag.Edit)
	for _, f := range findings {
		for _, e := range f.Edits {
			edits[e.Place.File] = append(edits[e.Place.File], e)
		}
	}
	n := 0
	for file, list := range edits {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text, limit := string(src), len(src)+1
		slices.SortFunc(list, func(a, b diag.Edit) int {
			return cmp.Or(cmp.Compare(b.Place.Line, a.Place.Line), cmp.Compare(b.Place.Column, a.Place.Column))
		})
		for _, e := range list {
			from, to := offset(t, text, e.Place.Line, e.Place.Column), offset(t, text, e.Place.EndLine, e.Place.EndColumn)
			if to < from || to > limit {
				continue // another edit has been here; the next run mends the rest
			}
			text, limit, n = text[:from]+e.NewText+text[to:], from, n+1
		}
		write(t, filepath.Dir(file), filepath.Base(file), text)
	}
	return n
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
		left := run(t, dir)
		for range 3 {
			if apply(t, left) == 0 {
				break
			}
			mended++
			left = run(t, dir)
		}
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
		{"output", `{"bindings": [{"type": "webPubSubTrigger", "direction": "in", "name": "abc", "hub": "c", "eventType": "system", "eventName": "disconnect", "connection": "A"}, {"type": "http", "direction": "out", "name": "res"}]}`,
			`{"bindings": [{"type": "webPubSubTrigger", "direction": "in", "name": "request", "hub": "c", "eventType": "system", "eventName": "disconnected", "connections": ["A"]}]}`},
		{"first", `{"bindings": [{"type": "http", "direction": "out", "name": "res"}, {"type": "webPubSubTrigger", "direction": "in", "name": "request", "hub": "c", "eventType": "system", "eventName": "connect"}]}`,
			`{"bindings": [{"type": "webPubSubTrigger", "direction": "in", "name": "request", "hub": "c", "eventType": "system", "eventName": "connect"}]}`},
	} {
		dir := folder(t, "-- function.json --\n")
		write(t, dir, "function.json", tt.src)
		apply(t, run(t, dir))
		got, err := os.ReadFile(filepath.Join(dir, "function.json"))
		if err != nil || string(got) != tt.want {
			t.Errorf("%s: got\n%s\nwant\n%s", tt.name, got, tt.want)
		}
		if left := run(t, dir); len(left) > 0 {
			t.Errorf("%s: %q", tt.name, spell(dir, left))
		}
	}
}
