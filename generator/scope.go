package generator

import (
	"go/ast"
	"go/token"
	"go/types"
)

// scope knows what names mean in one package: from the declarations of all its files and the imports of
// each, or from the type checker where one has run.
type scope struct {
	// prefix stands before the names of the package's types in definitions: ./ for the package itself.
	prefix string
	// types are the package's type declarations by name, with the file each stands in.
	types map[string]typeDecl
	// methods are the names of the methods declared on each type.
	methods map[string]map[string]bool
	// names are all package-level names.
	names map[string]token.Pos
	// world finds other packages.
	world *world

	// checked is what the type checker says of expressions, nil when it has not run.
	checked *types.Info
	pkg     *types.Package
}

type typeDecl struct {
	spec *ast.TypeSpec
	file *ast.File
}

func newScope(prefix string, files []*ast.File, w *world) *scope {
	s := &scope{
		prefix: prefix, world: w, types: make(map[string]typeDecl),
		methods: make(map[string]map[string]bool), names: make(map[string]token.Pos),
	}
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
			return
		}
		s.declareMethod(d)
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

func (s *scope) declareMethod(d *ast.FuncDecl) {
	for _, field := range d.Recv.List {
		name := receiverName(field.Type)
		if s.methods[name] == nil {
			s.methods[name] = make(map[string]bool)
		}
		s.methods[name][d.Name.Name] = true
	}
}

// receiverName is the name of a receiver's type, without pointer and type parameters.
func receiverName(e ast.Expr) string {
	for {
		switch t := e.(type) {
		case *ast.ParenExpr:
			e = t.X
		case *ast.StarExpr:
			e = t.X
		case *ast.IndexExpr:
			e = t.X
		case *ast.IndexListExpr:
			e = t.X
		case *ast.Ident:
			return t.Name
		default:
			return ""
		}
	}
}

// typeOf returns the type that an expression in one of the package's files stands for.
func (s *scope) typeOf(f *ast.File, e ast.Expr) typ {
	if s.checked != nil {
		if tv, ok := s.checked.Types[e]; ok && tv.IsType() && tv.Type != types.Typ[types.Invalid] {
			return checkedType{tv.Type, s.pkg}
		}
	}
	return syntaxType{scope: s, file: f, expr: e}
}

var predeclared = map[string]bool{
	"any": true, "bool": true, "byte": true, "error": true, "string": true, "rune": true, "uintptr": true,
	"int": true, "int8": true, "int16": true, "int32": true, "int64": true,
	"uint": true, "uint8": true, "uint16": true, "uint32": true, "uint64": true,
	"float32": true, "float64": true, "complex64": true, "complex128": true,
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
