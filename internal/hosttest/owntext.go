package hosttest

import "fmt"

// ownText is an error in the host's or the extension's own words, which are not Go's way of writing one.
func ownText(format string, args ...any) error { return fmt.Errorf(format, args...) }
