package scaffold

import (
	"fmt"
	"go/ast"
	"go/token"

	"github.com/wpsgen/wpsgen/generator/diag"
)

// declare takes the names that a declaration declares.
func (p *Package) declare(d ast.Decl) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		name := d.Name.Name
		if d.Recv != nil {
			name = receiverType(d) + "." + name
		}
		p.names[name] = d.Name.Pos()
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				p.names[spec.Name.Name] = spec.Name.Pos()
				p.declareFields(spec)
			case *ast.ValueSpec:
				for _, n := range spec.Names {
					p.names[n.Name] = n.Pos()
				}
			}
		}
	}
}

func (p *Package) declareFields(spec *ast.TypeSpec) {
	s, ok := spec.Type.(*ast.StructType)
	if !ok {
		return
	}
	p.structs[spec.Name.Name] = true
	for _, field := range s.Fields.List {
		for _, n := range field.Names {
			p.names[spec.Name.Name+"."+n.Name] = n.Pos()
		}
	}
}

// receiverType is the name of a method's type.
func receiverType(d *ast.FuncDecl) string {
	name := ""
	ast.Inspect(d.Recv.List[0].Type, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && name == "" {
			name = id.Name
		}
		return name == ""
	})
	return name
}

// place says where something stands, relative to a folder.
func (p *Package) place(pos token.Pos, wd string) string {
	at := p.fset.Position(pos)
	return fmt.Sprintf("%s:%d:%d", diag.Relative(wd, at.Filename), at.Line, at.Column)
}
