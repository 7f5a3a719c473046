package lint

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/wpsgen/wpsgen/generator/diag"
)

// places finds the positions of places in a package's files.
type places struct {
	pass  *analysis.Pass
	lines map[line]token.Pos // where a line begins
}

type line struct {
	file   string
	number int
}

func newPlaces(pass *analysis.Pass) *places { return &places{pass: pass} }

// find returns the positions that enclose a place. The end is that of the place's beginning where it is
// not known; ok is false for a place outside the package.
func (p *places) find(at diag.Place) (pos, end token.Pos, ok bool) {
	pos, ok = p.pos(at.File, max(at.Line, 1), max(at.Column, 1))
	if !ok {
		return token.NoPos, token.NoPos, false
	}
	if end, ok = p.pos(at.File, at.EndLine, at.EndColumn); !ok {
		end = pos
	}
	return pos, end, true
}

func (p *places) pos(file string, number, column int) (token.Pos, bool) {
	if p.lines == nil {
		p.index()
	}
	begin, ok := p.lines[line{file, number}]
	if !ok {
		return token.NoPos, false
	}
	f := p.pass.Fset.File(begin)
	offset := f.Offset(begin) + column - p.pass.Fset.Position(begin).Column
	if offset < 0 || offset > f.Size() {
		return token.NoPos, false
	}
	return f.Pos(offset), true
}

// index finds the lines by the names that //line comments give them, as findings have them.
func (p *places) index() {
	p.lines = make(map[line]token.Pos)
	for _, f := range p.pass.Files {
		p.indexFile(p.pass.Fset.File(f.FileStart))
	}
	p.pass.Fset.Iterate(func(f *token.File) bool {
		if slices.Contains(p.pass.IgnoredFiles, f.Name()) {
			p.indexFile(f)
		}
		return true
	})
}

func (p *places) indexFile(f *token.File) {
	for i := range f.LineCount() {
		begin := f.LineStart(i + 1)
		at := p.pass.Fset.Position(begin)
		if _, taken := p.lines[line{at.Filename, at.Line}]; !taken {
			p.lines[line{at.Filename, at.Line}] = begin
		}
	}
}

// writable reports whether a position is in the very file that the place names, and not in what a tool
// such as cgo made of it.
func (p *places) writable(pos token.Pos, at diag.Place) bool {
	return p.pass.Fset.File(pos).Name() == at.File
}
