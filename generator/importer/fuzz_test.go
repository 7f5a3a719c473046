package importer

import (
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/generator/gomod"
)

// FuzzRun imports whatever a function.json says. The source that comes of it is Go with one function for each
// that is imported, and nothing but directives in its comments begins like one.
func FuzzRun(f *testing.F) {
	for _, path := range []string{"../../e2e/hosted/testdata/import/js/message/function.json", "../../e2e/hosted/testdata/import/python/telemetry/function.json"} {
		src, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add("message", src)
	}
	f.Add("a-b_c", []byte(`{"bindings": [{"type": "httpTrigger", "name": "req", "route": "a\nfunc init() {}\n//"}], "scriptFile": "x*/\n//wps:http\n.js"}`))
	f.Add("a", []byte(`{"Bindings": [{"tYpe": "ATrigger", "direCtion": "0"}]}`))
	f.Add("main", []byte("{\"bindings\": [{\"type\": \"qTrigger\", \"name\": \"`\\\"\\u2028\", \"x\": \"`\\r\\n//wps:http\"}]}"))
	from, err := gomod.Find(f.Context(), "", ".")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, name string, src []byte) {
		if name == "" || strings.ContainsAny(name, "/\\\x00") || name[0] == '.' || len(name) > 200 {
			return // no folder, or one that is not looked into
		}
		dir := t.TempDir()
		if os.Mkdir(filepath.Join(dir, name), 0o700) != nil {
			return // no file system takes the name
		}
		if err := os.WriteFile(filepath.Join(dir, name, "function.json"), src, 0o600); err != nil {
			t.Fatal(err)
		}
		result, err := Run(Config{Dir: dir, Module: "example.com/app", Runtime: from})
		if err != nil {
			if strings.Contains(err.Error(), "wpsgen wrote") {
				return
			}
			t.Fatal(err)
		}
		for _, file := range result.Files {
			if file.Name == result.Source {
				checkSource(t, file.Content, len(result.Functions))
			}
		}
	})
}

func checkSource(t *testing.T, src []byte, functions int) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "functions.go", src, parser.ParseComments)
	if err != nil {
		t.Fatalf("%v\n%s", err, src)
	}
	imports := min(len(file.Imports), 1) // one declaration has them all
	if n := len(file.Decls) - imports; n != functions {
		t.Errorf("there are %d declarations for %d functions\n%s", n, functions, src)
	}
	for _, group := range file.Comments {
		for _, c := range group.List[1:] {
			if c.Text != "//" && !strings.HasPrefix(c.Text, "//wps:") {
				t.Errorf("the comment %q is no directive", c.Text)
			}
		}
	}
}
