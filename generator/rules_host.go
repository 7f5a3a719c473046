package generator

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/generator/project"
	"github.com/wpsgen/wpsgen/internal/expr"
	"github.com/wpsgen/wpsgen/internal/route"
)

// checkEnvelopeRoutes reports http functions whose requests, passed on with their own paths, could be
// taken for the host's call of another function (host-spec 1.3, 1.8).
func (g *run) checkEnvelopeRoutes(app *App) {
	if !app.host.Forwarding && !app.host.Proxying {
		return
	}
	for _, fn := range app.Functions() {
		http := fn.httpUse()
		if !app.passesOn(fn) || !route.SharesMethod(http.Value("methods").Items, []string{"post"}) {
			continue
		}
		t, err := route.Parse(app.Path(cmp.Or(http.Get("route"), fn.Name)))
		if err != nil {
			continue // reported where the directive was read
		}
		for _, called := range app.Functions() {
			if app.passesOn(called) || app.hostBindings(called) == nil {
				continue
			}
			if _, fits := t.Match(called.Name); !fits {
				continue
			}
			g.report(diag.Finding{
				Code: diag.EnvelopeRoute, Place: http.valuePlace("route"),
				Message: fmt.Sprintf("anybody can POST to /%s through %s, as the host does to call %s", called.Name, fn.GoName, called.GoName),
				Hint:    "give the routes a prefix, such as api, with extensions.http.routePrefix in host.json, or change route=",
				Related: []diag.Related{{Place: called.Place, Message: "called with a POST to /" + called.Name}},
			})
			break
		}
	}
}

// passesOn reports whether the host would pass a function's requests on: it has one binding in and one
// out, both http (host-spec 1.8).
func (a *App) passesOn(fn *Function) bool {
	b := a.hostBindings(fn)
	return len(b) == 2 && b[0].Type == "httpTrigger" && b[1].Type == "http"
}

// checkWebhookName reports functions that have the name or the route of the one wpsgen adds.
func (g *run) checkWebhookName(app *App) {
	if app.Upstream != project.HTTP {
		return
	}
	for _, fn := range app.Functions() {
		if strings.EqualFold(fn.Name, WebhookName) {
			g.report(g.webhookTaken(app, fn.namePlace(), fmt.Sprintf("%s has the name of the function that takes the service's events", fn.GoName), "give it another one with //wps:function name="))
			continue
		}
		if http := fn.httpUse(); http != nil && strings.EqualFold(strings.Trim(http.Get("route"), "/"), WebhookName) {
			g.report(g.webhookTaken(app, http.valuePlace("route"), fmt.Sprintf("%s has the route where the app takes the service's events", fn.GoName), "change route="))
		}
	}
}

func (g *run) webhookTaken(app *App, at diag.Place, message, hint string) diag.Finding {
	return diag.Finding{
		Code: diag.WebhookName, Place: at, Message: message, Hint: hint,
		Related: []diag.Related{{Place: app.upstreamPlace, Message: "upstream: http adds the function " + WebhookName}},
	}
}

// namePlace returns where the function's name stands, its first directive when it is the Go name.
func (f *Function) namePlace() diag.Place {
	for _, u := range f.uses {
		if u.Def.Verb == "function" {
			return u.valuePlace("name")
		}
	}
	return f.Place
}

// checkGroupPresence warns of events that the host's extension does not hand over (extension-spec 1.6, 3.6).
func (g *run) checkGroupPresence(app *App) {
	if app.Upstream == project.HTTP {
		return
	}
	for _, fn := range app.Functions() {
		if u := fn.triggerUse(); u != nil && u.Get("eventType") == "groupPresence" {
			g.report(diag.Finding{
				Code: diag.GroupPresence, Place: u.valuePlace("eventType"),
				Message: fmt.Sprintf("behind the Functions host, its extension does not run %s", fn.GoName),
				Hint:    "write upstream: http in " + project.File + ", unless the app runs stand-alone",
			})
		}
	}
}

// identityHeader begins the names of the headers that say who the caller is.
const identityHeader = "x-ms-client-principal"

// checkShadowedIdentity warns of expressions for the caller's identity on functions that take a body,
// in which the host looks first (host-spec 1.5). With upstream: http the host evaluates none.
func (g *run) checkShadowedIdentity(app *App) {
	if app.Upstream == project.HTTP {
		return
	}
	for _, fn := range app.Functions() {
		http := fn.httpUse()
		if http == nil || !takesBody(http.Value("methods").Items) {
			continue
		}
		for _, u := range fn.uses {
			for _, p := range u.Def.Properties {
				if !p.Expressions || !namesIdentity(u.Get(p.Name)) {
					continue
				}
				g.report(diag.Finding{
					Code: diag.ShadowedIdentity, Place: u.valuePlace(p.Name),
					Message: fmt.Sprintf("%s: a caller of %s can choose the value with a member headers in the request's body", p.Name, fn.GoName),
					Hint:    "let the function take methods without a body, as in methods=get",
					Related: []diag.Related{{Place: http.place, Message: "takes requests with a body"}},
				})
			}
		}
	}
}

func namesIdentity(value string) bool {
	t, err := expr.Parse(value)
	if err != nil {
		return false // reported where it is checked
	}
	for _, e := range t.Expressions() {
		if !e.Builtin && len(e.Path) > 1 && strings.EqualFold(e.Path[0], "headers") && strings.HasPrefix(strings.ToLower(e.Path[1]), identityHeader) {
			return true
		}
	}
	return false
}
