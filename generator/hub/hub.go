// Package hub derives the service's event handler settings from annotated functions, so that what is
// configured and what is coded cannot drift apart.
package hub

import (
	"fmt"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/generator"
	"github.com/wpsgen/wpsgen/internal/expr"
	"github.com/wpsgen/wpsgen/internal/wire"
)

// Settings are one event handler of a hub: what the service has to know to send events.
type Settings struct {
	// Hub is the hub's name.
	Hub string
	// Path is the path of the event handler's URL below the app's address. It may hold {event}, where the
	// service puts the event's name.
	Path string
	// SystemEvents are the system events some function runs on. connect is among them only if one does: a
	// service that asks and gets no answer refuses every client (service-spec 1.3).
	SystemEvents []string
	// UserEvents are the user events some function runs on; * stands for all.
	UserEvents []string
	// GroupPresenceEvents are the group presence events some function runs on.
	GroupPresenceEvents []string
}

// NeedsKey reports whether the URL has to carry a key of the Functions host: its extension's address wants
// the app's system key webpubsub_extension as code (service-spec 6.2).
func (s Settings) NeedsKey() bool { return s.Path == wire.WebhookPath }

// UserEventPattern is UserEvents as the service takes them: * or names joined by commas, "" for none
// (service-spec 3.1).
func (s Settings) UserEventPattern() string {
	if slices.Contains(s.UserEvents, anyEvent) {
		return anyEvent
	}
	return strings.Join(s.UserEvents, ",")
}

// FromApp collects the event handlers of an app's hubs by hub, for a hub with several in the order in
// which the service tries them: its triggers, then its context functions. lookup gives the values of app
// settings, which hub and event names may refer to as %NAME%; one that is missing is an error that names
// the function.
func FromApp(app *generator.App, lookup func(name string) (string, bool)) ([]Settings, error) {
	var all []Settings
	for _, fn := range app.Functions() {
		trigger := fn.Trigger()
		if trigger == nil || trigger.Type != "webPubSubTrigger" {
			continue
		}
		hub, err := resolve(fn, trigger, "hub", lookup)
		if err != nil {
			return nil, err
		}
		event, err := resolve(fn, trigger, "eventName", lookup)
		if err != nil {
			return nil, err
		}
		all = add(all, hub, WebhookPath(app), trigger.Value("eventType"), event)
	}
	all, err := addContexts(all, app, lookup)
	slices.SortStableFunc(all, func(a, b Settings) int { return strings.Compare(strings.ToLower(a.Hub), strings.ToLower(b.Hub)) })
	return all, err
}

// WebhookPath is the path below the app's address where its triggers listen: that of the host's extension,
// unless the app listens itself.
func WebhookPath(app *generator.App) string {
	if fn := app.Webhook(); fn != nil {
		return app.Path(fn.Name)
	}
	return wire.WebhookPath
}

// resolve returns a property of a binding with its %settings% replaced.
func resolve(fn *generator.Function, b *generator.Binding, key string, lookup func(name string) (string, bool)) (string, error) {
	value, err := expr.ResolveSettings(b.Value(key), lookup)
	if err != nil {
		return "", fmt.Errorf("%s: function %s: %s: %w", fn.Place, fn.Name, key, err)
	}
	return value, nil
}

// add enters one event into the handler for its hub and path.
func add(all []Settings, hub, path, eventType, event string) []Settings {
	i := slices.IndexFunc(all, func(s Settings) bool { return strings.EqualFold(s.Hub, hub) && s.Path == path })
	if i < 0 {
		all, i = append(all, Settings{Hub: hub, Path: path}), len(all)
	}
	events := &all[i].UserEvents
	switch eventType {
	case "system":
		events = &all[i].SystemEvents
	case "groupPresence":
		events = &all[i].GroupPresenceEvents
	}
	if !slices.Contains(*events, event) {
		*events = append(*events, event)
	}
	return all
}
