package generator

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"os"
	"path/filepath"

	"github.com/wpsgen/wpsgen/generator/diag"
)

// keptHint ends the findings of files that cannot be read.
const keptHint = "what this package has generated so far stays as it is"

func (l *loaded) parse(fset *token.FileSet, files, strays []string, t *tree) {
	for _, path := range files {
		if filepath.Base(path) == glueFile {
			continue
		}
		f, err := parseFile(fset, path, t)
		if err != nil {
			l.errors = append(l.errors, syntaxErrors(path, err)...)
			continue
		}
		if f.Name.Name != l.name {
			l.errors = append(l.errors, diag.Finding{
				Code: diag.SyntaxError, Place: place(fset, f.Name.Pos(), f.Name.End()),
				Message: fmt.Sprintf("package %s stands in the folder of package %s", f.Name.Name, l.name),
				Hint:    keptHint,
			})
			continue
		}
		l.files = append(l.files, f)
	}
	for _, path := range strays {
		f, err := parseFile(fset, path, t)
		if err != nil {
			l.errors = append(l.errors, syntaxErrors(path, err)...)
			continue
		}
		l.strays = append(l.strays, f)
	}
}

func parseFile(fset *token.FileSet, path string, t *tree) (*ast.File, error) {
	src, ok := t.marked[path]
	if !ok {
		var err error
		if src, err = os.ReadFile(path); err != nil {
			return nil, err
		}
	}
	return parser.ParseFile(fset, path, src, parser.ParseComments|parser.SkipObjectResolution)
}

// syntaxErrors makes findings of what go/parser says of a file.
func syntaxErrors(path string, err error) []diag.Finding {
	var list scanner.ErrorList
	if !errors.As(err, &list) {
		return []diag.Finding{{Code: diag.SyntaxError, Place: diag.Place{File: path}, Message: err.Error()}}
	}
	var out []diag.Finding
	for _, e := range list {
		out = append(out, diag.Finding{
			Code:    diag.SyntaxError,
			Place:   diag.Place{File: e.Pos.Filename, Line: e.Pos.Line, Column: e.Pos.Column},
			Message: e.Msg,
			Hint:    keptHint,
		})
	}
	return out
}
