package generator

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/internal/expr"
	"github.com/wpsgen/wpsgen/internal/route"
)

// checkRoutes reports http functions that answer the same requests, and warns of routes that other routers would read
// otherwise.
func (g *run) checkRoutes(app *App) {
	type served struct {
		fn       *Function
		template *route.Template
	}
	var before []served
	for _, fn := range app.Functions() {
		u := fn.httpUse()
		if u == nil {
			continue
		}
		t, err := route.Parse(cmp.Or(u.Get("route"), fn.Name))
		if err != nil {
			continue // reported where the directive was read
		}
		if message, hint := route.Misleading(u.Get("route"), app.RoutePrefix); message != "" {
			g.report(diag.Finding{Code: diag.BadRoute, Level: diag.Warning, Place: u.valuePlace("route"), Message: message, Hint: hint})
		}
		for _, other := range before {
			// Two functions of one name share a route only because of it, which is reported.
			if strings.EqualFold(other.fn.Name, fn.Name) || !route.Conflict(other.template, t) || !route.SharesMethod(other.fn.httpUse().Value("methods").Items, u.Value("methods").Items) {
				continue
			}
			g.report(diag.Finding{
				Code: diag.DuplicateRoute, Place: u.place,
				Message: fmt.Sprintf("%s and %s answer the same requests, those for %s", other.fn.GoName, fn.GoName, cmp.Or(u.Get("route"), fn.Name)),
				Hint:    "change route= or methods= of one",
				Related: []diag.Related{{Place: other.fn.httpUse().place, Message: "the first one is " + other.fn.GoName}},
			})
			g.alsoUnsound(other.fn)
		}
		before = append(before, served{fn, t})
	}
}

// checkExpressions reports binding expressions whose first name the trigger does not provide.
func (g *run) checkExpressions(app *App) {
	for _, fn := range app.Functions() {
		trigger := fn.triggerUse()
		if trigger == nil {
			continue
		}
		for _, u := range fn.uses {
			for _, p := range u.Def.Properties {
				if value := u.Get(p.Name); p.Expressions && value != "" {
					g.checkExpression(fn, trigger, u, p.Name, value)
				}
			}
		}
	}
}

func (g *run) checkExpression(fn *Function, trigger, u *use, key, value string) {
	t, err := expr.Parse(value)
	if err != nil {
		g.report(diag.Finding{
			Code: diag.UnknownExpression, Place: u.valuePlace(key),
			Message: fmt.Sprintf("%s: %v", key, err),
			Hint:    "an expression is a name in braces, such as {query.userid}",
		})
		return
	}
	for _, e := range t.Expressions() {
		if e.Builtin || provides(fn, trigger, e.Path) {
			continue
		}
		g.report(diag.Finding{
			Code: diag.UnknownExpression, Place: u.valuePlace(key),
			Message: fmt.Sprintf("%s: nothing provides {%s}", key, strings.Join(e.Path, ".")),
			Hint:    expressionHint(trigger, e.Path),
			Related: []diag.Related{{Place: trigger.place, Message: "the trigger"}},
		})
	}
}

// provides reports whether the trigger has a value under the first name of a path. An http trigger
// also offers its route's parameters and the members of a JSON body; the query's values stand at the
// top as well, so that a single name may always be one of them (host-spec 1.5).
func provides(fn *Function, trigger *use, path []string) bool {
	if slices.ContainsFunc(trigger.Def.Provides, func(root string) bool { return strings.EqualFold(root, path[0]) }) {
		return true
	}
	if trigger.Def.Passthrough != "" {
		return true // what another extension's trigger provides is not known here
	}
	http := fn.httpUse()
	if http == nil {
		return false
	}
	if t, err := route.Parse(http.Get("route")); err == nil &&
		slices.ContainsFunc(t.Parameters(), func(p string) bool { return strings.EqualFold(p, path[0]) }) {
		return true
	}
	return len(path) == 1 || takesBody(http.Value("methods").Items) && !strings.EqualFold(path[0], "req")
}

func takesBody(methods []string) bool {
	return len(methods) == 0 || slices.ContainsFunc(methods, func(m string) bool {
		return !slices.Contains([]string{"get", "head", "delete", "options", "trace"}, strings.ToLower(m))
	})
}

func expressionHint(trigger *use, path []string) string {
	if len(path) > 1 && slices.ContainsFunc(trigger.Def.Provides, func(root string) bool { return strings.EqualFold(root, path[1]) }) {
		return "write {" + strings.Join(path[1:], ".") + "}"
	}
	return "//wps:" + trigger.Def.Verb + " provides " + list(trigger.Def.Provides)
}
