package generator

import (
	"go/token"
	"slices"

	"github.com/wpsgen/wpsgen/generator/binding"
	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/generator/directive"
)

// use is one directive, understood, and where it stands.
type use struct {
	*binding.Use
	directive *directive.Directive
	place     diag.Place
	fset      *token.FileSet
	wrong     bool // has an error of its own
}

// understand gives a directive's properties their values and reports what is wrong with them.
func (g *run) understand(pkg *Package, d directive.Found) *use {
	def := pkg.known.Set.Verb(d.Verb)
	args := make([]binding.Arg, len(d.Args))
	for i, a := range d.Args {
		args[i] = binding.Arg{Key: a.Key, Value: a.Value, Flag: a.Flag, Quoted: a.Quoted}
	}
	env := binding.Env{Defaults: make(map[string]string)}
	for key, s := range pkg.defaults {
		env.Defaults[key] = s.value
	}
	u := &use{
		Use: binding.Resolve(def, args, env), directive: d.Directive,
		place: place(g.fset, d.Slash, d.End), fset: g.fset, wrong: g.broken[d.Directive],
	}
	for _, issue := range binding.Check(def, args, env) {
		if issue.Kind == binding.MissingKey && g.broken[d.Directive] {
			continue
		}
		f := u.finding(issue)
		u.wrong = u.wrong || f.Severity() == diag.Error
		g.report(f)
	}
	return u
}

// argument returns the directive's argument for a property, under an old name too; nil when it has none.
func (u *use) argument(key string) *directive.Arg {
	p := u.Def.Property(key)
	for i, a := range u.directive.Args {
		if a.Key == key || p != nil && slices.Contains(p.Was, a.Key) {
			return &u.directive.Args[i]
		}
	}
	return nil
}

// mayTrigger reports whether it cannot be told, for a mistake in it, that the directive is no trigger.
func (u *use) mayTrigger() bool { return u.wrong && u.Def.Passthrough != "" && u.Get("type") == "" }

// title is the directive as messages name it: with the type where that is what tells it apart.
func (u *use) title() string {
	if u.Def.Passthrough != "" {
		return "//wps:" + u.Def.Verb + " type=" + u.Get("type")
	}
	return "//wps:" + u.Def.Verb
}

// valuePlace returns where a property's value stands, the directive when it stands elsewhere.
func (u *use) valuePlace(key string) diag.Place {
	if a := u.argument(key); a != nil {
		return place(u.fset, a.ValuePos, a.End)
	}
	return u.place
}
