package generator

import (
	"fmt"
	"go/ast"
	"strings"

	"github.com/wpsgen/wpsgen/generator/diag"
)

// chooseReceiver finds the one type whose methods are annotated.
func (g *run) chooseReceiver(pkg *Package) {
	var chosen *Function
	for _, fn := range pkg.Functions {
		if !fn.IsMethod {
			continue
		}
		star, name, ok := receiver(fn.decl)
		if !ok || !ast.IsExported(name) {
			g.report(diag.Finding{
				Code: diag.SeveralReceivers, Place: place(g.fset, fn.decl.Recv.Pos(), fn.decl.Recv.End()),
				Message: fmt.Sprintf("the receiver of %s is not an exported type without type parameters", fn.GoName),
				Hint:    "the generated Functions takes a value of this type from package main",
				Related: []diag.Related{{Place: fn.Place, Message: "the directive"}},
			})
			continue
		}
		if chosen == nil {
			chosen = fn
			pkg.Receiver = star + name
			continue
		}
		if name != strings.TrimPrefix(pkg.Receiver, "*") {
			g.report(diag.Finding{
				Code: diag.SeveralReceivers, Place: place(g.fset, fn.decl.Recv.Pos(), fn.decl.Recv.End()),
				Message: fmt.Sprintf("%s is a method of %s, but %s is one of %s", fn.GoName, name, chosen.GoName, strings.TrimPrefix(pkg.Receiver, "*")),
				Hint:    "annotate methods of one type per package",
				Related: []diag.Related{{Place: chosen.Place, Message: "the directive of " + chosen.GoName}},
			})
			continue
		}
		if star == "*" {
			pkg.Receiver = star + name
		}
	}
}

func receiver(decl *ast.FuncDecl) (star, name string, ok bool) {
	if len(decl.Recv.List) != 1 {
		return "", "", false
	}
	t := ast.Unparen(decl.Recv.List[0].Type)
	if p, isPointer := t.(*ast.StarExpr); isPointer {
		star, t = "*", ast.Unparen(p.X)
	}
	id, ok := t.(*ast.Ident)
	if !ok {
		return "", "", false
	}
	return star, id.Name, true
}

// checkTakenName reports a declaration of the name that glue declares.
func (g *run) checkTakenName(pkg *Package) {
	pos, taken := pkg.scope.names["Functions"]
	if !taken || len(pkg.Functions) == 0 {
		return
	}
	g.report(diag.Finding{
		Code: diag.TakenName, Place: place(g.fset, pos, pos),
		Message: "Functions is declared here, and " + glueFile + " has to declare it",
		Hint:    "rename this one",
		Related: []diag.Related{{Place: pkg.Functions[0].Place, Message: "a directive that needs it"}},
	})
}
