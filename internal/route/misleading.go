package route

import (
	"regexp"
	"slices"
	"strings"
)

// colonName is a parameter as other routers write it.
var colonName = regexp.MustCompile(`^:[A-Za-z_][A-Za-z0-9_]*$`)

var methodNames = []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}

// Misleading returns what of a route that can be read means something else than it looks like, and the way out; ""
// when nothing does. Prefix is what stands before all routes.
func Misleading(text, prefix string) (message, hint string) {
	if method, rest, found := strings.Cut(text, " "); found && slices.Contains(methodNames, strings.ToUpper(method)) {
		return "a route has no method: requests would have to spell it in their path",
			"write methods=" + strings.ToLower(method) + " route=" + strings.Trim(rest, "/ ")
	}
	segments := strings.Split(strings.Trim(text, "/"), "/")
	for _, s := range segments {
		if colonName.MatchString(s) {
			return "the segment " + s + " is no parameter: requests would have to spell it so", "write {" + s[1:] + "}"
		}
	}
	if prefix != "" && strings.EqualFold(segments[0], prefix) && len(segments) > 1 {
		return "routes are below the prefix " + prefix + " already: this answers /" + prefix + "/" + strings.Join(segments, "/"),
			"write " + strings.Join(segments[1:], "/")
	}
	return "", ""
}
