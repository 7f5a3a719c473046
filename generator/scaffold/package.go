package scaffold

import (
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/wpsgen/wpsgen/generator"
	"github.com/wpsgen/wpsgen/generator/binding"
	"github.com/wpsgen/wpsgen/generator/directive"
)

// glueFile is what generate writes anew.
const glueFile = "wps_gen.go"

// Package is what a new function has to fit in with.
type Package struct {
	// Dir is the package's folder, Name its name.
	Dir, Name string
	// Receiver is the type whose methods are the package's functions, with its pointer star if any; "" for
	// plain functions.
	Receiver string
	// ImportPath is the package's import path, "" while it is not known.
	ImportPath string
	// Defaults are what //wps:defaults sets.
	Defaults map[string]string

	fset *token.FileSet
	// names are what is declared at package level, tests included; those of methods and fields are below
	// their type's, as Type.Name.
	names map[string]token.Pos
	// imports are the names that files import packages by.
	imports map[string]token.Pos
	structs map[string]bool
	// files are the names of the folder's files.
	files map[string]bool
	// generates reports that a file runs wpsgen for go generate.
	generates bool
}

// ReadPackage reads the package in a folder; the name is "" when there are no Go files. Files for other systems
// count as well. The error is about files that cannot be read or parsed.
func ReadPackage(dir string) (*Package, error) {
	p := &Package{
		Dir: dir, Defaults: make(map[string]string), fset: token.NewFileSet(),
		names: make(map[string]token.Pos), imports: make(map[string]token.Pos), structs: make(map[string]bool),
		files: make(map[string]bool),
	}
	set, err := binding.Builtin()
	if err != nil {
		return nil, err
	}
	files, err := p.parse()
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		if f.Name.Name == p.Name { // another name is that of tests from outside, or of what is never built
			p.add(f, set.Verbs())
		}
	}
	return p, nil
}

// Find takes from a result of the generator what the package has there, and returns the app the package belongs to,
// nil when no function of an app around it is known.
func (p *Package) Find(result *generator.Result) *generator.App {
	var app *generator.App
	for _, a := range result.Apps {
		rel, err := filepath.Rel(a.Dir, p.Dir)
		if err == nil && filepath.IsLocal(rel) && (app == nil || len(a.Dir) > len(app.Dir)) {
			app = a
		}
		for _, pkg := range a.Packages {
			if pkg.Dir == p.Dir {
				p.Receiver, p.ImportPath = pkg.Receiver, pkg.Path
				return a
			}
		}
	}
	return app
}

// parse parses the folder's files and finds the package's name.
func (p *Package) parse() ([]*ast.File, error) {
	entries, err := os.ReadDir(p.Dir)
	if err != nil {
		return nil, err
	}
	var files []*ast.File
	for _, e := range entries {
		p.files[e.Name()] = true
		if !isSource(e) {
			continue
		}
		f, err := parser.ParseFile(p.fset, filepath.Join(p.Dir, e.Name()), nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, fmt.Errorf("a Go file there has to be mended first: %w", err)
		}
		files = append(files, f)
		built, err := build.Default.MatchFile(p.Dir, e.Name())
		if err != nil {
			return nil, err
		}
		if built && p.Name == "" && !strings.HasSuffix(e.Name(), "_test.go") {
			p.Name = f.Name.Name
		}
	}
	return files, nil
}

func isSource(e fs.DirEntry) bool {
	name := e.Name()
	return !e.IsDir() && strings.HasSuffix(name, ".go") && name != glueFile && !strings.HasPrefix(name, ".") && !strings.HasPrefix(name, "_")
}

func (p *Package) add(f *ast.File, verbs []string) {
	for _, spec := range f.Imports {
		if name := importName(spec); name != "" {
			p.imports[name] = spec.Pos()
		}
	}
	for _, d := range f.Decls {
		p.declare(d)
	}
	for _, group := range f.Comments {
		for _, c := range group.List {
			if strings.HasPrefix(c.Text, "//go:generate ") && strings.Contains(c.Text, "wpsgen") {
				p.generates = true
			}
		}
	}
	found, _ := directive.Scan(p.fset, f, verbs)
	for _, d := range found {
		if d.Where == directive.OnPackage && d.Verb == "defaults" {
			for _, a := range d.Args {
				p.Defaults[a.Key] = a.Value
			}
		}
	}
}
