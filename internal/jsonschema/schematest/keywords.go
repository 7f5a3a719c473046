package schematest

import (
	"fmt"
	"math"
	"regexp"
	"slices"
)

// keyword checks a value under one keyword of a schema, whose argument it is given.
type keyword func(v *validator, path string, value any, schema map[string]any, arg any)

// keywords are those that say something of values. It is filled at start, since some lead back to it.
var keywords map[string]keyword

func init() {
	keywords = map[string]keyword{
		"type": (*validator).typed, "const": (*validator).constant, "enum": (*validator).enum, "pattern": (*validator).pattern,
		"anyOf": (*validator).anyOf, "oneOf": (*validator).anyOf, "allOf": (*validator).allOf, "not": (*validator).not, "if": (*validator).condition,
		"required": (*validator).required, "properties": (*validator).properties, "propertyNames": (*validator).propertyNames,
		"minProperties": (*validator).minProperties, "additionalProperties": (*validator).additional,
		"items": (*validator).items, "minItems": (*validator).minItems, "uniqueItems": (*validator).uniqueItems, "contains": (*validator).contains,
		"minimum": (*validator).minimum, "exclusiveMinimum": (*validator).exclusiveMinimum,
	}
}

// typesOf are the names of a value's types.
func typesOf(value any) []string {
	switch value := value.(type) {
	case map[string]any:
		return []string{"object"}
	case []any:
		return []string{"array"}
	case string:
		return []string{"string"}
	case bool:
		return []string{"boolean"}
	case float64:
		if value == math.Trunc(value) {
			return []string{"number", "integer"}
		}
		return []string{"number"}
	}
	return []string{"null"}
}

func (v *validator) typed(path string, value any, _ map[string]any, arg any) {
	wanted, several := arg.([]any)
	if !several {
		wanted = []any{arg}
	}
	if !slices.ContainsFunc(typesOf(value), func(t string) bool { return isAny(t, wanted) }) {
		v.wrong(path, "is %s, not %v", typesOf(value)[0], arg)
	}
}

func (v *validator) constant(path string, value any, _ map[string]any, arg any) {
	if !isAny(value, []any{arg}) {
		v.wrong(path, "is not %v", arg)
	}
}

func (v *validator) enum(path string, value any, _ map[string]any, arg any) {
	if !isAny(value, arg.([]any)) {
		v.wrong(path, "%v is not one of %v", value, arg)
	}
}

func (v *validator) pattern(path string, value any, _ map[string]any, arg any) {
	if text, ok := value.(string); ok && !regexp.MustCompile(arg.(string)).MatchString(text) {
		v.wrong(path, "%q does not match %s", text, arg)
	}
}

func (v *validator) anyOf(path string, value any, _ map[string]any, arg any) {
	if !slices.ContainsFunc(arg.([]any), func(option any) bool { return v.fits(value, option) }) {
		v.wrong(path, "fits none of several")
	}
}

func (v *validator) allOf(path string, value any, _ map[string]any, arg any) {
	for _, one := range arg.([]any) {
		v.value(path, value, one)
	}
}

func (v *validator) not(path string, value any, _ map[string]any, arg any) {
	if v.fits(value, arg) {
		v.wrong(path, "is what it may not be")
	}
}

func (v *validator) condition(path string, value any, schema map[string]any, arg any) {
	if then, ok := schema["then"]; ok && v.fits(value, arg) {
		v.value(path, value, then)
	}
}

func (v *validator) required(path string, value any, _ map[string]any, arg any) {
	object, ok := value.(map[string]any)
	for _, name := range arg.([]any) {
		if _, has := object[name.(string)]; ok && !has {
			v.wrong(path, "lacks %s", name)
		}
	}
}

func (v *validator) properties(path string, value any, _ map[string]any, arg any) {
	object, _ := value.(map[string]any)
	for name, one := range object {
		if schema, ok := arg.(map[string]any)[name]; ok {
			v.value(path+"."+name, one, schema)
		}
	}
}

func (v *validator) additional(path string, value any, schema map[string]any, arg any) {
	object, _ := value.(map[string]any)
	named, _ := schema["properties"].(map[string]any)
	for name, one := range object {
		if _, ok := named[name]; !ok {
			v.value(path+"."+name, one, arg)
		}
	}
}

func (v *validator) propertyNames(path string, value any, _ map[string]any, arg any) {
	object, _ := value.(map[string]any)
	for name := range object {
		v.value(path+"."+name, name, arg)
	}
}

func (v *validator) minProperties(path string, value any, _ map[string]any, arg any) {
	if object, ok := value.(map[string]any); ok && float64(len(object)) < arg.(float64) {
		v.wrong(path, "has %d members", len(object))
	}
}

func (v *validator) items(path string, value any, _ map[string]any, arg any) {
	array, _ := value.([]any)
	for i, item := range array {
		v.value(fmt.Sprintf("%s[%d]", path, i), item, arg)
	}
}

func (v *validator) minItems(path string, value any, _ map[string]any, arg any) {
	if array, ok := value.([]any); ok && float64(len(array)) < arg.(float64) {
		v.wrong(path, "has %d items", len(array))
	}
}

func (v *validator) uniqueItems(path string, value any, _ map[string]any, arg any) {
	array, _ := value.([]any)
	for i, item := range array {
		if arg == true && isAny(item, array[:i]) {
			v.wrong(path, "has item %d twice", i)
		}
	}
}

func (v *validator) contains(path string, value any, _ map[string]any, arg any) {
	if array, ok := value.([]any); ok && !slices.ContainsFunc(array, func(item any) bool { return v.fits(item, arg) }) {
		v.wrong(path, "has no such item")
	}
}

func (v *validator) minimum(path string, value any, _ map[string]any, arg any) {
	if n, ok := value.(float64); ok && n < arg.(float64) {
		v.wrong(path, "%v is less than %v", n, arg)
	}
}

func (v *validator) exclusiveMinimum(path string, value any, _ map[string]any, arg any) {
	if n, ok := value.(float64); ok && n <= arg.(float64) {
		v.wrong(path, "%v is not more than %v", n, arg)
	}
}
