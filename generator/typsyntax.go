package generator

import (
	"go/ast"
	"slices"
)

// syntaxType is a type as a file of some package spells it.
type syntaxType struct {
	scope *scope
	file  *ast.File
	expr  ast.Expr
	// args are what stands for the type parameters of the declaration that the type is part of.
	args map[string]typ
	// aliases counts those followed to get here.
	aliases int
}

// maxAliases bounds how many aliases are followed, since they may form a ring in code that does not compile.
const maxAliases = 16

// to is another expression at the same place.
func (t syntaxType) to(e ast.Expr) syntaxType {
	t.expr = e
	return t
}

func (t syntaxType) shape() shape {
	switch e := t.expr.(type) {
	case *ast.ParenExpr:
		return t.to(e.X).shape()
	case *ast.StarExpr:
		return shape{kind: pointerKind, elem: t.to(e.X)}
	case *ast.ArrayType:
		if e.Len == nil {
			return shape{kind: sliceKind, elem: t.to(e.Elt)}
		}
		return shape{kind: arrayKind, elem: t.to(e.Elt)}
	case *ast.MapType:
		return shape{kind: mapKind, key: t.to(e.Key), elem: t.to(e.Value)}
	case *ast.StructType:
		return shape{kind: structKind}
	case *ast.InterfaceType:
		return shape{kind: interfaceKind, empty: t.isEmpty(e)}
	case *ast.FuncType:
		return shape{kind: funcKind}
	case *ast.ChanType:
		return shape{kind: chanKind}
	}
	return t.named()
}

// isEmpty reports whether an interface asks for no methods, in what it embeds neither.
func (t syntaxType) isEmpty(e *ast.InterfaceType) bool {
	for _, field := range e.Methods.List {
		if len(field.Names) > 0 {
			return false
		}
		embedded := t.to(field.Type).shape()
		if embedded.kind == namedKind && embedded.elem != nil {
			embedded = embedded.elem.shape()
		}
		if embedded.kind != interfaceKind || !embedded.empty {
			return false
		}
	}
	return true
}

// named is the shape of a type that has a name, with or without type arguments.
func (t syntaxType) named() shape {
	expr, args := t.instance()
	switch e := expr.(type) {
	case *ast.Ident:
		if arg, ok := t.args[e.Name]; ok {
			return arg.shape()
		}
		if s, ok := t.declared(t.scope, e.Name, args); ok {
			return s
		}
		if predeclared[e.Name] {
			return predeclaredShape(e.Name)
		}
		return t.dotImported(e.Name, args)
	case *ast.SelectorExpr:
		if pkg, ok := e.X.(*ast.Ident); ok {
			return t.imported(t.scope.importPath(t.file, pkg.Name), pkg.Name, e.Sel.Name, args)
		}
	}
	return shape{}
}

// instance takes type arguments off a name.
func (t syntaxType) instance() (name ast.Expr, args []typ) {
	switch e := t.expr.(type) {
	case *ast.IndexExpr:
		return e.X, []typ{t.to(e.Index)}
	case *ast.IndexListExpr:
		for _, x := range e.Indices {
			args = append(args, t.to(x))
		}
		return e.X, args
	}
	return t.expr, nil
}

// declared is the shape of a type that a package declares.
func (t syntaxType) declared(in *scope, name string, args []typ) (shape, bool) {
	decl, ok := in.types[name]
	if !ok {
		return shape{}, false
	}
	to := syntaxType{scope: in, file: decl.file, expr: decl.spec.Type, args: bind(decl.spec.TypeParams, args), aliases: t.aliases}
	if decl.spec.Assign.IsValid() {
		if to.aliases++; to.aliases > maxAliases {
			return shape{}, true
		}
		return to.shape(), true
	}
	return shape{
		kind: namedKind, name: in.prefix + name, generic: len(args) > 0, elem: to,
		hasMethod: func(method string) bool { return in.methods[name][method] },
	}, true
}

// bind gives type parameters their arguments. One without is a type nothing is known of.
func bind(params *ast.FieldList, args []typ) map[string]typ {
	if params == nil {
		return nil
	}
	bound := make(map[string]typ)
	for _, field := range params.List {
		for _, name := range field.Names {
			bound[name.Name] = unknownType{}
			if i := len(bound) - 1; i < len(args) {
				bound[name.Name] = args[i]
			}
		}
	}
	return bound
}

// unknownType is a type nothing is known of.
type unknownType struct{}

func (unknownType) shape() shape { return shape{} }

// imported is the shape of a type of another package, known in the file by some name. While that
// package's declarations are not known, it is taken for a type of its own.
func (t syntaxType) imported(path, pkg, name string, args []typ) shape {
	if path == "unsafe" {
		return shape{kind: basicKind, name: path + "." + name}
	}
	if path != "" && !meant(path, name) {
		if other := t.scope.world.scope(path); other != nil {
			if s, ok := t.declared(other, name, args); ok {
				return s
			}
		}
	}
	prefix := prefixOf(path)
	if path == "" {
		// Which package it is does not show. Marked like a name of this one, it is not taken for a known one.
		prefix = "./" + pkg + "."
	}
	return shape{kind: namedKind, name: prefix + name, generic: len(args) > 0}
}

// dotImported is the shape of a name that neither the package nor the language declares: it comes from
// a package imported with a dot.
func (t syntaxType) dotImported(name string, args []typ) shape {
	paths := dotImports(t.file)
	for _, path := range paths {
		if meant(path, name) && path != runtimePath {
			return t.imported(path, "", name, args)
		}
		if other := t.scope.world.scope(path); other != nil {
			if _, ok := other.types[name]; ok {
				return t.imported(path, "", name, args)
			}
		}
	}
	if slices.Equal(paths, []string{runtimePath}) {
		return t.imported(runtimePath, "", name, args)
	}
	return shape{kind: namedKind, name: "./" + name, generic: len(args) > 0}
}

func predeclaredShape(name string) shape {
	switch name {
	case "any":
		return shape{kind: interfaceKind, empty: true}
	case "uint8":
		name = "byte"
	case "int32":
		name = "rune"
	}
	return shape{kind: basicKind, name: name}
}
