package binding

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
)

func vectors(t *testing.T, file string, v any) {
	t.Helper()
	src, err := os.ReadFile("../../testdata/vectors/host/" + file)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(src, v); err != nil {
		t.Fatal(err)
	}
}

// TestNameVectors holds the names a directive may give against those the host takes.
func TestNameVectors(t *testing.T) {
	type names struct{ Valid, Invalid []string }
	var file struct {
		Functions names `json:"function_names"`
		Bindings  names `json:"binding_names"`
	}
	vectors(t, "function-json.json", &file)
	set := builtin(t)
	for verb, names := range map[string]names{"function": file.Functions, "output": file.Bindings} {
		check := func(name string, want bool) {
			issues := Check(set.Verb(verb), []Arg{{Key: "name", Value: name}}, Env{})
			if got := len(issues) == 0; got != want {
				t.Errorf("%s name=%s: allowed is %t, want %t", verb, name, got, want)
			}
		}
		if len(names.Valid) == 0 || len(names.Invalid) == 0 {
			t.Fatalf("no vectors for %s", verb)
		}
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
	vectors(t, "binding-expressions.json", &file)
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

// TestFunctionJSONVector builds the sound document of the vectors from directives.
func TestFunctionJSONVector(t *testing.T) {
	var file struct {
		Vectors []struct {
			ID   string
			JSON struct{ Bindings []map[string]any } `json:"function.json"`
		}
	}
	vectors(t, "function-json.json", &file)
	set := builtin(t)
	for _, v := range file.Vectors {
		if v.ID != "ok-wps" {
			continue // the others are faults over several bindings
		}
		entries := append(
			Resolve(set.Verb("trigger"), args("hub=chat eventType=user eventName=message"), Env{}).Entries(),
			Resolve(set.Verb("output"), args("hub=chat"), Env{}).Entries()...)
		got, err := json.Marshal(entries)
		if err != nil {
			t.Fatal(err)
		}
		var back []map[string]any
		if err := json.Unmarshal(got, &back); err != nil {
			t.Fatal(err)
		}
		again, _ := json.Marshal(back)
		want, _ := json.Marshal(v.JSON.Bindings)
		if string(again) != string(want) {
			t.Errorf("got  %s\nwant %s", again, want)
		}
		return
	}
	t.Fatal("no vector ok-wps")
}
