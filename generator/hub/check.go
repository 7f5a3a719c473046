package hub

import (
	"fmt"
	"regexp"
	"strings"
)

// Names as the service takes them (service-spec 1.1 and 2.2).
var (
	hubName   = regexp.MustCompile("^[A-Za-z][A-Za-z0-9_`,.\\[\\]]{0,127}$")
	eventName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_.-]{0,127}$`)
)

// Check returns what the service would not take of settings: names that app settings gave, since
// directives have been checked. A comma or * in an event's name would stand for other events.
func Check(settings []Settings) error {
	for _, s := range settings {
		if !hubName.MatchString(s.Hub) {
			return fmt.Errorf("hub %q is no name of a hub: it is a letter, then up to 127 letters, digits or _ ` , . [ ]", s.Hub)
		}
		for _, event := range s.UserEvents {
			every := event == anyEvent && strings.HasSuffix(s.Path, eventParameter)
			if !every && !eventName.MatchString(event) {
				return fmt.Errorf("hub %s: %q is no name of a user event: it is a letter, then up to 127 letters, digits or _ . -", s.Hub, event)
			}
		}
	}
	return nil
}
