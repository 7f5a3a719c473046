package expr

import (
	"fmt"
	"strings"
)

// UnresolvedError tells that a %setting% is not set. Its text is the Functions host's own.
type UnresolvedError struct {
	// Setting is the setting's name.
	Setting string
}

// Error names the setting.
func (e *UnresolvedError) Error() string {
	return fmt.Sprintf("'%%%s%%' does not resolve to a value.", e.Setting)
}

// ResolveSettings replaces every %name% in s by what lookup returns for it. A setting that is not set
// is an *UnresolvedError; a % without its pair is an error that gives its position, counted from 0.
// There is no way to write a % that stands for itself.
func ResolveSettings(s string, lookup func(name string) (string, bool)) (string, error) {
	var b strings.Builder
	rest := s
	for {
		before, after, found := strings.Cut(rest, "%")
		b.WriteString(before)
		if !found {
			return b.String(), nil
		}
		name, tail, closed := strings.Cut(after, "%")
		if !closed {
			return "", fmt.Errorf("The '%%' at position %d does not have a closing '%%'", len(s)-len(after)-1) //lint:ignore ST1005 the host's own text
		}
		value, ok := lookup(name)
		if !ok {
			return "", &UnresolvedError{Setting: name}
		}
		b.WriteString(value)
		rest = tail
	}
}
