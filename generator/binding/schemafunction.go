package binding

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

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

// schema describes a property's values in a function.json.
func (p *Property) schema(d *Definition) *jsonschema.Schema {
	inFile := *p
	inFile.Values = slices.Concat(p.Values, p.Also)
	out := inFile.listed(inFile.value())
	out.Description = p.Doc
	for _, f := range p.entryFacts(d)[1:] {
		out.Description += " " + f + "."
	}
	return out
}

func (p *Property) listed(value *jsonschema.Schema) *jsonschema.Schema {
	if p.List {
		return &jsonschema.Schema{Type: "array", Items: value}
	}
	return value
}

// value describes one value.
func (p *Property) value() *jsonschema.Schema {
	switch {
	case p.Kind == KindBool:
		return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{{Type: "boolean"}, folded([]string{"true", "false"})}}
	case p.Kind == KindInt:
		return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{{Type: "integer"}, {Type: "string", Pattern: `^[+-]?[0-9]+$`}}}
	case p.Kind == KindSetting:
		return &jsonschema.Schema{Type: "string", Pattern: settingPattern.String()}
	}
	var options []*jsonschema.Schema
	switch {
	case len(p.Values) > 0:
		options = append(options, enum(p.Values))
		if p.Folds || p.Kind == KindString {
			options = append(options, folded(p.Values))
		}
	case p.Pattern != "":
		options = append(options, &jsonschema.Schema{Type: "string", Pattern: "^(?:" + p.Pattern + ")$"})
	default:
		return &jsonschema.Schema{Type: "string"}
	}
	if p.Settings {
		options = append(options, &jsonschema.Schema{Type: "string", Pattern: "%.+%"})
	}
	if p.Expressions {
		options = append(options, &jsonschema.Schema{Type: "string", Pattern: `\{.+\}`})
	}
	if len(options) == 1 {
		return options[0]
	}
	return &jsonschema.Schema{AnyOf: options}
}

// schema is the condition as a schema. A member that is not there counts with its default, or as "".
func (c Condition) schema(d *Definition) *jsonschema.Schema {
	out := &jsonschema.Schema{}
	for _, p := range d.Properties {
		values, ok := c[p.Name]
		if !ok {
			continue
		}
		var patterns []string
		optional := false
		for _, v := range values {
			pattern := "^" + fold(v) + "$"
			if end, isEnd := strings.CutPrefix(v, "*"); isEnd {
				pattern = fold(end) + "$"
			}
			patterns = append(patterns, pattern)
			optional = optional || fits(v, p.Default)
		}
		out.Properties = append(out.Properties, jsonschema.Property{Name: p.Name, Schema: &jsonschema.Schema{Pattern: strings.Join(patterns, "|")}})
		if !optional {
			out.Required = append(out.Required, p.Name)
		}
	}
	return out
}

func enum(words []string) *jsonschema.Schema {
	s := &jsonschema.Schema{}
	for _, w := range words {
		s.Enum = append(s.Enum, w)
	}
	return s
}

// folded describes one of several words in any case.
func folded(words []string) *jsonschema.Schema {
	var patterns []string
	for _, w := range words {
		patterns = append(patterns, fold(w))
	}
	return &jsonschema.Schema{Type: "string", Pattern: "^(?:" + strings.Join(patterns, "|") + ")$"}
}

// fold is a pattern that matches a word in any case: editors have no flag for it.
func fold(word string) string {
	var b strings.Builder
	for _, r := range word {
		if lower, upper := unicode.ToLower(r), unicode.ToUpper(r); lower != upper {
			b.WriteString("[" + string(upper) + string(lower) + "]")
		} else {
			b.WriteString(regexp.QuoteMeta(string(r)))
		}
	}
	return b.String()
}
