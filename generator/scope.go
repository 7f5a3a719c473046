package generator

import (
	"go/ast"
	"go/token"
	"strconv"
	"strings"
)

// scope knows what names mean in one package, as far as syntax tells: declarations of all its files
// and the imports of each.
type scope struct {
	// types are the package's type declarations by name, with the file each stands in.
	types map[string]typeDecl
	// names are all package-level names.
	names map[string]token.Pos
}

type typeDecl struct {
	spec *ast.TypeSpec
	file *ast.File
}

// knownPackages are the imports whose types mean something to us, by path, with the name used for
// them in definitions.
var knownPackages = map[string]string{
	"context":   "context",
	"io":        "io",
	"net/http":  "http",
	"net/url":   "url",
	runtimePath: "wps",
}

func newScope(files []*ast.File) *scope {
	s := &scope{types: make(map[string]typeDecl), names: make(map[string]token.Pos)}
	for _, f := range files {
		for _, d := range f.Decls {
			s.declare(f, d)
		}
	}
	return s
}

func (s *scope) declare(f *ast.File, d ast.Decl) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil {
			s.names[d.Name.Name] = d.Name.Pos()
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				s.names[spec.Name.Name] = spec.Name.Pos()
				s.types[spec.Name.Name] = typeDecl{spec, f}
			case *ast.ValueSpec:
				for _, n := range spec.Names {
					s.names[n.Name] = n.Pos()
				}
			}
		}
	}
}

// typeString spells a type the way definitions do: *wps.ConnectEventRequest, []wps.Action, string. A
// type of an unknown package keeps its import path, one of this package is spelled ./Name; aliases
// declared in this package are followed.
func (s *scope) typeString(f *ast.File, e ast.Expr) string {
	return s.spell(f, e, 0)
}

// maxAliases bounds how many aliases are followed, since they may form a ring in code that does not compile.
const maxAliases = 8

func (s *scope) spell(f *ast.File, e ast.Expr, aliases int) string {
	switch e := e.(type) {
	case *ast.ParenExpr:
		return s.spell(f, e.X, aliases)
	case *ast.StarExpr:
		return "*" + s.spell(f, e.X, aliases)
	case *ast.ArrayType:
		if e.Len == nil {
			return "[]" + s.spell(f, e.Elt, aliases)
		}
		return "[...]" + s.spell(f, e.Elt, aliases)
	case *ast.MapType:
		return "map[" + s.spell(f, e.Key, aliases) + "]" + s.spell(f, e.Value, aliases)
	case *ast.SelectorExpr:
		if pkg, ok := e.X.(*ast.Ident); ok {
			return importedAs(f, pkg.Name) + "." + e.Sel.Name
		}
	case *ast.Ident:
		return s.spellName(f, e.Name, aliases)
	case *ast.InterfaceType:
		if e.Methods.NumFields() == 0 {
			return "any"
		}
		return "interface{…}"
	case *ast.FuncType:
		return "func"
	case *ast.ChanType:
		return "chan"
	case *ast.IndexExpr:
		return s.spell(f, e.X, aliases) + "[…]"
	case *ast.IndexListExpr:
		return s.spell(f, e.X, aliases) + "[…]"
	}
	return "struct{…}"
}

func (s *scope) spellName(f *ast.File, name string, aliases int) string {
	if decl, ok := s.types[name]; ok {
		if decl.spec.Assign.IsValid() && aliases < maxAliases {
			return s.spell(decl.file, decl.spec.Type, aliases+1)
		}
		return "./" + name
	}
	if predeclared[name] {
		return name
	}
	if pkg, ok := dotImport(f); ok {
		return pkg + "." + name
	}
	return "./" + name
}

var predeclared = map[string]bool{
	"any": true, "bool": true, "byte": true, "error": true, "string": true, "rune": true, "uintptr": true,
	"int": true, "int8": true, "int16": true, "int32": true, "int64": true,
	"uint": true, "uint8": true, "uint16": true, "uint32": true, "uint64": true,
	"float32": true, "float64": true, "complex64": true, "complex128": true,
}

// importedAs returns what definitions call the package a file knows by that name. One whose path does
// not show its name is marked like a name of this package, so that it is not taken for a known one.
func importedAs(f *ast.File, name string) string {
	for _, spec := range f.Imports {
		if n, path := importName(spec); n == name {
			if known, ok := knownPackages[path]; ok {
				return known
			}
			return path
		}
	}
	return "./" + name
}

// importName returns the name an import is known by in its file. The name of a package whose path
// does not end in it is known for ours only; for others it does not matter here.
func importName(spec *ast.ImportSpec) (name, path string) {
	path, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		return "", ""
	}
	switch {
	case spec.Name != nil:
		return spec.Name.Name, path
	case path == runtimePath:
		return "wps", path
	}
	return path[strings.LastIndexByte(path, '/')+1:], path
}

// dotImport returns the known package a file imports with a dot. A name that neither the package nor
// the language declares comes from there.
func dotImport(f *ast.File) (string, bool) {
	for _, spec := range f.Imports {
		if n, path := importName(spec); n == "." {
			if known, ok := knownPackages[path]; ok {
				return known, true
			}
		}
	}
	return "", false
}

// isOurs reports whether a spelled type is one of package wps, behind pointers and slices too.
func isOurs(spelled string) bool {
	return strings.HasPrefix(strings.TrimLeft(spelled, "*[]"), "wps.")
}

// free returns name, with underscores added until nothing in the package is called so.
func (s *scope) free(name string) string {
	for {
		if _, taken := s.names[name]; !taken {
			return name
		}
		name += "_"
	}
}
