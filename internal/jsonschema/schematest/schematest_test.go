package schematest

import "testing"

// TestValidate makes sure that each keyword finds mistakes, and lets through what is right.
func TestValidate(t *testing.T) {
	for _, tt := range []struct{ schema, right, wrong string }{
		{`{"type": "string"}`, `"a"`, `1`},
		{`{"type": ["object", "null"]}`, `null`, `[]`},
		{`{"type": "integer"}`, `1`, `1.5`},
		{`{"type": "number"}`, `1.5`, `true`},
		{`{"type": "boolean"}`, `false`, `"false"`},
		{`{"const": 1}`, `1`, `2`},
		{`{"enum": ["a", 1]}`, `1`, `"b"`},
		{`{"pattern": "^a+$"}`, `"aa"`, `"ab"`},
		{`{"anyOf": [{"type": "string"}, {"const": 1}]}`, `1`, `2`},
		{`{"allOf": [{"type": "string"}, {"pattern": "b"}]}`, `"b"`, `"a"`},
		{`{"not": {"type": "string"}}`, `1`, `"a"`},
		{`{"if": {"required": ["a"]}, "then": {"required": ["b"]}}`, `{"a": 1, "b": 2}`, `{"a": 1}`},
		{`{"if": {"required": ["a"]}, "then": {"required": ["b"]}}`, `{}`, `{"a": 1, "c": 2}`},
		{`{"required": ["a"]}`, `{"a": null}`, `{}`},
		{`{"properties": {"a": {"type": "string"}}}`, `{"a": "", "b": 1}`, `{"a": 1}`},
		{`{"properties": {"a": true}, "additionalProperties": false}`, `{"a": 1}`, `{"b": 1}`},
		{`{"additionalProperties": {"type": "string"}}`, `{"a": ""}`, `{"b": 1}`},
		{`{"propertyNames": {"pattern": "^a"}}`, `{"a": ""}`, `{"b": 1}`},
		{`{"minProperties": 1}`, `{"a": ""}`, `{}`},
		{`{"items": {"type": "string"}}`, `["a"]`, `[1]`},
		{`{"minItems": 1}`, `[1]`, `[]`},
		{`{"uniqueItems": true}`, `[1, 2]`, `[1, 1]`},
		{`{"contains": {"const": 1}}`, `[2, 1]`, `[2]`},
		{`{"$ref": "#/definitions/a b", "definitions": {"a b": {"const": 1}}}`, `1`, `2`},
		{`{"minimum": 1}`, `1`, `0`},
		{`{"exclusiveMinimum": 0}`, `1`, `0`},
	} {
		schema := Decode(t, []byte(tt.schema))
		if wrong := Validate(schema, Decode(t, []byte(tt.right))); len(wrong) > 0 {
			t.Errorf("%s: %s is wrong: %q", tt.schema, tt.right, wrong)
		}
		if len(Validate(schema, Decode(t, []byte(tt.wrong)))) == 0 {
			t.Errorf("%s: %s is right", tt.schema, tt.wrong)
		}
	}
}

func TestMetaSchema(t *testing.T) {
	meta := Decode(t, metaSchema)
	if wrong := Validate(meta, meta); len(wrong) > 0 {
		t.Errorf("draft 7 is wrong: %q", wrong)
	}
	for _, wrong := range []string{`{"type": "text"}`, `{"enum": "a"}`, `{"required": "a"}`, `{"properties": []}`, `{"properties": {"a": 1}}`, `{"minItems": -1}`, `{"anyOf": []}`} {
		if len(Validate(meta, Decode(t, []byte(wrong)))) == 0 {
			t.Errorf("%s is a schema", wrong)
		}
	}
}
