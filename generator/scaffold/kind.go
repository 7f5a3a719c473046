package scaffold

import (
	"fmt"
	"strings"

	"github.com/wpsgen/wpsgen/internal/suggest"
)

// Kind is a kind of function that can be made.
type Kind struct {
	// Name is what the kind is called.
	Name string
	// Doc says in a few words what such a function does.
	Doc string
	// Options are the names of those of Function's options that the kind has beside the hub.
	Options []string
	// system is the system event that runs the function.
	system string
}

// Options of kinds.
const (
	OptionEvent    = "event"
	OptionRoute    = "route"
	OptionSchedule = "schedule"
)

// Kinds of functions, in the order in which a connection comes by them.
const (
	kindNegotiate    = "negotiate"
	kindConnect      = "connect"
	kindConnected    = "connected"
	kindEvent        = "event"
	kindDisconnected = "disconnected"
	kindTimer        = "timer"
	kindContext      = "context"
)

var kinds = []Kind{
	{Name: kindNegotiate, Doc: "gives a client the URL to connect to", Options: []string{OptionRoute}},
	{Name: kindConnect, Doc: "decides who may connect", system: "connect"},
	{Name: kindConnected, Doc: "runs when a client has connected", system: "connected"},
	{Name: kindEvent, Doc: "runs when a client sends an event", Options: []string{OptionEvent}},
	{Name: kindDisconnected, Doc: "runs when a client has gone", system: "disconnected"},
	{Name: kindTimer, Doc: "sends to everybody on a schedule", Options: []string{OptionSchedule}},
	{Name: kindContext, Doc: "takes all events at a route of its own", Options: []string{OptionRoute}},
}

// Kinds returns all kinds there are.
func Kinds() []Kind { return append([]Kind(nil), kinds...) }

// KindOf returns the kind of a name, whatever its case. The error names the one that was probably meant, or all.
func KindOf(name string) (Kind, error) {
	var names []string
	for _, k := range kinds {
		if strings.EqualFold(k.Name, name) {
			return k, nil
		}
		names = append(names, k.Name)
	}
	if near := suggest.Nearest(name, names); near != "" {
		return Kind{}, fmt.Errorf("there is no kind %q; did you mean %s?", name, near)
	}
	return Kind{}, fmt.Errorf("there is no kind %q; there are %s", name, strings.Join(names, ", "))
}

// Has reports whether the kind has an option.
func (k Kind) Has(option string) bool {
	for _, o := range k.Options {
		if o == option {
			return true
		}
	}
	return false
}
