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
//wps:binding type=blob direction=in name=page path=%s
func Negotiate() {}
`
	shape := func(t *testing.T, value string) []string {
		quoted := strconv.QuoteToASCII(value)
		dir := newModule(t, fmt.Sprintf(archive, quoted, quoted))
		r := mustRun(t, dir)
		if len(r.Findings) > 0 {
			t.Fatalf("findings:\n%s", text(t, r, dir))
		}
		if userID, path := jsonValues(t, planned(t, r, dir, "negotiate/function.json")); userID != value || path != value {
			t.Errorf("function.json says %q and %q", userID, path)
		}
		nodes, literals := goShape(t, planned(t, r, dir, "wps_gen.go"))
		if n := len(slices.DeleteFunc(literals, func(l string) bool { return l != value })); n != 1 {
			t.Errorf("the glue has the value %d times, want once, as userId", n)
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

func jsonValues(t *testing.T, src string) (userID, path string) {
	t.Helper()
	var doc struct {
		GeneratedBy string
		Bindings    []struct{ Type, UserID, Path string }
	}
	if err := json.Unmarshal([]byte(src), &doc); err != nil {
		t.Fatal(err)
	}
	if doc.GeneratedBy != generatedBy || len(doc.Bindings) != 4 {
		t.Errorf("function.json is built otherwise: %+v", doc)
	}
	return doc.Bindings[2].UserID, doc.Bindings[3].Path
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
		"//wps:binding type=%s direction=in name=job",
		"//wps:http\n//wps:binding type=blob direction=%s name=page",
		"//wps:http\n//wps:binding type=blob direction=in name=%s",
		"//wps:http\n//wps:binding type=blob direction=in name=page dataType=%s",
		"//wps:http\n//wps:binding type=blob direction=in name=page connection=%s",
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

// TestHostileSettings gives hostile keys and values to wpsgen.yaml.
func TestHostileSettings(t *testing.T) {
	dir := newModule(t, "-- app.go --\npackage app\n\n//wps:trigger hub=chat eventType=user eventName=message\nfunc Message() {}\n")
	for _, value := range hostile {
		quoted, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		for _, src := range []string{"upstream: " + string(quoted), string(quoted) + ": http", value} {
			writeFile(t, filepath.Join(dir, "wpsgen.yaml"), src)
			r := mustRun(t, dir)
			for _, c := range r.Changes {
				if filepath.Base(c.Path) == "host.json" {
					t.Errorf("%q asks for upstream: http", src)
				}
			}
			if src != value && (len(r.Findings) != 1 || len(r.Changes) > 0) {
				t.Errorf("%q gives\n%s", src, text(t, r, dir))
			}
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
