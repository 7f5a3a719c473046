package binding

import (
	"errors"
	"fmt"
	"strings"

	"github.com/wpsgen/wpsgen/internal/schedule"
)

// checkSchedule is the format schedule (host-spec 1.6).
func checkSchedule(value string) (message, hint string) {
	s, err := schedule.Parse(value)
	var syntax *schedule.SyntaxError
	switch {
	case errors.As(err, &syntax):
		hint = syntax.Hint
		if !strings.ContainsAny(value, " :") {
			hint += "; a value with blanks needs quotes"
		}
		return fmt.Sprintf("schedule %q, position %d: %s", value, syntax.Position, syntax.Reason), hint
	case err != nil:
		return err.Error(), ""
	case s.Never():
		return fmt.Sprintf("schedule %q never comes: none of its months has such a day", value), "change the day or the month"
	}
	return "", ""
}
