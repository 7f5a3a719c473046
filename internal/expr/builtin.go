package expr

import (
	"crypto/rand"
	"fmt"
	"strings"
	"time"
)

// builtin is an expression that needs no binding data.
type builtin struct {
	name  string
	check func(format string) error
	value func(format string) string
}

var builtins = []builtin{
	{name: "rand-guid", check: checkGUIDFormat, value: func(f string) string { return NewGUID().format(f) }},
	{name: "datetime", check: checkTimeFormat, value: func(f string) string { return formatTime(time.Now(), f) }},
}

// Builtins returns the names of the expressions that need no binding data.
func Builtins() []string {
	var names []string
	for _, b := range builtins {
		names = append(names, b.name)
	}
	return names
}

func builtinNamed(name string) *builtin {
	for i := range builtins {
		if strings.EqualFold(builtins[i].name, name) {
			return &builtins[i]
		}
	}
	return nil
}

// GUID is a random identifier.
type GUID [16]byte

// NewGUID returns a new random GUID (version 4).
func NewGUID() GUID {
	var g GUID
	rand.Read(g[:]) // never fails
	g[6] = g[6]&0x0f | 0x40
	g[8] = g[8]&0x3f | 0x80
	return g
}

func checkGUIDFormat(format string) error {
	if len(format) > 1 || !strings.Contains("DNBP", strings.ToUpper(format)) {
		return fmt.Errorf("rand-guid has no format %q; use D, N, B or P", format)
	}
	return nil
}

// format writes the GUID in .NET's format D (also for an empty one), N, B or P.
func (g GUID) format(format string) string {
	d := fmt.Sprintf("%x-%x-%x-%x-%x", g[0:4], g[4:6], g[6:8], g[8:10], g[10:])
	switch strings.ToUpper(format) {
	case "N":
		return fmt.Sprintf("%x", g[:])
	case "B":
		return "{" + d + "}"
	case "P":
		return "(" + d + ")"
	}
	return d
}
