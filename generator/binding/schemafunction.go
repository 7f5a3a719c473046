package binding

import (
	"slices"

	"github.com/wpsgen/wpsgen/internal/jsonschema"
)

// FunctionSchema returns the JSON Schema of a function.json whose bindings a set knows. Bindings of other types
// are let through. It is as strict as the host and the service are, as far as a schema can say it; the host
// reads names of members in any case, and a schema cannot.
func FunctionSchema(s *Set) *jsonschema.Schema {
	item := &jsonschema.Schema{
		Type: "object", Required: []string{"type"},
		Properties: jsonschema.Properties{
			{Name: "type", Schema: &jsonschema.Schema{
				Description: "The binding's type.", AnyOf: []*jsonschema.Schema{enum(s.Types()), {Type: "string"}}, Not: folded(s.oldTypes()),
			}},
			{Name: "direction", Schema: &jsonschema.Schema{Description: "Whether the function reads the value or writes it.",
				AnyOf: []*jsonschema.Schema{enum([]string{"in", "out", "inout"}), folded([]string{"in", "out", "inout"})}}},
			{Name: "name", Schema: &jsonschema.Schema{Description: "The binding's name, unique in the function.", Type: "string", Pattern: `^(\$return|[A-Za-z][A-Za-z0-9_]{0,127})$`}},
		},
	}
	for _, e := range s.entries() {
		item.AllOf = append(item.AllOf, &jsonschema.Schema{If: s.conditionOf(e), Then: e.schema()})
	}
	return &jsonschema.Schema{
		Title:       "function.json",
		Description: "A function of Azure Functions, with the bindings of Web PubSub.",
		Type:        "object", Required: []string{"bindings"},
		Properties: jsonschema.Properties{
			{Name: "bindings", Schema: &jsonschema.Schema{
				Description: "The function's bindings: exactly one trigger, and its inputs and outputs.", Type: "array", Items: item,
				Contains: &jsonschema.Schema{Properties: jsonschema.Properties{{Name: "type", Schema: &jsonschema.Schema{Pattern: fold("Trigger") + "$"}}}, Required: []string{"type"}},
			}},
			{Name: "generatedBy", Schema: &jsonschema.Schema{Description: "The tool that wrote the file, which keeps it up to date.", Type: "string"}},
		},
	}
}

// oldTypes are names of types that the host does not know any more, sorted.
func (s *Set) oldTypes() []string {
	var old []string
	for _, d := range s.defs {
		old = append(old, sortedKeys(d.Gone)...)
		for _, b := range d.Bindings {
			old = append(old, b.Was...)
		}
	}
	slices.Sort(old)
	return slices.Compact(old)
}

// conditionOf is that an entry is of a type, and of a direction too where several definitions share the type.
func (s *Set) conditionOf(e typeEntry) *jsonschema.Schema {
	b := e.binding()
	c := &jsonschema.Schema{Required: []string{"type"}, Properties: jsonschema.Properties{{Name: "type", Schema: folded([]string{b.Type})}}}
	if len(s.entriesOf(b.Type)) > 1 {
		c.Required = append(c.Required, "direction")
		c.Properties = append(c.Properties, jsonschema.Property{Name: "direction", Schema: folded([]string{b.Direction})})
	}
	return c
}

// schema is what holds of the entry's members.
func (e typeEntry) schema() *jsonschema.Schema {
	out := &jsonschema.Schema{Description: e.def.Doc}
	out.Properties = append(out.Properties, jsonschema.Property{Name: "direction", Schema: folded([]string{e.binding().Direction})})
	for _, p := range e.properties() {
		if p.Required && p.Fallback.Setting == "" && p.Default == "" {
			out.Required = append(out.Required, p.Name)
		}
		out.Properties = append(out.Properties, jsonschema.Property{Name: p.Name, Schema: p.schema(e.def)})
		for _, w := range p.When {
			narrowed := w
			if shape := p.asEntry(func(string) string { return "" }).with(narrowed); shape != nil {
				out.AllOf = append(out.AllOf, &jsonschema.Schema{If: w.If.schema(e.def), Then: &jsonschema.Schema{Properties: jsonschema.Properties{{Name: p.Name, Schema: shape}}}})
			}
		}
	}
	return out
}

// with is what a condition adds, nil for nothing that a schema says.
func (p *Property) with(w PropertyWhen) *jsonschema.Schema {
	if w.Values == nil && w.Pattern == "" {
		return nil
	}
	narrowed := *p
	narrowed.Values, narrowed.Pattern, narrowed.WasValues = w.Values, w.Pattern, nil
	return narrowed.listed(narrowed.value())
}
