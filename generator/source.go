package generator

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"path/filepath"
	"strings"

	"github.com/wpsgen/wpsgen/generator/binding"
	"github.com/wpsgen/wpsgen/generator/diag"
)

// Source is one package as a driver of analyzers has loaded it.
type Source struct {
	// Fset has the positions of Files.
	Fset *token.FileSet
	// Files are the package's files, parsed with comments; those of its tests may be among them.
	Files []*ast.File
	// Ignored are the paths of the folder's files that build constraints exclude.
	Ignored []string
	// Types is the package, Info what its expressions are.
	Types *types.Package
	Info  *types.Info
	// ReadFile reads an ignored file.
	ReadFile func(path string) ([]byte, error)
}

// Check reports the mistakes that show in one package alone, in order of place: all that [Run] finds but
// those that hang on the app's other packages or its files. Ignored files are added to the file set. The
// error is that of a broken binding definition.
func Check(src Source) ([]diag.Finding, error) {
	l := src.load()
	if l == nil {
		return nil, nil
	}
	definitions, err := binding.Builtin()
	if err != nil {
		return nil, err
	}
	g := newRun(Config{Definitions: definitions})
	g.fset = src.Fset
	l.appDir = g.finder.appDir(l.dir, moduleOf(l.dir))
	if l.known, err = g.definitions(l.appDir); err != nil {
		return nil, err
	}
	g.findings = nil // of the app's files
	g.resolve(l)
	g.bindSignatures()
	for _, pkg := range g.built {
		g.checkAlone(pkg)
	}
	return diag.Sort(g.findings), nil
}

// load returns the package with its files and strays told apart, nil when no file mentions a directive.
func (src Source) load() *loaded {
	l := &loaded{path: src.Types.Path(), name: src.Types.Name(), types: src.Types, info: src.Info}
	mentioned := false
	for _, f := range src.Files {
		path := src.Fset.Position(f.Package).Filename
		if filepath.Base(path) == glueFile {
			continue
		}
		l.dir = filepath.Dir(path)
		mentions := fileMentions(f)
		mentioned = mentioned || mentions
		switch {
		case !strings.HasSuffix(path, "_test.go"):
			l.files = append(l.files, f)
		case mentions:
			l.strays = append(l.strays, f)
		}
	}
	for _, path := range src.Ignored {
		if f := src.ignored(path); f != nil {
			l.strays = append(l.strays, f)
			mentioned = true
		}
	}
	if !mentioned {
		return nil
	}
	return l
}

// ignored parses an excluded file that mentions directives. One that cannot be read or parsed is the
// business of a build that includes it.
func (src Source) ignored(path string) *ast.File {
	if filepath.Ext(path) != ".go" || filepath.Base(path) == glueFile {
		return nil
	}
	text, err := src.ReadFile(path)
	if err != nil || !mentionsDirective(text) {
		return nil
	}
	f, err := parser.ParseFile(src.Fset, path, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil
	}
	return f
}

// fileMentions reports whether a comment of a file may be a directive.
func fileMentions(f *ast.File) bool {
	for _, group := range f.Comments {
		for _, c := range group.List {
			if mentionsDirective([]byte(c.Text)) {
				return true
			}
		}
	}
	return false
}
