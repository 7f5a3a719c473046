package generator

import (
	"go/ast"
	"slices"
	"strconv"
	"strings"
)

// knownPackages are the imports whose types mean something to us, by path, with the name used for
// them in definitions.
var knownPackages = map[string]string{
	"context":   "context",
	"io":        "io",
	"net/http":  "http",
	"net/url":   "url",
	runtimePath: "wps",
}

// meant reports whether a type is one that definitions speak of, so that nothing about it need be read.
func meant(path, name string) bool {
	switch path + "." + name {
	case "context.Context", "io.Reader", "net/http.Request", "net/http.ResponseWriter", "net/url.Values":
		return true
	}
	return path == runtimePath
}

// prefixOf is what stands before the names of a package's types in definitions: its name there, else its path.
func prefixOf(path string) string {
	if known, ok := knownPackages[path]; ok {
		return known + "."
	}
	return path + "."
}

// importPath returns the path of the package that a file knows by a name, "" when that does not show.
func (s *scope) importPath(f *ast.File, name string) string {
	for _, spec := range f.Imports {
		path := pathOf(spec)
		switch {
		case spec.Name != nil:
			if spec.Name.Name == name {
				return path
			}
		case s.world.nameOf(path) == name:
			return path
		}
	}
	return ""
}

// pathOf returns the path of an import, "" when it cannot be read.
func pathOf(spec *ast.ImportSpec) string {
	path, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		return ""
	}
	return path
}

// lastElement is the end of an import path, which mostly is the package's name.
func lastElement(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }

// dotImports returns the packages that a file imports with a dot.
func dotImports(f *ast.File) []string {
	var paths []string
	for _, spec := range f.Imports {
		if spec.Name != nil && spec.Name.Name == "." {
			paths = append(paths, pathOf(spec))
		}
	}
	return paths
}

// importsOf returns the packages whose declarations say what the types in a node of a file are.
func (s *scope) importsOf(f *ast.File, node ast.Node, seen map[string]bool) []string {
	var paths []string
	ast.Inspect(node, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Field: // its name is no type's
			paths = append(paths, s.importsOf(f, n.Type, seen)...)
			return false
		case *ast.StructType:
			return false
		case *ast.SelectorExpr:
			paths = append(paths, s.selected(f, n)...)
			return false
		case *ast.Ident:
			paths = append(paths, s.importsOfName(f, n.Name, seen)...)
		}
		return true
	})
	return paths
}

// selected returns the package that a qualified name may be of: all of those that it may be while the
// file does not show their names.
func (s *scope) selected(f *ast.File, e *ast.SelectorExpr) []string {
	pkg, ok := e.X.(*ast.Ident)
	if !ok {
		return nil
	}
	path := s.importPath(f, pkg.Name)
	if meant(path, e.Sel.Name) {
		return nil
	}
	if path != "" {
		return []string{path}
	}
	var paths []string
	for _, spec := range f.Imports {
		if path := pathOf(spec); spec.Name == nil && knownPackages[path] == "" {
			paths = append(paths, path)
		}
	}
	return paths
}

// importsOfName returns the packages that what a name stands for hangs on.
func (s *scope) importsOfName(f *ast.File, name string, seen map[string]bool) []string {
	if decl, ok := s.types[name]; ok {
		if seen[name] {
			return nil
		}
		seen[name] = true
		return s.importsOf(decl.file, decl.spec.Type, seen)
	}
	paths := dotImports(f)
	if predeclared[name] || slices.Equal(paths, []string{runtimePath}) ||
		slices.ContainsFunc(paths, func(path string) bool { return meant(path, name) && path != runtimePath }) {
		return nil
	}
	return paths
}
