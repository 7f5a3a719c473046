package binding

import "github.com/wpsgen/wpsgen/internal/jsonschema"

// DefinitionSchema returns the JSON Schema of a project's own binding definitions, for each document of a file.
func DefinitionSchema() *jsonschema.Schema {
	s := &jsonschema.Schema{Title: "binding definition of wpsgen"}
	for _, o := range formatObjects {
		one := o.schema()
		if o.Name == "definition" {
			s.Description, s.Type, s.Required, s.Properties, s.AdditionalProperties = one.Description, one.Type, one.Required, one.Properties, one.AdditionalProperties
			continue
		}
		if o.Name != "result" { // nothing of a project's own leads there
			s.Definitions = append(s.Definitions, jsonschema.Property{Name: o.Name, Schema: one})
		}
	}
	scalar := &jsonschema.Schema{Type: []string{"string", "number", "boolean"}}
	words := &jsonschema.Schema{Type: "array", Items: scalar, UniqueItems: true}
	s.Definitions = append(s.Definitions, jsonschema.Property{Name: "value", Schema: &jsonschema.Schema{AnyOf: []*jsonschema.Schema{scalar, words}}})
	return s
}

func (o FormatObject) schema() *jsonschema.Schema {
	s := &jsonschema.Schema{Description: o.Doc, Type: "object", AdditionalProperties: false}
	for _, k := range o.Keys {
		if k.Builtin != "" {
			continue
		}
		if k.Required {
			s.Required = append(s.Required, k.Name)
		}
		one := k.schema()
		one.Description = k.Doc
		s.Properties = append(s.Properties, jsonschema.Property{Name: k.Name, Schema: one})
	}
	return s
}

// schema describes the key's values. A text may be any scalar, which YAML tells apart and the reader does not.
func (k FormatKey) schema() *jsonschema.Schema {
	text := &jsonschema.Schema{Type: []string{"string", "number", "boolean"}}
	value := ref("value")
	of := ref(k.Of)
	if k.Of == "example" {
		of = &jsonschema.Schema{Type: "object", AdditionalProperties: value}
	}
	switch k.Type {
	case FormatFlag:
		return &jsonschema.Schema{Type: "boolean"}
	case FormatWords:
		return &jsonschema.Schema{Type: "array", Items: text, UniqueItems: true}
	case FormatTable:
		return &jsonschema.Schema{Type: "object", AdditionalProperties: text}
	case FormatMembers, FormatIf:
		return &jsonschema.Schema{Type: "object", AdditionalProperties: value}
	case FormatObjectOf:
		return &jsonschema.Schema{AllOf: []*jsonschema.Schema{of}} // draft 7 reads nothing beside a $ref
	case FormatListOf:
		return &jsonschema.Schema{Type: "array", Items: of}
	case FormatMapOf:
		return &jsonschema.Schema{Type: "object", AdditionalProperties: of}
	}
	if len(k.Values) > 0 {
		return enum(k.Values)
	}
	return text
}

func ref(name string) *jsonschema.Schema { return &jsonschema.Schema{Ref: "#/definitions/" + name} }
