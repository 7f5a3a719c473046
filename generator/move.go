package generator

import (
	"go/ast"
	"go/token"
	"slices"

	"github.com/wpsgen/wpsgen/generator/binding"
	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/generator/directive"
)

// meant returns where the declaration begins that a misplaced directive was meant for; no position unless
// only one can be.
func (g *run) meant(f *ast.File, d directive.Found, def *binding.Definition) token.Pos {
	if def.On == binding.OnPackage {
		return f.Package
	}
	var fn *ast.FuncDecl
	switch d.Where {
	case directive.BlankLine:
		fn = below(f, d.End)
	case directive.InBody, directive.AfterCode:
		fn, _ = d.Decl.(*ast.FuncDecl)
	}
	if fn == nil || fn.Body == nil {
		return token.NoPos
	}
	statements := fn.Body.Rbrace
	if len(fn.Body.List) > 0 {
		statements = fn.Body.List[0].Pos()
	}
	inside := fn.Body.Lbrace < d.Slash && d.Slash < fn.End()
	if inside && d.Slash > statements {
		return token.NoPos // it may be about what stands around it
	}
	return fn.Pos()
}

// below returns the function that follows a position, with nothing between but its own doc comment.
func below(f *ast.File, end token.Pos) *ast.FuncDecl {
	i := slices.IndexFunc(f.Decls, func(d ast.Decl) bool { return d.Pos() > end })
	if i < 0 {
		return nil
	}
	fn, ok := f.Decls[i].(*ast.FuncDecl)
	if !ok || slices.ContainsFunc(f.Comments, func(c *ast.CommentGroup) bool {
		return end < c.Pos() && c.Pos() < fn.Pos() && c != fn.Doc
	}) {
		return nil
	}
	return fn
}

// moveTo returns the edits that move a directive before a declaration: those that close the gap when
// nothing else parts the two, else those that give it a line there. None when that takes more than a line.
func (g *run) moveTo(f *ast.File, d directive.Found, before token.Pos) []diag.Edit {
	if !before.IsValid() || g.fset.PositionFor(before, false).Column != 1 {
		return nil
	}
	if end := gap(f, d, before); end.IsValid() {
		return []diag.Edit{{Place: place(g.fset, end, before), NewText: "\n"}}
	}
	line := place(g.fset, d.Slash, d.End)
	if d.Where == directive.AfterCode {
		from := codeEnd(d)
		if !from.IsValid() {
			return nil
		}
		line = place(g.fset, from, d.End)
	} else {
		line.Column = 1
		if line.Line < g.fset.File(d.Slash).LineCount() {
			line.EndLine, line.EndColumn = line.Line+1, 1
		}
	}
	group := commentAt(f, d.Slash).List
	text := group[slices.IndexFunc(group, func(c *ast.Comment) bool { return c.Slash == d.Slash })].Text
	return []diag.Edit{{Place: line}, {Place: place(g.fset, before, before), NewText: text + "\n"}}
}

// gap returns the end of a directive's comment when only blank lines part it from a declaration, no
// position else.
func gap(f *ast.File, d directive.Found, before token.Pos) token.Pos {
	own := commentAt(f, d.Slash)
	if d.Where != directive.BlankLine || slices.ContainsFunc(f.Comments, func(c *ast.CommentGroup) bool {
		return own.End() <= c.Pos() && c.Pos() < before
	}) {
		return token.NoPos
	}
	return own.End()
}

// codeEnd returns the end of the code that a directive stands behind: the function, or the opening brace.
func codeEnd(d directive.Found) token.Pos {
	fn, ok := d.Decl.(*ast.FuncDecl)
	switch {
	case !ok || fn.Body == nil:
		return token.NoPos
	case fn.End() <= d.Slash:
		return fn.End()
	}
	return fn.Body.Lbrace + 1
}

// commentAt returns the comment group that has a comment at a position.
func commentAt(f *ast.File, slash token.Pos) *ast.CommentGroup {
	i := slices.IndexFunc(f.Comments, func(c *ast.CommentGroup) bool { return c.Pos() <= slash && slash < c.End() })
	return f.Comments[i]
}
