package project

import (
	"fmt"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/internal/jsonschema"
)

// Rules maps codes to severities; the one that is empty lets no finding of its code through.
type Rules map[diag.Code]diag.Severity

// off is how the file spells that nothing is to be reported.
const off = "off"

// Apply returns the findings with the project's severities, without those that are off.
func (r Rules) Apply(findings []diag.Finding) []diag.Finding {
	if len(r) == 0 {
		return findings
	}
	kept := make([]diag.Finding, 0, len(findings))
	for _, f := range findings {
		level, set := r[f.Code]
		if set && level == "" {
			continue
		}
		if set {
			f.Level = level
		}
		kept = append(kept, f)
	}
	return kept
}

// firstFree is the first code of a rule about files that somebody else may have written. An error before it
// keeps wpsgen from writing nonsense, and cannot be wished away.
const firstFree = diag.BadFunctionFile

// adjustable reports whether a project may choose the severity of a code.
func adjustable(d diag.Declaration) bool {
	return d.Severity == diag.Warning || d.Code >= firstFree && d.Code < diag.ForeignFile && d.Code != diag.BadDefinition
}

func rulesKey() key {
	level := &jsonschema.Schema{Enum: []any{off, string(diag.Warning), string(diag.Error)}}
	schema := &jsonschema.Schema{Type: "object", AdditionalProperties: false}
	for _, d := range diag.Declarations() {
		if adjustable(d) {
			one := *level
			one.Description = fmt.Sprintf("%s (%s). %s", d.Title, d.Severity, d.Text)
			schema.Properties = append(schema.Properties, jsonschema.Property{Name: string(d.Code), Schema: &one})
		}
	}
	return key{
		name: "rules",
		doc: "Severities of findings in place of their own, by code: off, warning or error. Warnings can be changed, and errors about files that " +
			"somebody else may have written. An error that keeps wpsgen from writing nonsense cannot.",
		example: "rules:\n  WPS405: off\n  WPS439: error",
		schema:  schema,
		read:    (*reader).rules,
	}
}

func (r *reader) rules(value *yaml.Node) {
	if value.Kind != yaml.MappingNode {
		r.report(r.place(value), "write a code and off, warning or error, as in WPS405: off", "rules is not a mapping")
		return
	}
	r.settings.Rules = make(Rules)
	for i := 0; i+1 < len(value.Content); i += 2 {
		r.rule(value.Content[i], follow(value.Content[i+1]))
	}
}

func (r *reader) rule(key, value *yaml.Node) {
	all := diag.Declarations()
	i := slices.IndexFunc(all, func(d diag.Declaration) bool { return strings.EqualFold(string(d.Code), key.Value) })
	switch {
	case i < 0:
		r.report(r.place(key), "wpsgen explain CODE says what a code means", "there is no code %s", key.Value)
		return
	case !adjustable(all[i]):
		r.report(r.place(key), "mend what it reports", "%s is always an error", all[i].Code)
		return
	}
	before := len(r.findings)
	word := r.oneOf(value, fmt.Sprintf("rule %s", all[i].Code), off, string(diag.Warning), string(diag.Error))
	if len(r.findings) > before {
		return
	}
	if word == off {
		word = ""
	}
	r.settings.Rules[all[i].Code] = diag.Severity(word)
}
