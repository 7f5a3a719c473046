package generator

import (
	"fmt"
	"go/ast"
	"path/filepath"
	"strings"

	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/generator/directive"
)

// reportStrays reports directives, and comments that were meant as such, in files that are not part of the
// package: tests, and files that build constraints or their names exclude.
func (g *run) reportStrays(l *loaded) {
	for _, f := range l.strays {
		list, problems := directive.Scan(g.fset, f, l.known.Set.Verbs())
		g.reportProblems(problems)
		for _, d := range l.known.understood(list) {
			if l.known.Set.Verb(d.Verb) == nil {
				g.reportUnknown(l.known, d)
				continue
			}
			g.report(g.stray(l, f, d))
		}
	}
}

// stray is the finding for a directive in a file that is not part of the package, with the way out.
func (g *run) stray(l *loaded, f *ast.File, d directive.Found) diag.Finding {
	name := filepath.Base(g.fset.PositionFor(f.Package, false).Filename)
	switch {
	case strings.HasPrefix(name, "_"), strings.HasPrefix(name, "."):
		return g.misplaced(d, "in a file that Go passes over for its name", "give the file a name that begins otherwise")
	case strings.HasSuffix(name, "_test.go"):
		return g.misplaced(d, "in a test file", "move the function to a file that is built into the program")
	}
	const excluded = "in a file excluded by its build constraints"
	if twin := twinOf(l, d.Decl); twin != nil {
		out := g.misplaced(d, excluded, "annotate one function in a file without build constraints, and let it call what differs")
		out.Message = fmt.Sprintf("//wps:%s stands %s, beside a function %s that is built", d.Verb, excluded, twin.Name.Name)
		out.Related = []diag.Related{{Place: place(g.fset, twin.Name.Pos(), twin.Name.End()), Message: "the function that is built"}}
		return out
	}
	return g.misplaced(d, excluded, "generate with the GOOS, GOARCH or -tags that include it")
}

// twinOf returns the function of the package that takes the place of one in an excluded file.
func twinOf(l *loaded, decl ast.Decl) *ast.FuncDecl {
	fn, ok := decl.(*ast.FuncDecl)
	if !ok {
		return nil
	}
	for _, f := range l.files {
		for _, d := range f.Decls {
			if other, ok := d.(*ast.FuncDecl); ok && other.Name.Name == fn.Name.Name && methodOf(other) == methodOf(fn) {
				return other
			}
		}
	}
	return nil
}

// methodOf returns the name of a method's receiver type, "" for a function.
func methodOf(fn *ast.FuncDecl) string {
	if fn.Recv == nil || len(fn.Recv.List) == 0 {
		return ""
	}
	return receiverName(fn.Recv.List[0].Type)
}
