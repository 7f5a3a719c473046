// Package hosted runs apps as Azure Functions does: behind a stand-in of its host, beside the emulator of
// Web PubSub. What people see of an app must be the same there as with wpsgen dev.
package hosted

// Form is how the service's events reach an app behind the host.
type Form string

const (
	// Trigger is upstream: trigger: the host's extension takes the events, makes the connections and
	// sends the actions.
	Trigger Form = "trigger"
	// Proxying is upstream: http as wpsgen generates it: the host streams the service's requests to the app.
	Proxying Form = "proxying"
	// Forwarding is upstream: http where the host reads each request and sends it on: the body of a
	// chunked one is lost (host-spec 1.8).
	Forwarding Form = "forwarding"
)

// Forms are all there are, and Upstreams those that differ in more than how an http request comes.
var (
	Forms     = []Form{Trigger, Proxying, Forwarding}
	Upstreams = []Form{Trigger, Proxying}
)
