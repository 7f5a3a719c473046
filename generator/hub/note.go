package hub

import (
	"fmt"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/generator"
)

// Note is what settings cannot say of a function, and the way out.
type Note struct {
	// Function is the function it is about.
	Function *generator.Function
	// Text is a sentence without its stop.
	Text string
}

// Notes tells what of an app's context functions has to be done by hand: their directives do not say
// everything that the service has to know.
func Notes(app *generator.App) []Note {
	var notes []Note
	functions := contextFunctions(app)
	asked := slices.ContainsFunc(functions, func(fn *generator.Function) bool {
		return routeOf(fn) == validateRoute || routeOf(fn) == eventParameter
	})
	for _, fn := range functions {
		note := func(format string, args ...any) {
			notes = append(notes, Note{fn, fmt.Sprintf(format, args...)})
		}
		switch route := routeOf(fn); {
		case route == validateRoute:
		case takesEvery(route):
			note("its event handler gets every event, connect among them: a client whose connect it refuses does not get in")
		case strings.ContainsAny(route, "/{"):
			note("its route %q says no event, so there is no event handler for it; give it a route that is the event's name or ends in {event}, or add a handler by hand", route)
			continue
		case !asked:
			asked = true
			note("before the first event the service asks OPTIONS %s, where no function is; add one with //wps:http route=%s and //wps:context", app.Path(validateRoute), validateRoute)
		}
		if !strings.EqualFold(fn.Trigger().Value("authLevel"), "anonymous") {
			note("it asks for a key, which the event handler's URL does not carry; write authLevel=anonymous, since the service's signature is checked, or add ?code= by hand")
		}
	}
	return notes
}
