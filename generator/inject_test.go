package generator

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
)

// hostile are values that would break out of a badly written template.
var hostile = []string{
	"\"", "\"; panic(0); \"", "`", "a`b\"c", "line\nfeed", "\r\n", "*/ panic(0) /*", "// x", "//line x.go:1",
	"</script>", "\u2028\u2029", "\x00\x07", "\\", "\\\"", "é🎉\u202e", "987654321", "/*line wps_gen.go:987654321:1*/", "$(reboot)", "&<>", "\ufeff",
}

// TestValuesStayValues holds what is generated for hostile values against what a harmless one becomes.
func TestValuesStayValues(t *testing.T) {
	const archive = `
-- app.go --
package app

//wps:http
//wps:connection hub=chat userId=%s
func Negotiate() {}
`
	shape := func(t *testing.T, value string) []string {
		dir := newModule(t, fmt.Sprintf(archive, strconv.QuoteToASCII(value)))
		r := mustRun(t, dir)
		if len(r.Findings) > 0 {
			t.Fatalf("findings:\n%s", text(t, r, dir))
		}
		if got := jsonUserID(t, planned(t, r, dir, "negotiate/function.json")); got != value {
			t.Errorf("function.json says %q", got)
		}
		nodes, literals := goShape(t, planned(t, r, dir, "wps_gen.go"))
		if !slices.Contains(literals, value) {
			t.Errorf("the glue has not the value, but %q", literals)
		}
		return nodes
	}
	want := shape(t, "harmless")
	for _, value := range hostile {
		t.Run(strconv.QuoteToASCII(value), func(t *testing.T) {
			if got := shape(t, value); !slices.Equal(got, want) {
				t.Errorf("the glue is built otherwise:\n%q\nwant\n%q", got, want)
			}
		})
	}
}

func jsonUserID(t *testing.T, src string) string {
	t.Helper()
	var doc struct {
		GeneratedBy string
		Bindings    []struct{ Type, UserID string }
	}
	if err := json.Unmarshal([]byte(src), &doc); err != nil {
		t.Fatal(err)
	}
	if doc.GeneratedBy != generatedBy || len(doc.Bindings) != 3 {
		t.Errorf("function.json is built otherwise: %+v", doc)
	}
	return doc.Bindings[2].UserID
}

// goShape returns the kinds of a file's nodes with its identifiers, and the values of its string literals.
func goShape(t *testing.T, src string) (nodes, literals []string) {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), "wps_gen.go", src, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(f, func(n ast.Node) bool {
		node := fmt.Sprintf("%T", n)
		switch n := n.(type) {
		case *ast.Ident:
			node += " " + n.Name
		case *ast.Comment:
			node += " " + n.Text
		case *ast.BasicLit:
			if value, err := strconv.Unquote(n.Value); err == nil {
				literals = append(literals, value)
			}
		}
		nodes = append(nodes, node)
		return true
	})
	return nodes, literals
}

// TestRefusedValuesReachNothing gives hostile values to keys that have a form of their own.
func TestRefusedValuesReachNothing(t *testing.T) {
	for _, directives := range []string{
		"//wps:trigger hub=%s eventType=user eventName=message",
		"//wps:trigger hub=chat eventType=user eventName=%s",
		"//wps:trigger hub=chat eventType=user eventName=message connections=%s",
		"//wps:http\n//wps:function name=%s",
		"//wps:http\n//wps:output hub=chat name=%s",
		"//wps:http\n//wps:output hub=chat connection=%s",
		"//wps:http methods=%s",
		"//wps:http authLevel=%s",
	} {
		archive := "-- app.go --\npackage app\n"
		for i, value := range hostile {
			archive += fmt.Sprintf("\n%s\nfunc F%d() {}\n", fmt.Sprintf(directives, strconv.QuoteToASCII(value)), i)
		}
		dir := newModule(t, archive)
		r := mustRun(t, dir)
		lines := make(map[int]bool)
		for _, f := range r.Findings {
			lines[f.Place.Line] = true
		}
		if len(lines) < len(hostile) || len(r.Changes) > 0 {
			t.Errorf("%s: findings on %d lines, want %d; changes %v", directives, len(lines), len(hostile), r.Changes)
		}
	}
}

// TestOddFileNames puts functions into files whose names would end a comment or a line directive.
func TestOddFileNames(t *testing.T) {
	dir := newModule(t, "")
	for i, name := range []string{"a b.go", "c:1.go", `d"e.go`, "f*.go", "plain-1.go"} {
		writeFile(t, filepath.Join(dir, name), fmt.Sprintf("package app\n\n//wps:http\nfunc F%d() {}\n", i))
	}
	r := mustRun(t, dir)
	if len(r.Findings) > 0 {
		t.Fatal(text(t, r, dir))
	}
	_, literals := goShape(t, planned(t, r, dir, "wps_gen.go"))
	for _, want := range []string{"a b.go:3", "c:1.go:3", `d"e.go:3`, "f*.go:3", "plain-1.go:3"} {
		if !slices.Contains(literals, want) {
			t.Errorf("no function comes from %s", want)
		}
	}
}
