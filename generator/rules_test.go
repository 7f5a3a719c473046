package generator

import (
	"maps"
	"slices"
	"testing"

	"github.com/wpsgen/wpsgen/generator/binding"
)

// TestRulesAreThoseDefinitionsName holds the checks in Go and their names in the definitions equal.
func TestRulesAreThoseDefinitionsName(t *testing.T) {
	set, err := binding.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	if got, want := slices.Sorted(maps.Keys(rules)), set.Checks(); !slices.Equal(got, want) {
		t.Errorf("rules are %q, definitions name %q", got, want)
	}
}
