package generator

import (
	"fmt"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/generator/project"
	"github.com/wpsgen/wpsgen/internal/route"
)

// contextType is the binding that makes an http function an event handler.
const contextType = "webPubSubContext"

// contextBinding returns the function's webPubSubContext binding, nil when it has none.
func (f *Function) contextBinding() *Binding {
	for _, b := range f.Bindings {
		if b.Type == contextType {
			return b
		}
	}
	return nil
}

// checkContextMethods reports event handlers that the service could not ask or not tell (host-spec 3).
func (g *run) checkContextMethods(app *App) {
	for _, fn := range app.Functions() {
		context, http := fn.contextBinding(), fn.httpUse()
		if context == nil || http == nil || len(http.Value("methods").Items) == 0 {
			continue
		}
		methods := http.Value("methods").Items
		var missing []string
		for _, m := range []string{"post", "options"} {
			if !route.SharesMethod(methods, []string{m}) {
				missing = append(missing, m)
			}
		}
		if len(missing) == 0 {
			continue
		}
		all := strings.Join(slices.Concat(methods, missing), ",")
		at := http.valuePlace("methods")
		g.report(diag.Finding{
			Code: diag.ContextMethods, Place: at,
			Message: fmt.Sprintf("%s takes events, but not the methods %s, which bring them", fn.GoName, strings.Join(missing, " and ")),
			Hint:    "write methods=" + all,
			Related: []diag.Related{{Place: context.use.place, Message: "takes events"}},
			Edits:   []diag.Edit{{Place: at, NewText: all}},
		})
	}
}

// checkContextOnly warns of an app with no binding that makes the host load the extension (host-spec 4.2).
// With upstream: http nothing needs it.
func (g *run) checkContextOnly(app *App) {
	if app.Upstream == project.HTTP {
		return
	}
	var first *Binding
	for _, fn := range app.Functions() {
		for _, b := range fn.Bindings {
			switch {
			case b.Type == contextType:
				if first == nil {
					first = b
				}
			case strings.HasPrefix(b.Type, "webPubSub"):
				return
			}
		}
	}
	if first == nil {
		return
	}
	g.report(diag.Finding{
		Code: diag.ContextOnly, Place: first.use.place,
		Message: "behind the Functions host, //wps:context alone does not load the Web PubSub extension",
		Hint:    "add a function with //wps:connection, such as one that negotiates, or an //wps:output",
	})
}
