package emulator

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

const (
	maxName      = 128  // hub and event names, in characters
	maxGroupName = 1024 // group names, in characters
)

// checkHubName holds a name against the service's rule (service-spec 1.1).
func checkHubName(name string) error {
	if !isName(name, "_`,.[]") {
		return fmt.Errorf("emulator: hub name %q: use a letter, then up to 127 of letters, digits and _ ` , . [ ]", name)
	}
	return nil
}

// isEventName holds a user event name against the service's rule (service-spec 2.2).
func isEventName(name string) bool { return isName(name, "_.-") }

// isName reports whether name is a letter followed by letters, digits and the extra characters.
func isName(name, extra string) bool {
	if name == "" || len(name) > maxName || !isLetter(name[0]) {
		return false
	}
	for i := range len(name) {
		c := name[i]
		if !isLetter(c) && (c < '0' || c > '9') && strings.IndexByte(extra, c) < 0 {
			return false
		}
	}
	return true
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// isGroupName reports whether name has 1 to 1024 characters and is not only white space.
func isGroupName(name string) bool {
	return utf8.RuneCountInString(name) <= maxGroupName && strings.TrimSpace(name) != ""
}
