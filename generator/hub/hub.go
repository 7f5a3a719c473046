// Package hub derives the service's event handler settings from annotated functions, so that what is
// configured and what is coded cannot drift apart.
package hub

import (
	"fmt"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/generator"
	"github.com/wpsgen/wpsgen/internal/expr"
)

// Settings are what the service has to know of one hub.
type Settings struct {
	// Hub is the hub's name.
	Hub string
	// SystemEvents are the system events some function runs on. connect is among them only if one does: a
	// service that asks and gets no answer refuses every client (service-spec 1.3).
	SystemEvents []string
	// UserEvents are the user events some function runs on.
	UserEvents []string
}

// FromApp collects the settings of an app's hubs by name. lookup gives the values of app settings, which
// hub and event names may refer to as %NAME%; one that is missing is an error that names the function.
func FromApp(app *generator.App, lookup func(name string) (string, bool)) ([]Settings, error) {
	var all []Settings
	for _, fn := range app.Functions() {
		trigger := fn.Trigger()
		if trigger == nil || trigger.Type != "webPubSubTrigger" {
			continue
		}
		hub, err := expr.ResolveSettings(trigger.Value("hub"), lookup)
		if err != nil {
			return nil, fmt.Errorf("%s: function %s: hub: %w", fn.Place, fn.Name, err)
		}
		event, err := expr.ResolveSettings(trigger.Value("eventName"), lookup)
		if err != nil {
			return nil, fmt.Errorf("%s: function %s: eventName: %w", fn.Place, fn.Name, err)
		}
		all = add(all, hub, trigger.Value("eventType"), event)
	}
	slices.SortFunc(all, func(a, b Settings) int { return strings.Compare(a.Hub, b.Hub) })
	return all, nil
}

func add(all []Settings, hub, eventType, event string) []Settings {
	i := slices.IndexFunc(all, func(s Settings) bool { return strings.EqualFold(s.Hub, hub) })
	if i < 0 {
		all, i = append(all, Settings{Hub: hub}), len(all)
	}
	events := &all[i].UserEvents
	if eventType == "system" {
		events = &all[i].SystemEvents
	}
	if !slices.Contains(*events, event) {
		*events = append(*events, event)
	}
	return all
}
