package binding

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/wpsgen/wpsgen/internal/jsonschema"
)

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
