package generator

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"testing"
)

// TestTypesBySyntaxAndChecker holds what syntax tells of types against what the type checker does.
func TestTypesBySyntaxAndChecker(t *testing.T) {
	tests := []struct {
		typ, spelled   string
		decode, encode string // what is unfit
	}{
		{"int", "int", "", ""},
		{"[]uint8", "[]byte", "", ""},
		{"int32", "rune", "", ""},
		{"any", "any", "", ""},
		{"interface{ any }", "any", "", ""},
		{"interface{ Empty }", "any", "", ""},
		{"interface{ M() }", "interface{…}", withMethods, ""},
		{"interface{ Stringer }", "interface{…}", withMethods, ""},
		{"error", "error", withMethods, ""},
		{"Stringer", "./Stringer", withMethods, ""},
		{"struct{ C chan int }", "struct{…}", "", ""},
		{"[3]func()", "[...]func", "a func", "a func"},
		{"map[string][]chan int", "map[string][]chan", "a chan", "a chan"},
		{"map[Key]int", "map[./Key]int", "", "a map with keys of type Key"},
		{"map[any]int", "map[any]int", "a map with keys of type any", "a map with keys of type any"},
		{"(*(Alias))", "*int", "", ""},
		{"Func", "./Func", "", "a func"},
		{"Ring", "./Ring", "", ""},
		{"Box[int]", "./Box[…]", "", ""},
		{"Boxes[chan int]", "./Boxes[…]", "a chan", "a chan"},
		{"Two[string, func()]", "./Two[…]", "a func", "a func"},
		{"Pointer[Box[int]]", "*./Box[…]", "", ""},
		{"unsafe.Pointer", "unsafe.Pointer", "an unsafe.Pointer", "an unsafe.Pointer"},
		{"[]complex128", "[]complex128", "a complex128", "a complex128"},
		{"io.Writer", "io.Writer", withMethods, ""},
		{"*neturl.Values", "*url.Values", "", ""},
	}
	src := typesSource
	for _, tt := range tests {
		src += "\nvar _ " + tt.typ
	}
	for what, all := range bothTypes(t, src) {
		for i, tt := range tests {
			typ := all[len(all)-len(tests)+i]
			got, decode, encode := spell(typ), decoding.unfit(typ), encoding.unfit(typ)
			if got != tt.spelled {
				t.Errorf("%s of %s: %s, want %s", what, tt.typ, got, tt.spelled)
			}
			if decode != tt.decode || encode != tt.encode {
				t.Errorf("%s of %s: unfit are %q and %q, want %q and %q", what, tt.typ, decode, encode, tt.decode, tt.encode)
			}
		}
	}
}

const typesSource = `package p

import (
	"io"
	neturl "net/url"
	"unsafe"
)

var _ io.Writer
var _ neturl.Values
var _ unsafe.Pointer

type Alias = int
type Empty interface{}
type Stringer interface{ String() string }
type Key struct{}
func (*Key) UnmarshalText([]byte) error { return nil }
type Func func()
func (f *Func) UnmarshalJSON([]byte) error { return nil }
type Ring []Ring
type Box[T any] struct{ Value T }
type Boxes[T any] []T
type Two[A, B any] map[string]B
type Pointer[T any] = *T
`

// bothTypes returns the types of a source's variables, as syntax and as the type checker have them.
func bothTypes(t *testing.T, src string) map[string][]typ {
	t.Helper()
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "p.go", src, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{Types: make(map[ast.Expr]types.TypeAndValue)}
	pkg, err := (&types.Config{Importer: importer.Default()}).Check("p", fset, []*ast.File{f}, info)
	if err != nil {
		t.Fatal(err)
	}
	syntax := newScope("./", []*ast.File{f}, newWorld(Config{Dir: "."}))
	checked := newScope("./", []*ast.File{f}, newWorld(Config{}))
	checked.checked, checked.pkg = info, pkg
	both := make(map[string][]typ)
	for _, d := range f.Decls {
		if d, ok := d.(*ast.GenDecl); ok && d.Tok == token.VAR {
			e := d.Specs[0].(*ast.ValueSpec).Type
			both["syntax"] = append(both["syntax"], syntax.typeOf(f, e))
			both["checker"] = append(both["checker"], checked.typeOf(f, e))
		}
	}
	return both
}
