package generator

import (
	"fmt"
	"go/ast"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/generator/binding"
	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/generator/directive"
	"github.com/wpsgen/wpsgen/internal/suggest"
)

// resolveAll makes the models of all packages, several at a time, as if one after the other.
func (g *run) resolveAll() {
	parts := make([]run, len(g.packages))
	parallel(len(parts), func(i int) {
		parts[i] = run{cfg: g.cfg, fset: g.fset, world: g.world, broken: make(map[*directive.Directive]bool)}
		parts[i].resolve(g.packages[i])
	})
	for _, part := range parts {
		g.built = append(g.built, part.built...)
		g.report(part.findings...)
	}
}

// resolve makes the model of one package and reports every mistake that shows in it alone.
func (g *run) resolve(l *loaded) {
	g.report(l.errors...)
	pkg := &Package{
		Path: l.path, Name: l.name, Dir: l.dir, appDir: l.appDir,
		defaults: make(map[string]setting), scope: newScope("./", l.files, g.world),
	}
	pkg.scope.checked, pkg.scope.pkg = l.info, l.types
	found := make(map[*ast.File][]directive.Found)
	for _, f := range l.files {
		list, problems := directive.Scan(g.fset, f, g.cfg.Definitions.Verbs())
		g.reportProblems(problems)
		g.markBroken(list, problems)
		found[f] = g.known(f, list)
	}
	g.reportStrays(l)
	for _, f := range l.files {
		g.readDefaults(pkg, found[f])
	}
	for _, f := range l.files {
		for decl, list := range byDecl(found[f]) {
			pkg.Functions = append(pkg.Functions, g.function(pkg, f, decl, list))
		}
	}
	slices.SortFunc(pkg.Functions, func(a, b *Function) int { return comparePlaces(a.Place, b.Place) })
	g.chooseReceiver(pkg)
	g.checkTakenName(pkg)
	if l.path != "" && (len(pkg.Functions) > 0 || len(l.errors) > 0) {
		g.built = append(g.built, pkg)
	}
}

// markBroken remembers directives of which a part could not be read: that part is reported, and what it
// would have said is unknown and not missing.
func (g *run) markBroken(list []directive.Found, problems []directive.Problem) {
	for _, d := range list {
		for _, p := range problems {
			if d.Slash <= p.Pos && p.Pos < d.End && p.Fix == "" {
				g.broken[d.Directive] = true
			}
		}
	}
}

func comparePlaces(a, b diag.Place) int {
	if c := strings.Compare(a.File, b.File); c != 0 {
		return c
	}
	return a.Line - b.Line
}

func byDecl(list []directive.Found) map[*ast.FuncDecl][]directive.Found {
	out := make(map[*ast.FuncDecl][]directive.Found)
	for _, d := range list {
		if decl, ok := d.Decl.(*ast.FuncDecl); ok {
			out[decl] = append(out[decl], d)
		}
	}
	return out
}

// readDefaults takes what package directives set for the whole package.
func (g *run) readDefaults(pkg *Package, list []directive.Found) {
	for _, d := range list {
		if d.Where != directive.OnPackage {
			continue
		}
		u := g.understand(pkg, d)
		for _, key := range u.Def.Keys() {
			value := u.Value(key)
			if value.From != binding.FromDirective {
				continue
			}
			if before, twice := pkg.defaults[key]; twice {
				g.report(diag.Finding{
					Code:    diag.RepeatedDirective,
					Place:   u.place,
					Message: fmt.Sprintf("the package's default %s is set twice", key),
					Hint:    "remove one of them",
					Related: []diag.Related{{Place: before.place, Message: "set here first"}},
				})
				continue
			}
			pkg.defaults[key] = setting{value.String(), u.place}
		}
	}
}

func nearest(word string, candidates []string) string {
	if n := suggest.Nearest(word, candidates); n != "" {
		return fmt.Sprintf("did you mean %q?", n)
	}
	return "there are " + strings.Join(candidates, ", ")
}
