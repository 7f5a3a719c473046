package otel

import "net/http"

// eventTraceparent is the header of an event's own trace, that of who has made it (CloudEvents, Distributed
// Tracing extension), spelled as net/http keeps it.
const eventTraceparent = "Ce-Traceparent"

// eventCarrier reads the attributes of an event as a propagator reads headers.
type eventCarrier struct{ header http.Header }

// Get returns an attribute of the event.
func (c eventCarrier) Get(key string) string { return c.header.Get("ce-" + key) }

// Set does nothing: the event is another's.
func (c eventCarrier) Set(string, string) {}

// Keys returns nothing: propagators ask for what they know.
func (c eventCarrier) Keys() []string { return nil }
