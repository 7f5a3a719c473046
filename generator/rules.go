package generator

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/generator/diag"
)

// rule is a check over several bindings of an app.
type rule struct {
	check func(*run, *App)
	// files tells that it hangs on the app's host.json or wpsgen.yaml, or on all of its packages being there.
	files bool
}

// rules are the checks over several bindings, by the names the definitions call them by. A fact about
// one binding is in its definition and not here.
var rules = map[string]rule{
	"bindingNames":     {check: (*run).checkBindingNames},
	"contextMethods":   {check: (*run).checkContextMethods},
	"contextOnly":      {check: (*run).checkContextOnly, files: true},
	"dispatchKey":      {check: (*run).checkDispatchKeys},
	"envelopeRoutes":   {check: (*run).checkEnvelopeRoutes, files: true},
	"expressionRoots":  {check: (*run).checkExpressions},
	"functionNames":    {check: (*run).checkFunctionNames},
	"groupPresence":    {check: (*run).checkGroupPresence, files: true},
	"oneTrigger":       {check: (*run).checkTriggers},
	"replyKeys":        {check: (*run).checkReplyKeys},
	"routes":           {check: (*run).checkRoutes},
	"shadowedIdentity": {check: (*run).checkShadowedIdentity, files: true},
	"webhookName":      {check: (*run).checkWebhookName, files: true},
}

// checkApp runs every rule over one app.
func (g *run) checkApp(app *App) {
	for _, name := range slices.Sorted(maps.Keys(rules)) {
		rules[name].check(g, app)
	}
}

// checkAlone runs the rules that show in one package.
func (g *run) checkAlone(pkg *Package) {
	app := &App{Dir: pkg.Dir, Packages: []*Package{pkg}, known: pkg.known}
	for _, name := range slices.Sorted(maps.Keys(rules)) {
		if !rules[name].files {
			rules[name].check(g, app)
		}
	}
}

// checkTriggers reports functions that nothing runs. Second triggers are seen when directives are read.
func (g *run) checkTriggers(app *App) {
	for _, fn := range app.Functions() {
		if fn.triggerUse() != nil || slices.ContainsFunc(fn.uses, (*use).mayTrigger) {
			continue
		}
		g.report(diag.Finding{
			Code: diag.NoTrigger, Place: fn.Place,
			Message: fmt.Sprintf("nothing runs %s: it has no trigger", fn.GoName),
			Hint:    "add " + list(app.known.triggerVerbs()),
		})
	}
}

// checkFunctionNames reports functions of one name, which would share a folder.
func (g *run) checkFunctionNames(app *App) {
	g.unique(app.Functions(), func(fn *Function) string { return strings.ToLower(fn.Name) },
		func(fn, first *Function) diag.Finding {
			return diag.Finding{
				Code:    diag.DuplicateFunction,
				Message: fmt.Sprintf("there are two functions called %s in this app", fn.Name),
				Hint:    "give one another name with //wps:function name=",
			}
		})
}

// checkDispatchKeys reports functions for the same event of the same hub.
func (g *run) checkDispatchKeys(app *App) {
	g.unique(app.Functions(), dispatchKey, func(fn, first *Function) diag.Finding {
		u := fn.triggerUse()
		return diag.Finding{
			Code: diag.DuplicateEvent,
			Message: fmt.Sprintf("%s and %s both run on %s event %s of hub %s",
				first.GoName, fn.GoName, u.Get("eventType"), u.Get("eventName"), u.Get("hub")),
			Hint: "let one function do the work of both",
		}
	})
}

// dispatchKey is what tells Web PubSub triggers apart, "" for other functions.
func dispatchKey(fn *Function) string {
	u := fn.triggerUse()
	if u == nil || u.Def.Own || u.Get("eventType") == "" || u.Get("eventName") == "" {
		return ""
	}
	return strings.ToLower(strings.Join([]string{u.Get("hub"), u.Get("eventType"), u.Get("eventName"), u.Get("clientProtocols")}, "\x00"))
}

// unique reports every function that shares a key with an earlier one, at both places. The key "" is nobody's.
func (g *run) unique(fns []*Function, key func(*Function) string, finding func(fn, first *Function) diag.Finding) {
	firsts := make(map[string]*Function)
	for _, fn := range fns {
		k := key(fn)
		if k == "" {
			continue
		}
		first := firsts[k]
		if first == nil {
			firsts[k] = fn
			continue
		}
		f := finding(fn, first)
		f.Place = fn.Place
		f.Related = []diag.Related{{Place: first.Place, Message: "the first one is " + first.GoName}}
		g.report(f)
		g.alsoUnsound(first)
	}
}

// checkBindingNames reports bindings of one name on a function.
func (g *run) checkBindingNames(app *App) {
	for _, fn := range app.Functions() {
		firsts := make(map[string]*Binding)
		for _, b := range fn.Bindings {
			k := strings.ToLower(b.Name)
			if k == "" {
				continue // reported as missing
			}
			if first := firsts[k]; first != nil && first.use != b.use {
				g.report(diag.Finding{
					Code: diag.DuplicateBinding, Place: b.use.place,
					Message: fmt.Sprintf("%s has two bindings called %s", fn.GoName, b.Name),
					Hint:    "give this one another name with name=",
					Related: []diag.Related{{Place: first.use.place, Message: "the first one"}},
				})
				continue
			}
			firsts[k] = b
		}
	}
}

// replyKeys are the members of a trigger's return value. The host copies each into the output of its
// name (host-spec 1.7, 2.6).
var replyKeys = []string{"data", "dataType", "states", "code", "errorMessage", "userId", "groups", "roles", "subprotocol", "mqtt"}

// checkReplyKeys reports outputs that a reply would overwrite.
func (g *run) checkReplyKeys(app *App) {
	for _, fn := range app.Functions() {
		if dispatchKey(fn) == "" {
			continue
		}
		for _, b := range fn.Bindings {
			if b.Direction != "out" || !slices.ContainsFunc(replyKeys, func(k string) bool { return strings.EqualFold(k, b.Name) }) {
				continue
			}
			g.report(diag.Finding{
				Code: diag.ReplyKeyClash, Place: b.use.place,
				Message: fmt.Sprintf("the output %s has the name of a member of the reply, which would overwrite it", b.Name),
				Hint:    "give it another name with name=",
				Related: []diag.Related{{Place: fn.triggerUse().place, Message: "the trigger whose reply it is"}},
			})
		}
	}
}
