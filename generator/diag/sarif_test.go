package diag

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

// TestSARIFValidates holds logs against the official schema.
func TestSARIFValidates(t *testing.T) {
	schema := readJSON(t, filepath.Join("testdata", "sarif-2.1.0-rtm.5.schema.json")).(map[string]any)
	full, all := sample(t), &Report{Root: "/app", Version: "v1"}
	for _, d := range Declarations() {
		all.Findings = append(all.Findings, Finding{Code: d.Code, Place: Place{File: "/app/ü %.go", Line: 1}, Message: "m"})
	}
	for _, r := range []*Report{full, all, {Root: "/"}, {Root: "/a b", Findings: []Finding{{Code: "WPS999", Message: "m"}}}} {
		var b bytes.Buffer
		if err := (SARIF{}).Write(&b, r); err != nil {
			t.Fatal(err)
		}
		var log any
		if err := json.Unmarshal(b.Bytes(), &log); err != nil {
			t.Fatal(err)
		}
		v := &validator{root: schema}
		if v.value("log", log, schema); len(v.errors) > 0 {
			t.Errorf("%s\n%s", strings.Join(v.errors, "\n"), b.String())
		}
	}
}

// TestValidator makes sure that the validator finds mistakes.
func TestValidator(t *testing.T) {
	schema := readJSON(t, filepath.Join("testdata", "sarif-2.1.0-rtm.5.schema.json")).(map[string]any)
	for _, wrong := range []string{
		`{"version":"2.1.0"}`,
		`{"version":"2.0.0","runs":[]}`,
		`{"version":"2.1.0","runs":[{}]}`,
		`{"version":"2.1.0","runs":[],"more":1}`,
		`{"version":"2.1.0","runs":[{"tool":{"driver":{"name":1}}}]}`,
		`{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"a"}},"results":[{"message":{}}]}]}`,
		`{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"a"}},"results":[{"message":{"text":"m"},"level":"bad"}]}]}`,
		`{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"a"}},"results":[{"message":{"text":"m"},"ruleIndex":-2}]}]}`,
		`{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"a"}},"results":[{"message":{"text":"m"},"fixes":[{"artifactChanges":[]}]}]}]}`,
	} {
		var log any
		if err := json.Unmarshal([]byte(wrong), &log); err != nil {
			t.Fatal(err)
		}
		v := &validator{root: schema}
		if v.value("log", log, schema); len(v.errors) == 0 {
			t.Errorf("%s is valid", wrong)
		}
	}
}

func readJSON(t *testing.T, path string) (v any) {
	t.Helper()
	src, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(src, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// validator holds JSON against a schema, as far as SARIF's schema goes: JSON schema draft 4 without
// formats.
type validator struct {
	root   map[string]any
	errors []string
}

func (v *validator) wrong(path, format string, args ...any) {
	v.errors = append(v.errors, path+": "+fmt.Sprintf(format, args...))
}

func (v *validator) value(path string, value any, schema map[string]any) {
	if ref, ok := schema["$ref"].(string); ok {
		at := any(v.root)
		for _, name := range strings.Split(strings.TrimPrefix(ref, "#/"), "/") {
			at = at.(map[string]any)[name]
		}
		v.value(path, value, at.(map[string]any))
		return
	}
	for _, group := range []string{"anyOf", "oneOf"} {
		if options, ok := schema[group].([]any); ok && !v.anyOf(path, value, options) {
			v.wrong(path, "fits none of %s", group)
		}
	}
	if enum, ok := schema["enum"].([]any); ok && !isAny(value, enum) {
		v.wrong(path, "%v is not one of %v", value, enum)
	}
	switch value := value.(type) {
	case map[string]any:
		v.typed(path, schema, "object")
		v.object(path, value, schema)
	case []any:
		v.typed(path, schema, "array")
		v.array(path, value, schema)
	case string:
		v.typed(path, schema, "string")
		if pattern, ok := schema["pattern"].(string); ok && !regexp.MustCompile(pattern).MatchString(value) {
			v.wrong(path, "%q does not match %s", value, pattern)
		}
	case float64:
		v.typed(path, schema, "integer", "number")
		if least, ok := schema["minimum"].(float64); ok && value < least {
			v.wrong(path, "%v is less than %v", value, least)
		}
	case bool:
		v.typed(path, schema, "boolean")
	default:
		v.wrong(path, "is %v", value)
	}
}

func (v *validator) typed(path string, schema map[string]any, names ...any) {
	if want, ok := schema["type"]; ok && !isAny(want, names) {
		v.wrong(path, "is %v, not %v", names, want)
	}
}

func (v *validator) object(path string, object, schema map[string]any) {
	required, _ := schema["required"].([]any)
	for _, name := range required {
		if _, ok := object[name.(string)]; !ok {
			v.wrong(path, "lacks %s", name)
		}
	}
	properties, _ := schema["properties"].(map[string]any)
	for name, value := range object {
		switch property, ok := properties[name].(map[string]any); {
		case ok:
			v.value(path+"."+name, value, property)
		case schema["additionalProperties"] == false:
			v.wrong(path, "has %s", name)
		default:
			if more, ok := schema["additionalProperties"].(map[string]any); ok {
				v.value(path+"."+name, value, more)
			}
		}
	}
}

func (v *validator) array(path string, array []any, schema map[string]any) {
	if least, ok := schema["minItems"].(float64); ok && float64(len(array)) < least {
		v.wrong(path, "has %d items", len(array))
	}
	items, _ := schema["items"].(map[string]any)
	for i, item := range array {
		v.value(fmt.Sprintf("%s[%d]", path, i), item, items)
		if schema["uniqueItems"] == true && isAny(item, array[:i]) {
			v.wrong(path, "has item %d twice", i)
		}
	}
}

// anyOf reports whether the value fits one of several schemas.
func (v *validator) anyOf(path string, value any, options []any) bool {
	for _, option := range options {
		try := &validator{root: v.root}
		if try.value(path, value, option.(map[string]any)); len(try.errors) == 0 {
			return true
		}
	}
	return false
}

func isAny(value any, list []any) bool {
	for _, v := range list {
		if reflect.DeepEqual(v, value) {
			return true
		}
	}
	return false
}
