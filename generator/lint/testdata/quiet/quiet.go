// Package quiet has no directives, though it speaks of wps:trigger and of //wps:http.
package quiet

import "github.com/wpsgen/wpsgen/runtime"

// Functions is a name like any other here.
func Functions() []wps.Function { return nil }
