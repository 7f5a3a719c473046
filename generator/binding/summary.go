package binding

import "strings"

// Summary is the first sentence of the definition's doc, without its stop: what fits into a list.
func (d *Definition) Summary() string { return firstSentence(d.Doc) }

// Summary is the first sentence of the property's doc, without its stop.
func (p *Property) Summary() string { return firstSentence(p.Doc) }

func firstSentence(doc string) string {
	first, _, _ := strings.Cut(doc, ". ")
	return strings.TrimSuffix(first, ".")
}
