package generator

import (
	"fmt"
	"go/ast"
	"strings"

	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/generator/directive"
)

// reportStrays reports directives in files that are not part of the package: tests, and files that
// build constraints exclude.
func (g *run) reportStrays(l *loaded) {
	for _, f := range l.strays {
		list, _ := directive.Scan(g.fset, f, g.cfg.Definitions.Verbs())
		for _, d := range list {
			if g.cfg.Definitions.Verb(d.Verb) != nil {
				g.report(g.stray(l, f, d))
			}
		}
	}
}

func (g *run) stray(l *loaded, f *ast.File, d directive.Found) diag.Finding {
	out := diag.Finding{Code: diag.MisplacedDirective, Place: place(g.fset, d.Slash, d.End)}
	where := fmt.Sprintf("//wps:%s stands in a file excluded by its build constraints", d.Verb)
	if strings.HasSuffix(g.fset.Position(f.Package).Filename, "_test.go") {
		out.Message = fmt.Sprintf("//wps:%s stands in a test file, where nothing reads it", d.Verb)
		out.Hint = "move the function to a file that is built into the program"
		return out
	}
	if twin := twinOf(l, d.Decl); twin != nil {
		out.Message = where + ", beside a function " + twin.Name.Name + " that is built"
		out.Hint = "annotate one function in a file without build constraints, and let it call what differs"
		out.Related = []diag.Related{{Place: place(g.fset, twin.Name.Pos(), twin.Name.End()), Message: "the function that is built"}}
		return out
	}
	out.Message = where + ", where nothing reads it"
	out.Hint = "generate with the GOOS, GOARCH or -tags that include it"
	return out
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
