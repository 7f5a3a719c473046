package lint

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/wpsgen/wpsgen/generator/diag"
)

func TestPlaces(t *testing.T) {
	fset := token.NewFileSet()
	parse := func(name, src string) *ast.File {
		f, err := parser.ParseFile(fset, name, src, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	a := parse("a.go", "package a\n\nvar one = 1\n")
	b := parse("b.cgo1.go", "// made by a tool\n\n//line b.go:1:1\npackage a\n\nvar two = 2\n")
	parse("c.go", "package a\n\nvar three = 3\n")
	parse("dependency.go", "package d\n")
	at := newPlaces(&analysis.Pass{Fset: fset, Files: []*ast.File{a, b}, IgnoredFiles: []string{"c.go"}})
	for _, tt := range []struct {
		place    diag.Place
		want     string // where it is found, "" for nowhere
		length   int
		writable bool
	}{
		{diag.Place{File: "a.go", Line: 3, Column: 5, EndLine: 3, EndColumn: 8}, "a.go:3:5", 3, true},
		{diag.Place{File: "a.go", Line: 3, Column: 5}, "a.go:3:5", 0, true},
		{diag.Place{File: "a.go"}, "a.go:1:1", 0, true},
		{diag.Place{File: "b.go", Line: 3, Column: 5, EndLine: 3, EndColumn: 8}, "b.go:3:5", 3, false},
		{diag.Place{File: "c.go", Line: 3, Column: 1}, "c.go:3:1", 0, true},
		{diag.Place{File: "dependency.go", Line: 1, Column: 1}, "", 0, false},
		{diag.Place{File: "host.json", Line: 1, Column: 1}, "", 0, false},
		{diag.Place{File: "a.go", Line: 9, Column: 1}, "", 0, false},
		{diag.Place{File: "a.go", Line: 3, Column: 99}, "", 0, false},
	} {
		pos, end, ok := at.find(tt.place)
		if ok != (tt.want != "") {
			t.Errorf("%s: found is %t", tt.place, ok)
			continue
		}
		if !ok {
			continue
		}
		if got := fset.Position(pos).String(); !strings.HasPrefix(got, tt.want) || int(end-pos) != tt.length || at.writable(pos, tt.place) != tt.writable {
			t.Errorf("%s: %s, %d bytes, writable is %t", tt.place, got, end-pos, at.writable(pos, tt.place))
		}
	}
}
