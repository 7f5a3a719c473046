package wps

import (
	"errors"
	"fmt"
	"strings"
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
	case strings.EqualFold(t.EventType, EventTypeGroupPresence):
		t.EventType = EventTypeGroupPresence
	default:
		check("eventType", fmt.Errorf("%q is none of %s, %s and %s", t.EventType, EventTypeSystem, EventTypeUser, EventTypeGroupPresence))
	}
	if new(listeners).slot(t.ClientProtocols) == nil {
		check("clientProtocols", fmt.Errorf("%q is none of all, webPubSub and mqtt", t.ClientProtocols))
	}
	b.trigger = &t
	connections, errs := c.bindVerifier(b, signers{t.Connections, t.Connection, t.Unsigned}, c.vouched())
	for _, err := range errs {
		check("connection", err)
	}
	if len(connections) > 0 && connections[0].authorizes() && checkHub(t.Hub) == nil {
		b.client = c.client(connections[0], t.Hub)
	}
	return errors.Join(problems...)
}
