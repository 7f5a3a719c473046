package generator

import "go/types"

// checkedType is a type as the type checker has it.
type checkedType struct {
	types.Type
	own *types.Package // the package that looks at it
}

// to is a type that this one is made of.
func (t checkedType) to(other types.Type) checkedType { return checkedType{other, t.own} }

func (t checkedType) shape() shape {
	switch u := types.Unalias(t.Type).(type) {
	case *types.Basic:
		if u.Kind() == types.UnsafePointer {
			return shape{kind: basicKind, name: "unsafe.Pointer"}
		}
		return predeclaredShape(u.Name())
	case *types.Named:
		return t.named(u)
	case *types.Pointer:
		return shape{kind: pointerKind, elem: t.to(u.Elem())}
	case *types.Slice:
		return shape{kind: sliceKind, elem: t.to(u.Elem())}
	case *types.Array:
		return shape{kind: arrayKind, elem: t.to(u.Elem())}
	case *types.Map:
		return shape{kind: mapKind, key: t.to(u.Key()), elem: t.to(u.Elem())}
	case *types.Struct:
		return shape{kind: structKind}
	case *types.Interface:
		return shape{kind: interfaceKind, empty: u.NumMethods() == 0}
	case *types.Signature:
		return shape{kind: funcKind}
	case *types.Chan:
		return shape{kind: chanKind}
	}
	return shape{}
}

func (t checkedType) named(n *types.Named) shape {
	obj := n.Obj()
	if obj.Pkg() == nil {
		return shape{kind: basicKind, name: obj.Name()} // error
	}
	prefix := "./"
	if obj.Pkg() != t.own {
		prefix = prefixOf(obj.Pkg().Path())
	}
	return shape{
		kind: namedKind, name: prefix + obj.Name(), generic: n.TypeArgs().Len() > 0, elem: t.to(n.Underlying()),
		hasMethod: func(name string) bool {
			m, _, _ := types.LookupFieldOrMethod(n, true, nil, name)
			_, ok := m.(*types.Func)
			return ok
		},
	}
}
