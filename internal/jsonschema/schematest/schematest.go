// Package schematest holds JSON against schemas in tests, with the keywords that the schemas here use.
package schematest

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// metaSchema is the schema of draft 7's schemas, as json-schema.org publishes it.
//
//go:embed draft-07.schema.json
var metaSchema []byte

// Validate returns what is wrong with a JSON text under a schema, both as encoding/json decodes them.
func Validate(schema, value any) []string {
	v := &validator{root: schema}
	v.value("$", value, schema)
	return v.errors
}

// Schema decodes a schema and fails a test unless it is one: valid under draft 7's own, without a keyword that
// [Validate] would pass over, and with patterns that both Go and editors read.
func Schema(t testing.TB, src []byte) any {
	t.Helper()
	schema := Decode(t, src)
	for _, wrong := range Validate(Decode(t, metaSchema), schema) {
		t.Errorf("the schema is none: %s", wrong)
	}
	checkKeywords(t, schema)
	return schema
}

// Decode decodes JSON.
func Decode(t testing.TB, src []byte) (v any) {
	t.Helper()
	if err := json.Unmarshal(src, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// notes are keywords that say nothing of values.
var notes = []string{"$schema", "$id", "title", "description", "default", "definitions"}

// checkKeywords walks through a schema and those in it.
func checkKeywords(t testing.TB, schema any) {
	t.Helper()
	object, ok := schema.(map[string]any)
	if !ok {
		return
	}
	for name, value := range object {
		if _, known := keywords[name]; !known && !slices.Contains(notes, name) && name != "$ref" && name != "then" {
			t.Errorf("the keyword %s is not checked", name)
		}
		switch name {
		case "properties", "definitions":
			for _, one := range value.(map[string]any) {
				checkKeywords(t, one)
			}
		case "anyOf", "allOf":
			for _, one := range value.([]any) {
				checkKeywords(t, one)
			}
		case "pattern":
			checkPattern(t, value.(string))
		default:
			checkKeywords(t, value)
		}
	}
}

// foreign is what a pattern of Go has and one of editors lacks.
var foreign = regexp.MustCompile(`\(\?[^:]|\\[AzZQ]|\[\[:|\\p`)

func checkPattern(t testing.TB, pattern string) {
	t.Helper()
	if _, err := regexp.Compile(pattern); err != nil || foreign.MatchString(pattern) {
		t.Errorf("the pattern %s is not one of both Go and ECMAScript: %v", pattern, err)
	}
}

// validator is the state of one Validate.
type validator struct {
	root   any
	errors []string
}

func (v *validator) wrong(path, format string, args ...any) {
	v.errors = append(v.errors, path+": "+fmt.Sprintf(format, args...))
}

// fits reports whether a value is valid under a schema.
func (v *validator) fits(value, schema any) bool {
	try := &validator{root: v.root}
	try.value("", value, schema)
	return len(try.errors) == 0
}

func (v *validator) value(path string, value, schema any) {
	if always, ok := schema.(bool); ok {
		if !always {
			v.wrong(path, "may not be there")
		}
		return
	}
	object := schema.(map[string]any)
	if ref, ok := object["$ref"].(string); ok { // what stands beside it does not count in draft 7
		v.value(path, value, v.resolve(ref))
		return
	}
	for _, name := range slices.Sorted(maps.Keys(object)) {
		if check := keywords[name]; check != nil {
			check(v, path, value, object, object[name])
		}
	}
}

func (v *validator) resolve(ref string) any {
	at := v.root
	for _, name := range strings.Split(strings.TrimPrefix(strings.TrimPrefix(ref, "#"), "/"), "/") {
		if name != "" {
			at = at.(map[string]any)[strings.NewReplacer("%20", " ", "~1", "/", "~0", "~").Replace(name)]
		}
	}
	return at
}

func isAny(value any, list []any) bool {
	return slices.ContainsFunc(list, func(v any) bool { return reflect.DeepEqual(v, value) })
}
