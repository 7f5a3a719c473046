package wps

import (
	"strings"
	"time"

	"github.com/wpsgen/wpsgen/internal/expr"
)

// sysData is {sys.…} for a function of that name.
type sysData string

// Value returns what a timer provides: sys.
func (d sysData) Value(name string) (any, bool, error) {
	return d, strings.EqualFold(name, "sys"), nil
}

// Member returns methodName, utcNow and randGuid, ignoring case.
func (d sysData) Member(name string) (any, bool) {
	switch strings.ToLower(name) {
	case "methodname":
		return string(d), true
	case "utcnow":
		return time.Now(), true
	case "randguid":
		return expr.NewGUID(), true
	}
	return nil, false
}
