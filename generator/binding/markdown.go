package binding

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	md "github.com/wpsgen/wpsgen/internal/markdown"
)

// markdown is a page, or a part of one, being written.
type markdown struct{ strings.Builder }

func (m *markdown) linef(format string, args ...any) { fmt.Fprintf(m, format+"\n", args...) }

// row writes a row of a table.
func (m *markdown) row(cells ...string) {
	for i, c := range cells {
		cells[i] = md.Cell(c)
	}
	m.linef("| %s |", strings.Join(cells, " | "))
}

// table begins a table.
func (m *markdown) table(titles ...string) {
	m.linef("")
	m.row(titles...)
	m.linef("|%s", strings.Repeat("---|", len(titles)))
}

func (m *markdown) code(language, text string) {
	m.linef("\n```%s\n%s\n```", language, strings.TrimRight(text, "\n"))
}

// prose keeps a text from being read as markup.
func prose(text string) string { return md.Escape(text) }

func quoted(word string) string {
	if strings.Contains(word, "`") {
		return "`` " + word + " ``"
	}
	return "`" + word + "`"
}

// quotedAll quotes words and joins them with commas.
func quotedAll(words []string) string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = quoted(w)
	}
	return strings.Join(out, ", ")
}

// verbMarkdown is what [Explain] says, as a chapter of a page.
func (d *Definition) verbMarkdown() string {
	var m markdown
	m.linef("## %s\n\n%s", d.Verb, prose(d.Doc))
	m.code("", d.synopsis())
	m.table("", "")
	for _, f := range d.headFacts() {
		m.row(f.title, prose(f.text))
	}
	m.keys(d)
	m.gives(d)
	m.examples(d)
	return m.String()
}

func (m *markdown) keys(d *Definition) {
	if len(d.Properties) == 0 {
		return
	}
	m.table("key", "value", "what")
	for _, p := range d.Properties {
		facts := p.facts()
		m.row(quoted(p.Name), prose(facts[0]), prose(p.Doc)+brokenLines(facts[1:]))
	}
	if d.Passthrough != "" {
		m.row("any other", "", prose(d.Passthrough))
	}
	if len(d.NotHere) > 0 {
		m.table("not here", "but")
		for _, key := range sortedKeys(d.NotHere) {
			m.row(quoted(key), prose(d.NotHere[key]))
		}
	}
}

func brokenLines(facts []string) string {
	var b strings.Builder
	for _, f := range facts {
		b.WriteString("<br>" + prose(f))
	}
	return b.String()
}

func (m *markdown) gives(d *Definition) {
	begun := false
	for _, g := range d.Gives {
		for _, p := range g.Params {
			m.give(&begun, g, "takes "+quoted(p.spell(d)), p.Doc)
		}
		for _, r := range g.Results {
			m.give(&begun, g, "returns "+quoted(orAny(r.Type)), r.Doc)
		}
	}
}

func (m *markdown) give(begun *bool, g Gives, what, doc string) {
	if !*begun {
		m.table("the function", "when", "what it is")
		*begun = true
	}
	m.row(what, prose(strings.TrimPrefix(g.when(), "when ")), prose(doc))
}

func (m *markdown) examples(d *Definition) {
	for _, args := range d.Examples {
		m.code("go", "//wps:"+d.Verb+spellArgs(args))
		for _, entry := range Resolve(d, args, Env{}).Entries() {
			src, err := entry.MarshalJSON()
			var out bytes.Buffer
			if err == nil {
				err = json.Indent(&out, src, "", "  ")
			}
			if err != nil {
				m.linef("%v", err)
				continue
			}
			m.code("json", out.String())
		}
	}
}

func sortedKeys(m map[string]string) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
