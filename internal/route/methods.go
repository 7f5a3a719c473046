package route

import (
	"slices"
	"strings"
)

// SharesMethod reports whether two lists of HTTP methods have one in common, in whatever case; an empty list is all
// of them.
func SharesMethod(a, b []string) bool {
	return len(a) == 0 || len(b) == 0 || slices.ContainsFunc(a, func(m string) bool {
		return slices.ContainsFunc(b, func(n string) bool { return strings.EqualFold(m, n) })
	})
}
