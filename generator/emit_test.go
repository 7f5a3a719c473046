package generator

import "testing"

// TestGlueIsFormatted renders each way the glue's text can go; mustRun holds it against gofmt.
func TestGlueIsFormatted(t *testing.T) {
	for name, archive := range map[string]string{
		"functions": `
-- a.go --
package app

import (
	"context"

	"github.com/wpsgen/wpsgen/runtime"
)

//wps:timer schedule="0 * * * * *"
func None() {}

//wps:http methods=get,post route="rooms/{id}"
//wps:connection hub=chat
func Two(ctx context.Context, connection wps.Connection) (string, error) { return "", nil }

//wps:trigger hub=chat eventType=user eventName=message
//wps:binding type=blob direction=in name=in path="a\"b\\c /*line wps_gen.go:1:1*/"
//wps:binding type=queue direction=out name=out queueName=q
func Readers(data []byte, in map[string]int, out *string) {}
-- no line.go --
package app

import "context"

//wps:timer schedule="0 * * * * *"
func NoLine() {}

//wps:timer schedule="0 * * * * *"
func NoLineOne(ctx context.Context) error { return nil }
`,
		"methods, names that are taken": `
-- a.go --
package app

type S struct{}

var wps, glue, receiver = 1, 2, 3

//wps:trigger hub=chat eventType=user eventName=message
func (s *S) Message(data string) {}

//wps:trigger hub=chat eventType=user eventName=other
//wps:binding type=blob direction=in name=in path=a
func (s *S) Other(data string, in int) {}
`,
		"upstream http": `
-- wpsgen.yaml --
upstream: http
-- a.go --
package app

//wps:trigger hub=chat eventType=user eventName=message
func Message(data string) {}
`,
	} {
		t.Run(name, func(t *testing.T) {
			dir := newModule(t, archive)
			if got := planned(t, mustRun(t, dir), dir, glueFile); got == "" {
				t.Error("nothing")
			}
		})
	}
}
