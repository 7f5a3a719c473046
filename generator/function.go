package generator

import (
	"fmt"
	"go/ast"
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/wpsgen/wpsgen/generator/binding"
	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/generator/directive"
)

// function makes the model of one annotated function.
func (g *run) function(pkg *Package, f *ast.File, decl *ast.FuncDecl, list []directive.Found) *Function {
	fn := &Function{
		Name: DefaultName(decl.Name.Name), GoName: decl.Name.Name, IsMethod: decl.Recv != nil,
		Package: pkg, decl: decl, file: f,
		Place: place(g.fset, list[0].Slash, list[0].End),
	}
	before := make(map[string]*use)
	for _, d := range list {
		u := g.understand(pkg, d)
		if first := before[d.Verb]; first != nil && !u.Def.Repeats {
			g.report(repeated(fn, u, first))
			continue
		}
		if trigger := fn.triggerUse(); trigger != nil && u.IsTrigger() {
			g.report(repeated(fn, u, trigger))
			continue
		}
		before[d.Verb] = u
		fn.uses = append(fn.uses, u)
	}
	g.checkNeeds(fn)
	g.nameFunction(fn)
	for _, u := range fn.uses {
		for _, e := range u.Entries() {
			fn.Bindings = append(fn.Bindings, &Binding{Entry: e, use: u})
		}
	}
	return fn
}

// checkNeeds reports directives without the one they need beside them.
func (g *run) checkNeeds(fn *Function) {
	for _, u := range fn.uses {
		for _, verb := range u.Def.NeedsVerbs {
			if slices.ContainsFunc(fn.uses, func(other *use) bool { return other.Def.Verb == verb }) {
				continue
			}
			g.report(diag.Finding{
				Code: diag.MissingDirective, Place: u.place,
				Message: fmt.Sprintf("//wps:%s needs //wps:%s beside it", u.Def.Verb, verb),
				Hint:    "add it to " + fn.GoName,
			})
		}
	}
}

// triggerUse returns the directive that says when the function runs, nil when none does.
func (f *Function) triggerUse() *use {
	for _, u := range f.uses {
		if u.IsTrigger() {
			return u
		}
	}
	return nil
}

// httpUse returns the directive that makes it an http function, nil when none does.
func (f *Function) httpUse() *use {
	for _, b := range f.Bindings {
		if b.Type == "httpTrigger" {
			return b.use
		}
	}
	return nil
}

// nameFunction takes the function's name from //wps:function name=, else from its Go name, which may
// not be one the host accepts.
func (g *run) nameFunction(fn *Function) {
	def := g.cfg.Definitions.Verb("function")
	for _, u := range fn.uses {
		if u.Def == def {
			fn.Name = u.Get("name")
			return
		}
	}
	if def == nil || fn.GoName == "_" { // the signature's check speaks of that one
		return
	}
	args := []binding.Arg{{Key: "name", Value: fn.Name}}
	for _, issue := range binding.Check(def, args, binding.Env{}) {
		g.report(diag.Finding{
			Code: diag.BadFunctionName, Place: place(g.fset, fn.decl.Name.Pos(), fn.decl.Name.End()),
			Message: issue.Message,
			Hint:    "name the function with //wps:function name=",
			Related: []diag.Related{{Place: fn.Place, Message: "the directive"}},
		})
	}
}

// DefaultName is what a function is called that no directive names: its Go name with its first letter in lower case: Negotiate -> negotiate.
func DefaultName(goName string) string {
	first, size := utf8.DecodeRuneInString(goName)
	return string(unicode.ToLower(first)) + goName[size:]
}

func repeated(fn *Function, u, first *use) diag.Finding {
	message := fmt.Sprintf("%s has a second //wps:%s", fn.GoName, u.Def.Verb)
	if u.Def.Verb != first.Def.Verb || u.Def.Repeats {
		message = fmt.Sprintf("%s has two triggers, %s and %s", fn.GoName, first.title(), u.title())
	}
	return diag.Finding{
		Code: diag.RepeatedDirective, Place: u.place, Message: message,
		Hint:    "split the function, or let a function without directives do the common work",
		Related: []diag.Related{{Place: first.place, Message: "the first one"}},
	}
}
