package binding

import (
	"errors"
	"fmt"
	"strings"

	"github.com/wpsgen/wpsgen/internal/route"
)

// checkRoute is the format route (host-spec 5.1).
func checkRoute(value string) (message, hint string) {
	t, err := route.Parse(value)
	if err != nil {
		var syntax *route.SyntaxError
		if errors.As(err, &syntax) {
			return fmt.Sprintf("route %q: %s (position %d)", value, syntax.Reason, syntax.Position), ""
		}
		return err.Error(), ""
	}
	if first, ok := t.FirstLiteral(); ok && (strings.EqualFold(first, "admin") || strings.EqualFold(first, "runtime")) {
		return fmt.Sprintf("route %q begins with %s, which the host keeps for itself", value, first), "begin it with another word"
	}
	return "", ""
}
