package hub

import (
	"errors"
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
// directives have been checked. A comma or * in an event's name would stand for other events. The error
// does not show the name, which is a secret if the wrong app setting was named.
func Check(settings []Settings) error {
	for _, s := range settings {
		if !hubName.MatchString(s.Hub) {
			return errors.New("an app setting gives a hub a name that is none: it is a letter, then up to 127 letters, digits or _ ` , . [ ]")
		}
		for _, event := range s.UserEvents {
			every := event == anyEvent && strings.HasSuffix(s.Path, eventParameter)
			if !every && !eventName.MatchString(event) {
				return fmt.Errorf("hub %s: a user event for %s has a name that is none: it is a letter, then up to 127 letters, digits or _ . -", s.Hub, s.Path)
			}
		}
	}
	return nil
}
