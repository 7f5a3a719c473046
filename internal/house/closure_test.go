package house

import (
	"bytes"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// carried is all that a generated program carries, beside the standard library and its own code.
var carried = []string{
	"github.com/golang-jwt/jwt/v5",
	module + "/internal/expr",
	module + "/internal/jsonio",
	module + "/internal/route",
	module + "/internal/schedule",
	module + "/internal/wire",
	module + "/runtime",
}

// TestClosure holds what users get with the packages they import, however far away it is imported.
func TestClosure(t *testing.T) {
	if got := closure(t, "./runtime"); !slices.Equal(got, carried) {
		t.Errorf("package runtime carries\n%s, want\n%s", strings.Join(got, "\n"), strings.Join(carried, "\n"))
	}
	if got, want := closure(t, "./runtime/glue"), slices.Sorted(slices.Values(append(carried[:len(carried):len(carried)], module+"/runtime/glue"))); !slices.Equal(got, want) {
		t.Errorf("package glue carries\n%s, want\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for pattern, without := range map[string]string{
		"./runtime/otel":  "go.opentelemetry.io/otel/sdk", // the program chooses it
		"./runtime/entra": "go.opentelemetry.io/",
	} {
		for _, p := range closure(t, pattern) {
			if strings.HasPrefix(p, without) {
				t.Errorf("%s carries %s", pattern, p)
			}
		}
	}
}

// TestTestClosure holds what go.sum of a module names that uses a package: go mod tidy counts the imports of
// the package's tests.
func TestTestClosure(t *testing.T) {
	for pattern, want := range map[string][]string{
		"./runtime":  {"github.com/golang-jwt/jwt/v5"},
		"./emulator": {"github.com/coder/websocket", "github.com/golang-jwt/jwt/v5"},
	} {
		if got := goList(t, "-test", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}{{end}}{{end}}", pattern); !slices.Equal(slices.Compact(got), want) {
			t.Errorf("%s and its tests need %q, want %q", pattern, got, want)
		}
	}
}

// closure returns the packages that a package is built of, those of the standard library left out, in order.
func closure(t *testing.T, pattern string) []string {
	t.Helper()
	return goList(t, "-deps", "-f", "{{if not .Standard}}{{.ImportPath}}{{end}}", pattern)
}

// goList returns the words that go list prints, in order.
func goList(t *testing.T, args ...string) []string {
	t.Helper()
	cmd := exec.Command("go", append([]string{"list"}, args...)...)
	cmd.Dir = root(t)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, stderr.String())
	}
	return slices.Sorted(strings.FieldsSeq(string(out)))
}
