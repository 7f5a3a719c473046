package project

import (
	"path"
	"slices"

	"gopkg.in/yaml.v3"

	"github.com/wpsgen/wpsgen/internal/jsonschema"
)

// patternSchema is what a pattern looks like.
const patternSchema = `^[^/\\].*\.ya?ml$`

func bindingsKey() key {
	return key{
		name: "bindings",
		doc: "Files with binding definitions of your own, as paths or patterns with * and ? relative to this file. " +
			"Each definition adds a directive. The format is in docs/definitions.md.",
		example: "bindings:\n  - bindings/*.yaml",
		schema:  &jsonschema.Schema{Type: "array", Items: &jsonschema.Schema{Type: "string", Pattern: patternSchema}, UniqueItems: true},
		read:    (*reader).bindings,
	}
}

func (r *reader) bindings(value *yaml.Node) {
	if value.Kind != yaml.SequenceNode {
		r.report(r.place(value), "write a list of files, as in bindings: [bindings/*.yaml]", "bindings is not a list")
		return
	}
	for _, item := range value.Content {
		item = follow(item)
		p := Pattern{Text: item.Value, Place: r.place(item)}
		_, err := path.Match(p.Text, "")
		switch {
		case item.Kind != yaml.ScalarNode || p.Text == "":
			r.report(p.Place, "write a path or a pattern, such as bindings/*.yaml", "an item of bindings is no file")
		case path.IsAbs(p.Text) || slices.Contains([]byte(p.Text), '\\'):
			r.report(p.Place, "write it relative to the folder of "+File+", with slashes", "%s is not a relative path", p.Text)
		case path.Ext(p.Text) != ".yaml" && path.Ext(p.Text) != ".yml":
			r.report(p.Place, "name files that end in .yaml or .yml", "%s does not name YAML files", p.Text)
		case err != nil:
			r.report(p.Place, "close the bracket", "%s is not a pattern", p.Text)
		case slices.ContainsFunc(r.settings.Bindings, func(other Pattern) bool { return other.Text == p.Text }):
			r.report(p.Place, "remove one of them", "%s is named twice", p.Text)
		default:
			r.settings.Bindings = append(r.settings.Bindings, p)
		}
	}
}
