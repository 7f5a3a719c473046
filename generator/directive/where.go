package directive

import (
	"go/ast"
	"go/token"
)

// Where says where a comment stands. Its text completes "the directive stands …".
type Where int

// Places of a comment. From InBody on, nothing is declared by what it stands at.
const (
	OnFunc    Where = iota // in the doc comment of a function or method
	OnPackage              // in the doc comment of the package clause
	OnType                 // in the doc comment of a type
	OnValue                // in the doc comment of constants or variables
	OnImport               // in the doc comment of an import
	OnField                // on a struct field or an interface's method
	InBody                 // inside a function
	InDecl                 // inside another declaration
	AfterCode              // behind code on its line
	BlankLine              // apart from the declaration below it, by a blank line or another comment
	AtEnd                  // after the last declaration
)

// String returns the place in words.
func (w Where) String() string {
	return [...]string{
		"above a function", "above the package clause", "above a type", "above a constant or variable",
		"above an import", "on a field", "inside a function", "inside a declaration",
		"behind code on its line", "apart from the declaration below it", "after the last declaration",
	}[w]
}

// Floating reports whether the comment belongs to no declaration at all.
func (w Where) Floating() bool { return w >= InBody }

// owner is the declaration a comment group documents.
type owner struct {
	decl  ast.Decl
	where Where
}

// owners maps each doc comment of a file to what it documents.
func owners(f *ast.File) map[*ast.CommentGroup]owner {
	docs := make(map[*ast.CommentGroup]owner)
	put := func(g *ast.CommentGroup, d ast.Decl, w Where) {
		if g != nil {
			docs[g] = owner{d, w}
		}
	}
	put(f.Doc, nil, OnPackage)
	for _, d := range f.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			put(d.Doc, d, OnFunc)
		case *ast.GenDecl:
			put(d.Doc, d, on(d.Tok))
			ast.Inspect(d, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.Field:
					put(n.Doc, d, OnField)
				case *ast.TypeSpec:
					put(n.Doc, d, OnType)
				case *ast.ValueSpec:
					put(n.Doc, d, OnValue)
				case *ast.ImportSpec:
					put(n.Doc, d, OnImport)
				}
				return true
			})
		}
	}
	return docs
}

func on(tok token.Token) Where {
	switch tok {
	case token.TYPE:
		return OnType
	case token.IMPORT:
		return OnImport
	}
	return OnValue
}

// floating says where a comment stands that documents nothing.
func floating(fset *token.FileSet, f *ast.File, c *ast.Comment) owner {
	line := fset.PositionFor(c.Pos(), false).Line
	if f.Package < c.Pos() && fset.PositionFor(f.Name.End(), false).Line == line {
		return owner{nil, AfterCode}
	}
	for _, d := range f.Decls {
		switch {
		case c.Pos() < d.Pos():
			return owner{nil, BlankLine}
		case c.Pos() < d.End():
			return owner{d, inside(fset, d, c)}
		case fset.PositionFor(d.End(), false).Line == line:
			return owner{d, AfterCode}
		}
	}
	if c.Pos() < f.Package {
		return owner{nil, BlankLine}
	}
	return owner{nil, AtEnd}
}

// inside says where in a declaration a comment stands.
func inside(fset *token.FileSet, d ast.Decl, c *ast.Comment) Where {
	if codeBefore(fset, d, c) {
		return AfterCode
	}
	if fn, ok := d.(*ast.FuncDecl); ok && fn.Body != nil && fn.Body.Pos() < c.Pos() {
		return InBody
	}
	return InDecl
}

// codeBefore reports whether a part of the declaration begins or ends on the line of a line comment,
// which ends that line.
func codeBefore(fset *token.FileSet, d ast.Decl, c *ast.Comment) bool {
	line := fset.PositionFor(c.Pos(), false).Line
	found := false
	ast.Inspect(d, func(n ast.Node) bool {
		switch n.(type) {
		case nil, *ast.CommentGroup, *ast.Comment:
			return false
		}
		for _, pos := range [...]token.Pos{n.Pos(), n.End()} {
			if fset.PositionFor(pos, false).Line == line {
				found = true
			}
		}
		return !found && n.Pos() <= c.Pos()
	})
	return found
}
