package generator

import (
	"fmt"
	"go/ast"
	"go/token"
	"slices"
	"strconv"
	"strings"

	"github.com/wpsgen/wpsgen/generator/binding"
	"github.com/wpsgen/wpsgen/generator/diag"
)

// maxParams is how many parameters package glue has adapters for.
const maxParams = 8

// offer is a parameter or result that one of a function's bindings provides.
type offer struct {
	binding string // the binding's name
	param   *binding.Param
	result  *binding.Result
}

// signature binds a function's parameters and results to what its bindings offer.
type signature struct {
	fn       *Function
	fset     *token.FileSet
	params   []offer
	results  []offer
	findings []diag.Finding
}

// bindSignature fills in the function's sources and sinks, or says what stands in the way.
func bindSignature(fset *token.FileSet, fn *Function) []diag.Finding {
	s := &signature{fn: fn, fset: fset}
	s.collectOffers()
	s.bindParams()
	s.bindResults()
	return s.findings
}

func (s *signature) collectOffers() {
	var verbs []string
	for _, u := range s.fn.uses {
		verbs = append(verbs, u.Def.Verb)
	}
	for _, u := range s.fn.uses {
		params, results := u.Gives(verbs)
		for i := range params {
			s.params = append(s.params, offer{binding: u.Name(), param: &params[i]})
		}
		for i := range results {
			s.results = append(s.results, offer{binding: u.Name(), result: &results[i]})
		}
	}
}

// typeOf returns the type that an expression in the function's signature stands for.
func (s *signature) typeOf(e ast.Expr) typ { return s.fn.Package.scope.typeOf(s.fn.file, e) }

func (s *signature) report(code diag.Code, node ast.Node, hint, format string, args ...any) {
	s.findings = append(s.findings, diag.Finding{
		Code:    code,
		Place:   place(s.fset, node.Pos(), node.End()),
		Message: fmt.Sprintf(format, args...),
		Hint:    hint,
		Related: []diag.Related{{Place: s.fn.Place, Message: "the directive"}},
	})
}

func (s *signature) bindParams() {
	decl := s.fn.decl
	if name := decl.Name.Name; name == "_" || name == "init" && decl.Recv == nil {
		s.report(diag.BadSignature, decl.Name, "give the function a name of its own", "Go lets nobody call a function called %s", name)
		return
	}
	if decl.Type.TypeParams != nil {
		s.report(diag.BadSignature, decl.Type.TypeParams, "annotate a function without them that calls this one",
			"%s has type parameters, which nothing can choose", decl.Name.Name)
		return
	}
	index := 0
	for _, field := range decl.Type.Params.List {
		names := field.Names
		if len(names) == 0 {
			names = []*ast.Ident{nil}
		}
		for _, name := range names {
			s.bindParam(index, name, field.Type)
			index++
		}
	}
	if index > maxParams {
		s.report(diag.BadSignature, decl.Type.Params, "take the whole event in place of its parts",
			"%s has %d parameters; %d is the most", decl.Name.Name, index, maxParams)
	}
}

func (s *signature) bindParam(index int, name *ast.Ident, typ ast.Expr) {
	if _, variadic := typ.(*ast.Ellipsis); variadic {
		s.report(diag.BadSignature, typ, "annotate a function without them that calls this one", "%s takes a variable number of parameters, which nothing provides", s.fn.decl.Name.Name)
		return
	}
	spelled := spell(s.typeOf(typ))
	if spelled == "context.Context" {
		if index > 0 {
			s.report(diag.BadSignature, typ, "move it to the front", "context.Context is not the first parameter")
		}
		s.fn.sources = append(s.fn.sources, source{glue: "Context"})
		return
	}
	if o, ok := s.matchType(name, typ, spelled); ok {
		s.take(o)
		return
	}
	s.bindByName(name, typ, spelled)
}

// take makes an offer the next parameter's source.
func (s *signature) take(o offer) {
	if fn, generic := strings.CutSuffix(o.param.Source, "[T](name)"); generic {
		r := &reader{source: fn, binding: o.binding, pointer: slices.Contains(o.param.Types, anyPointer)}
		s.fn.sources = append(s.fn.sources, source{reader: r})
		return
	}
	s.fn.sources = append(s.fn.sources, source{glue: glueCall(o.param.Source, o.binding)})
}

// matchType finds the offer of that very type. Where several bindings offer it, the parameter's name decides.
func (s *signature) matchType(name *ast.Ident, typ ast.Expr, spelled string) (offer, bool) {
	var found []offer
	for _, o := range s.params {
		if o.param.Type == spelled && !slices.ContainsFunc(found, func(f offer) bool { return glueCall(f.param.Source, f.binding) == glueCall(o.param.Source, o.binding) }) {
			found = append(found, o)
		}
	}
	if len(found) < 2 {
		return first(found)
	}
	for _, o := range found {
		if name != nil && o.binding == name.Name {
			return o, true
		}
	}
	s.report(diag.BadParameter, orNode(name, typ), "name the parameter as one of the bindings: "+list(bindingNames(found)),
		"%s is provided by %d bindings of this function", spelled, len(found))
	return found[0], true
}

// offered lists what the function may take, for hints.
func (s *signature) offered() string {
	names := []string{"context.Context"}
	for _, o := range s.params {
		n := o.param.Type
		if n == "" {
			n = strings.ReplaceAll(o.param.Name, "{name}", o.binding)
		}
		if !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	return "this function can have " + list(names)
}

// glueCall spells the glue expression of a source or sink for a binding.
func glueCall(source, bindingName string) string {
	return strings.ReplaceAll(source, "(name)", "("+strconv.Quote(bindingName)+")")
}

func first(offers []offer) (offer, bool) {
	if len(offers) == 0 {
		return offer{}, false
	}
	return offers[0], true
}

func bindingNames(offers []offer) []string {
	var names []string
	for _, o := range offers {
		names = append(names, o.binding)
	}
	return names
}

func orNode(id *ast.Ident, e ast.Expr) ast.Node {
	if id != nil {
		return id
	}
	return e
}

// list joins words for a reader: a, b or c.
func list(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
}
