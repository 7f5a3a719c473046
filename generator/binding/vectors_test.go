package binding

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/internal/vectors"
)

// TestNameVectors holds the names a directive may give against those the host takes.
func TestNameVectors(t *testing.T) {
	type names struct{ Valid, Invalid []string }
	var file struct {
		Functions names `json:"function_names"`
		Bindings  names `json:"binding_names"`
	}
	vectors.Read(t, "host/function-json.json", &file)
	set := builtin(t)
	for verb, names := range map[string]names{"function": file.Functions, "output": file.Bindings} {
		check := func(name string, want bool) {
			issues := Check(set.Verb(verb), []Arg{{Key: "name", Value: name}}, Env{})
			if got := len(issues) == 0; got != want {
				t.Errorf("%s name=%s: allowed is %t, want %t", verb, name, got, want)
			}
		}
		vectors.Some(t, min(len(names.Valid), len(names.Invalid)), "names for "+verb)
		for _, name := range names.Valid {
			// $return is the function's result to the host; no Go parameter could have that name.
			check(name, name != "$return")
		}
		for _, name := range names.Invalid {
			check(name, false)
		}
	}
}

// TestResolvedProperties holds which properties may have %settings% and {expressions} against the host.
func TestResolvedProperties(t *testing.T) {
	var file struct {
		Resolved map[string]json.RawMessage `json:"resolved_properties"`
	}
	vectors.Read(t, "host/binding-expressions.json", &file)
	for _, d := range builtin(t).Definitions() {
		var lines []string
		if len(d.Bindings) == 0 || json.Unmarshal(file.Resolved[d.Bindings[0].Type], &lines) != nil {
			continue
		}
		resolved := strings.Join(lines, "\n")
		for _, p := range d.Properties {
			i := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l+" ", p.Name+" ") })
			expressions := i >= 0 && !strings.Contains(lines[i], "%setting% only") && !strings.Contains(lines[i], "unresolved")
			if p.Settings != (i >= 0) || p.Expressions != expressions {
				t.Errorf("//wps:%s %s: settings %t, expressions %t; the host has\n%s", d.Verb, p.Name, p.Settings, p.Expressions, resolved)
			}
		}
	}
}

// TestFunctionJSONVectors makes the bindings of sound documents from directives, as far as directives have
// a say in them.
func TestFunctionJSONVectors(t *testing.T) {
	set := builtin(t)
	made := 0
	for _, v := range vectors.Load[struct {
		ID    string
		Valid bool
		JSON  struct{ Bindings []map[string]json.RawMessage } `json:"function.json"`
	}](t, "host/function-json.json") {
		if !v.Valid {
			continue // a fault over several bindings, or in what no directive can say
		}
		for _, b := range v.JSON.Bindings {
			d, index := definitionOf(t, set, b)
			if d == nil {
				continue
			}
			made++
			got, err := Resolve(d, argsOf(t, d, b), Env{}).Entries()[index].MarshalJSON()
			if err != nil {
				t.Fatal(err)
			}
			want, err := json.Marshal(sayable(d, index, b))
			if err != nil {
				t.Fatal(err)
			}
			// The host ignores the case of values that are one of several; a directive is written in one.
			if err := vectors.FoldSubset(bytes.ToLower(want), bytes.ToLower(got)); err != nil {
				t.Errorf("%s: //wps:%s makes %s: %v", v.ID, d.Verb, got, err)
			}
		}
	}
	vectors.Some(t, made, "bindings that a directive makes")
}

// definitionOf finds what makes a binding of that type, and which of its entries it is.
func definitionOf(t *testing.T, set *Set, b map[string]json.RawMessage) (*Definition, int) {
	t.Helper()
	for _, d := range set.Definitions() {
		for i, made := range d.Bindings {
			if b["type"] != nil && made.Type == vectors.Text(t, b["type"]) {
				return d, i
			}
		}
	}
	return nil, 0
}

// sayable are the members of a binding that a directive decides on.
func sayable(d *Definition, index int, b map[string]json.RawMessage) map[string]json.RawMessage {
	said := make(map[string]json.RawMessage)
	for key, value := range b {
		named := key == "name" && !d.Bindings[index].Name.Fixed
		if key == "type" || key == "direction" || named || key != "name" && d.Property(key) != nil {
			said[key] = value
		}
	}
	return said
}

// argsOf are the arguments that give a binding its properties.
func argsOf(t *testing.T, d *Definition, b map[string]json.RawMessage) []Arg {
	t.Helper()
	var list []Arg
	for _, key := range slices.Sorted(maps.Keys(b)) {
		if d.Property(key) == nil {
			continue // fixed, or the type and the direction
		}
		value := strings.Trim(string(b[key]), `"`)
		if strings.HasPrefix(value, "[") {
			value = strings.Join(vectors.Decode[[]string](t, b[key]), ",")
		}
		list = append(list, Arg{Key: key, Value: value})
	}
	return list
}
