// Package jsonschema writes JSON Schema as editors take it: draft 7, which the language servers for JSON and
// YAML know whole, while of the later drafts they know parts.
package jsonschema

import (
	"bytes"
	"encoding/json"
)

// Draft is the dialect, as $schema names it.
const Draft = "http://json-schema.org/draft-07/schema#"

// Schema is a schema. Its members are the keywords of those names; the zero value allows everything.
type Schema struct {
	Dialect     string `json:"$schema,omitempty"`
	ID          string `json:"$id,omitempty"`
	Ref         string `json:"$ref,omitempty"`
	Title       string `json:"title,omitempty"`
	Description string `json:"description,omitempty"`

	// Type is a name, or a []string of them.
	Type     any       `json:"type,omitempty"`
	Const    any       `json:"const,omitempty"`
	Enum     []any     `json:"enum,omitempty"`
	Default  any       `json:"default,omitempty"`
	Pattern  string    `json:"pattern,omitempty"`
	AnyOf    []*Schema `json:"anyOf,omitempty"`
	AllOf    []*Schema `json:"allOf,omitempty"`
	Not      *Schema   `json:"not,omitempty"`
	If       *Schema   `json:"if,omitempty"`
	Then     *Schema   `json:"then,omitempty"`
	Required []string  `json:"required,omitempty"`

	Properties Properties `json:"properties,omitempty"`
	// AdditionalProperties is false, or a *Schema for members that Properties does not name.
	AdditionalProperties any     `json:"additionalProperties,omitempty"`
	PropertyNames        *Schema `json:"propertyNames,omitempty"`
	MinProperties        int     `json:"minProperties,omitempty"`

	Items       *Schema `json:"items,omitempty"`
	MinItems    int     `json:"minItems,omitempty"`
	UniqueItems bool    `json:"uniqueItems,omitempty"`
	Contains    *Schema `json:"contains,omitempty"`

	Definitions Properties `json:"definitions,omitempty"`
}

// Property is a member and its schema.
type Property struct {
	Name   string
	Schema *Schema
}

// Properties are members in an order for readers.
type Properties []Property

// MarshalJSON writes an object whose members stand in their order.
func (p Properties) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, one := range p {
		if i > 0 {
			b.WriteByte(',')
		}
		for j, part := range []any{one.Name, one.Schema} {
			if j > 0 {
				b.WriteByte(':')
			}
			src, err := encode(part)
			if err != nil {
				return nil, err
			}
			b.Write(src)
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// encode encodes without the HTML escapes that people would have to read.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return bytes.TrimSpace(b.Bytes()), err
}

// Text returns the schema as a file, which names its dialect.
func (s *Schema) Text() ([]byte, error) {
	whole := *s
	whole.Dialect = Draft
	src, err := encode(&whole)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := json.Indent(&b, src, "", "  "); err != nil {
		return nil, err
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}
