package house

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// sources are packages of the module as they are written, tests included.
type sources struct {
	root     string
	packages map[string]*source // by path below the module
}

// source is a package: what its functions and constants have in them, by name.
type source struct {
	nodes   map[string]ast.Node
	imports map[ast.Node]map[string]string // of the file that a node stands in: packages of the module by name
}

func newSources(root string) *sources {
	return &sources{root: root, packages: make(map[string]*source)}
}

func (s *sources) load(pkg string) (*source, error) {
	if p := s.packages[pkg]; p != nil {
		return p, nil
	}
	dir := filepath.Join(s.root, filepath.FromSlash(pkg))
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	p := &source{nodes: make(map[string]ast.Node), imports: make(map[ast.Node]map[string]string)}
	s.packages[pkg] = p
	for _, entry := range entries {
		if !strings.HasSuffix(entry.Name(), ".go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(dir, entry.Name()), nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		p.add(file)
	}
	return p, nil
}

func (p *source) add(file *ast.File) {
	imports := make(map[string]string)
	for _, spec := range file.Imports {
		path, _ := strconv.Unquote(spec.Path.Value) // it has been parsed
		if rest, ours := strings.CutPrefix(path, module+"/"); ours {
			imports[filepath.Base(rest)] = rest
		}
	}
	keep := func(name string, node ast.Node) {
		p.nodes[name], p.imports[node] = node, imports
	}
	for _, decl := range file.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			if d.Recv == nil {
				keep(d.Name.Name, d)
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				if v, ok := spec.(*ast.ValueSpec); ok {
					for _, name := range v.Names {
						keep(name.Name, v)
					}
				}
			}
		}
	}
}

// reads reports why a test does not read a file of vectors: neither it nor what it calls has its name.
func (s *sources) reads(pkg, test, file string) error {
	p, err := s.load(pkg)
	if err != nil {
		return err
	}
	if _, ok := p.nodes[test].(*ast.FuncDecl); !ok {
		return fmt.Errorf("package %s has no test %s", pkg, test)
	}
	found, err := s.mentions(pkg, test, file, make(map[string]bool))
	if err == nil && !found {
		err = fmt.Errorf("%s of package %s does not read it", test, pkg)
	}
	return err
}

// mentions follows functions and constants from a name, within the module, to the text.
func (s *sources) mentions(pkg, name, text string, seen map[string]bool) (bool, error) {
	if seen[pkg+"."+name] {
		return false, nil
	}
	seen[pkg+"."+name] = true
	p, err := s.load(pkg)
	if err != nil || p.nodes[name] == nil {
		return false, err
	}
	node := p.nodes[name]
	found := false
	ast.Inspect(node, func(n ast.Node) bool {
		if found || err != nil {
			return false
		}
		switch n := n.(type) {
		case *ast.BasicLit:
			value, _ := strconv.Unquote(n.Value) // numbers are no text
			found = n.Kind == token.STRING && value == text
		case *ast.Ident:
			found, err = s.mentions(pkg, n.Name, text, seen)
		case *ast.SelectorExpr:
			of, ok := n.X.(*ast.Ident)
			if other := ""; ok {
				if other = p.imports[node][of.Name]; other != "" {
					found, err = s.mentions(other, n.Sel.Name, text, seen)
					return false
				}
			}
		}
		return true
	})
	return found, err
}
