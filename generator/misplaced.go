package generator

import (
	"fmt"
	"go/ast"

	"github.com/wpsgen/wpsgen/generator/binding"
	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/generator/directive"
)

// known drops directives with a verb nobody defines, or in a place where theirs has no meaning, and reports them.
func (g *run) known(defs *Definitions, f *ast.File, list []directive.Found) []directive.Found {
	var out []directive.Found
	for _, d := range defs.understood(list) {
		def := defs.Set.Verb(d.Verb)
		switch {
		case def == nil:
			g.reportUnknown(defs, d)
		case def.On == binding.OnFunc && d.Where == directive.OnFunc, def.On == binding.OnPackage && d.Where == directive.OnPackage:
			out = append(out, d)
		default:
			finding := g.misplaced(d, d.Where.String(), "put it at the end of the doc comment of "+standsOn(def))
			finding.Edits = g.moveTo(f, d, g.meant(f, d, def))
			g.report(finding)
		}
	}
	return out
}

func (g *run) reportUnknown(defs *Definitions, d directive.Found) {
	g.report(diag.Finding{
		Code:    diag.UnknownVerb,
		Place:   place(g.fset, d.VerbPos, d.VerbEnd()),
		Message: fmt.Sprintf("there is no directive //wps:%s", d.Verb),
		Hint:    verbHint(d.Verb, defs.Set),
	})
}

// verbHint is the way out for a verb that nobody defines. A word that belongs to a directive comes before one
// that merely looks like a verb: connect is an event, and no slip for context.
func verbHint(verb string, set *binding.Set) string {
	if meant := set.Meant(verb); meant != "" {
		return "did you mean " + meant + "?"
	}
	return nearest(verb, set.Verbs())
}

func (g *run) misplaced(d directive.Found, where, hint string) diag.Finding {
	return diag.Finding{
		Code:    diag.MisplacedDirective,
		Place:   place(g.fset, d.Slash, d.End),
		Message: fmt.Sprintf("//wps:%s stands %s, where nothing reads it", d.Verb, where),
		Hint:    hint,
	}
}

func standsOn(def *binding.Definition) string {
	if def.On == binding.OnPackage {
		return "the package clause"
	}
	return "a function"
}
