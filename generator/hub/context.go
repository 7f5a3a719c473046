package hub

import (
	"cmp"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/generator"
)

// contextRoute is the event handler of context functions: each stands at the route that is its event's
// name (mistakes 44; apps, Static Web App chat).
const contextRoute = "{event}"

// validateRoute is the route the service asks for permission at: {event} becomes validate (service-spec 3.2).
const validateRoute = "validate"

// addContexts adds a handler for the context functions to every hub the app names. Their binding names
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
		for _, event := range events {
			eventType := "user"
			if slices.Contains([]string{"connect", "connected", "disconnected"}, event) {
				eventType = "system"
			}
			all = add(all, hub, app.Path(contextRoute), eventType, event)
		}
	}
	return all, nil
}

// contextEvents returns the routes of context functions that can be an event's name.
func contextEvents(app *generator.App) []string {
	var events []string
	for _, fn := range app.Functions() {
		if !slices.ContainsFunc(fn.Bindings, func(b *generator.Binding) bool { return b.Type == "webPubSubContext" }) {
			continue
		}
		route := cmp.Or(fn.Trigger().Value("route"), fn.Name)
		if route != validateRoute && !strings.ContainsAny(route, "/{") {
			events = append(events, route)
		}
	}
	return events
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
