package wps

import (
	"errors"
	"fmt"
	"strings"

	"github.com/wpsgen/wpsgen/internal/wire"
)

func (c *config) bindTrigger(b *boundFunction, t WebPubSubTrigger) error {
	var problems []error
	check := func(property string, err error) {
		if err != nil {
			problems = append(problems, fmt.Errorf("webPubSubTrigger: %s: %w", property, wayOut(err)))
		}
	}
	var err error
	t.Hub, err = c.settings.hub(t.Hub)
	if err == nil && t.Hub == "" {
		err = errNoHub
	}
	check("hub", err)
	t.EventName, err = c.settings.resolve(t.EventName)
	if err == nil && t.EventName == "" {
		err = errors.New("is missing; system events are connect, connected and disconnected")
	}
	check("eventName", err)
	switch {
	case strings.EqualFold(t.EventType, EventTypeSystem):
		t.EventType = EventTypeSystem
	case strings.EqualFold(t.EventType, EventTypeUser):
		t.EventType = EventTypeUser
	default:
		check("eventType", fmt.Errorf("%q is neither %s nor %s", t.EventType, EventTypeSystem, EventTypeUser))
	}
	if new(listeners).slot(t.ClientProtocols) == nil {
		check("clientProtocols", fmt.Errorf("%q is none of all, webPubSub and mqtt", t.ClientProtocols))
	}
	b.trigger = &t
	connections, errs := c.bindVerifier(b, signers{t.Connections, t.Connection, t.Unsigned})
	for _, err := range errs {
		check("connection", err)
	}
	if len(connections) > 0 && checkHub(t.Hub) == nil {
		b.client = c.client(connections[0], t.Hub)
	}
	return errors.Join(problems...)
}

// bindVerifier resolves the keys that may sign the function's events. Without one there is nothing to
// hold a signature against, so that the function must say that it wants none.
func (c *config) bindVerifier(b *boundFunction, from signers) ([]wire.ConnectionString, []error) {
	connections, problems := c.settings.connections(from)
	if from.unsigned {
		problems = nil
	}
	for i, err := range problems {
		problems[i] = fmt.Errorf("%w; without its key no event can be checked (the flag unsigned would accept every event unchecked)", err)
	}
	b.verifier = newVerifier(from.unsigned, connections)
	return connections, problems
}
