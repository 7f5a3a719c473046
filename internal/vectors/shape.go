package vectors

import (
	"regexp"
	"strings"
)

var digit = regexp.MustCompile(`\d`)

// ShapePattern is a pattern for what a vector says in words, or shows by an example of digits; nil where it is
// not understood.
func ShapePattern(shape string) *regexp.Regexp {
	const d = `[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`
	words := strings.ToLower(shape)
	switch {
	case strings.HasPrefix(words, "guid format n"):
		return regexp.MustCompile(`^[0-9a-f]{32}$`)
	case strings.HasPrefix(words, "guid format b"):
		return regexp.MustCompile(`^\{` + d + `\}$`)
	case strings.HasPrefix(words, "guid format p"):
		return regexp.MustCompile(`^\(` + d + `\)$`)
	case strings.HasPrefix(words, "guid"):
		return regexp.MustCompile("^" + d + "$")
	case strings.HasPrefix(words, "date"):
		return regexp.MustCompile(`^20\d\d-\d\d-\d\dT`)
	case digit.MatchString(shape):
		return regexp.MustCompile("^" + digit.ReplaceAllString(regexp.QuoteMeta(shape), `\d`) + "$")
	}
	return nil
}
