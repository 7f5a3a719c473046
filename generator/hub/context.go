package hub

import (
	"cmp"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/generator"
)

// eventParameter is where the service puts the event's name in a URL. Each context function stands at the
// route that is its event's name, or at one that ends so and takes every event (mistakes 44; apps, Static
// Web App chat).
const eventParameter = "{event}"

// anyEvent is the user event pattern that takes every event (service-spec 3.1).
const anyEvent = "*"

// validateRoute is the route the service asks for permission at: {event} becomes validate (service-spec 3.2).
const validateRoute = "validate"

// systemEvents are all there are, in the order of a client's life (service-spec 6.1).
var systemEvents = []string{"connect", "connected", "disconnected"}

// contextEvent is an event that a context function takes, and the route of its event handler.
type contextEvent struct{ route, event string }

// addContexts adds handlers for the context functions to every hub the app names. Their binding names
// no hub, since a function takes whatever the service sends to its route.
func addContexts(all []Settings, app *generator.App, lookup func(name string) (string, bool)) ([]Settings, error) {
	events := contextEvents(app)
	if len(events) == 0 {
		return all, nil
	}
	hubs, err := namedHubs(app, lookup)
	if err != nil {
		return nil, err
	}
	for _, hub := range hubs {
		for _, e := range events {
			all = addContext(all, hub, app.Path(e.route), e.event)
		}
	}
	return all, nil
}

func addContext(all []Settings, hub, path, event string) []Settings {
	switch {
	case event == anyEvent:
		for _, system := range systemEvents {
			all = add(all, hub, path, "system", system)
		}
		return add(all, hub, path, "user", anyEvent)
	case slices.Contains(systemEvents, event):
		return add(all, hub, path, "system", event)
	}
	return add(all, hub, path, "user", event)
}

// contextEvents returns what the context functions take. Those that take every event come last, since the
// service stops at the first handler that fits.
func contextEvents(app *generator.App) []contextEvent {
	var named, every []contextEvent
	for _, fn := range contextFunctions(app) {
		switch route := routeOf(fn); {
		case takesEvery(route):
			every = append(every, contextEvent{route, anyEvent})
		case route != validateRoute && !strings.ContainsAny(route, "/{"):
			named = append(named, contextEvent{eventParameter, route})
		}
	}
	return append(named, every...)
}

// takesEvery reports whether a route's one parameter is the event, at its end.
func takesEvery(route string) bool {
	before, found := strings.CutSuffix(route, eventParameter)
	return found && !strings.Contains(before, "{") && (before == "" || strings.HasSuffix(before, "/"))
}

func contextFunctions(app *generator.App) []*generator.Function {
	return slices.DeleteFunc(app.Functions(), func(fn *generator.Function) bool {
		return !slices.ContainsFunc(fn.Bindings, func(b *generator.Binding) bool { return b.Type == "webPubSubContext" })
	})
}

// routeOf returns the route of an http function below the prefix.
func routeOf(fn *generator.Function) string {
	return strings.Trim(cmp.Or(fn.Trigger().Value("route"), fn.Name), "/")
}

// namedHubs returns the hubs that bindings of the app name, each once. One that depends on the call is
// not known here.
func namedHubs(app *generator.App, lookup func(name string) (string, bool)) ([]string, error) {
	var hubs []string
	for _, fn := range app.Functions() {
		for _, b := range fn.Bindings {
			if b.Value("hub") == "" || strings.Contains(b.Value("hub"), "{") {
				continue
			}
			hub, err := resolve(fn, b, "hub", lookup)
			if err != nil {
				return nil, err
			}
			if !slices.ContainsFunc(hubs, func(h string) bool { return strings.EqualFold(h, hub) }) {
				hubs = append(hubs, hub)
			}
		}
	}
	return hubs, nil
}
