package generator

import (
	"fmt"
	"go/ast"
	"go/token"
	"strings"

	"github.com/wpsgen/wpsgen/generator/diag"
)

// chooseReceiver finds the one type whose methods are annotated.
func (g *run) chooseReceiver(pkg *Package) {
	var chosen *Function
	var chosenType string
	for _, fn := range pkg.Functions {
		if !fn.IsMethod {
			continue
		}
		star, name, typ := receiver(fn)
		switch {
		case typ == "" || !ast.IsExported(name):
			g.report(g.badReceiver(fn, fn, "the directive",
				fmt.Sprintf("the receiver of %s is not an exported type without type parameters", fn.GoName),
				"the generated Functions takes a value of this type from package main"))
		case chosen == nil:
			chosen, chosenType = fn, typ
			pkg.Receiver = star + name
		case typ != chosenType:
			g.report(g.badReceiver(fn, chosen, "the directive of "+chosen.GoName,
				fmt.Sprintf("%s is a method of %s, but %s is one of %s", fn.GoName, name, chosen.GoName, strings.TrimPrefix(pkg.Receiver, "*")),
				"annotate methods of one type per package"))
		case star == "*":
			pkg.Receiver = star + name
		}
	}
}

func (g *run) badReceiver(fn, other *Function, said, message, hint string) diag.Finding {
	return diag.Finding{
		Code: diag.SeveralReceivers, Place: place(g.fset, fn.decl.Recv.Pos(), fn.decl.Recv.End()),
		Message: message, Hint: hint,
		Related: []diag.Related{{Place: other.Place, Message: said}},
	}
}

// receiver returns the star and the name that a method's receiver is declared with, and the type itself,
// which an alias may name too. The type is "" where Functions cannot take its value.
func receiver(fn *Function) (star, name, typ string) {
	if len(fn.decl.Recv.List) != 1 {
		return "", "", ""
	}
	declared := fn.decl.Recv.List[0].Type
	t := fn.Package.scope.typeOf(fn.file, declared).shape()
	pointer := t.kind == pointerKind
	if pointer {
		t = t.elem.shape()
	}
	if t.kind != namedKind || t.generic {
		return "", "", ""
	}
	name = receiverName(declared)
	if _, starred := ast.Unparen(declared).(*ast.StarExpr); pointer && !starred {
		name = strings.TrimPrefix(t.name, "./") // what the alias is a pointer to
	}
	if pointer {
		star = "*"
	}
	return star, name, t.name
}

// checkTakenName reports a declaration of the name that glue declares.
func (g *run) checkTakenName(pkg *Package) {
	pos, taken := pkg.scope.names["Functions"]
	if !taken || len(pkg.Functions) == 0 {
		return
	}
	g.report(diag.Finding{
		Code: diag.TakenName, Place: place(g.fset, pos, pos+token.Pos(len("Functions"))),
		Message: "Functions is declared here, and " + glueFile + " has to declare it",
		Hint:    "rename this one",
		Related: []diag.Related{{Place: pkg.Functions[0].Place, Message: "a directive that needs it"}},
	})
}
