package binding

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

type explainer struct {
	def *Definition
	b   bytes.Buffer
}

func (e *explainer) linef(format string, args ...any) {
	e.b.WriteString(strings.TrimRight(fmt.Sprintf(format, args...), " "))
	e.b.WriteByte('\n')
}

func (e *explainer) head() {
	d := e.def
	e.linef("%s", d.synopsis())
	e.linef("")
	e.linef("%s", d.Doc)
	e.linef("")
	for _, f := range d.headFacts() {
		e.linef("%-12s%s", f.title, f.text)
	}
}

// synopsis is the directive with its keys, optional ones in brackets.
func (d *Definition) synopsis() string {
	var b strings.Builder
	b.WriteString("//wps:" + d.Verb)
	for _, p := range d.Properties {
		arg := p.synopsis()
		if !p.Required || p.Fallback != (Fallback{}) {
			arg = "[" + arg + "]"
		}
		b.WriteString(" " + arg)
	}
	if d.Passthrough != "" {
		b.WriteString(" [KEY=…]")
	}
	return b.String()
}

func (e *explainer) keys() {
	if len(e.def.Properties) == 0 {
		return
	}
	e.linef("\nKeys")
	width := wordWidth(e.def.Keys())
	for _, p := range e.def.Properties {
		e.linef("  %-*s %s", width, p.Name, p.Doc)
		for _, fact := range p.facts() {
			e.linef("  %-*s %s", width, "", fact)
		}
	}
	if e.def.Passthrough != "" {
		e.linef("  %-*s %s", width, "KEY", e.def.Passthrough)
	}
}

// wordWidth is the width of a column of words.
func wordWidth(words []string) int {
	width := 16
	for _, w := range words {
		width = max(width, len(w))
	}
	return width
}

// String says the condition in words, keys in alphabetical order: when eventType is user.
func (c Condition) String() string {
	var parts []string
	for key, values := range c {
		parts = append(parts, key+" is "+join(values, "or"))
	}
	slices.Sort(parts)
	if len(parts) == 0 {
		return "always"
	}
	return "when " + strings.Join(parts, " and ")
}

func (e *explainer) examples() {
	for _, args := range e.def.Examples {
		e.linef("\nExample")
		e.linef("  //wps:%s%s", e.def.Verb, spellArgs(args))
		for _, entry := range Resolve(e.def, args, Env{}).Entries() {
			e.entry(entry)
		}
	}
}

func (e *explainer) entry(entry Entry) {
	src, err := entry.MarshalJSON()
	if err != nil {
		e.linef("  %v", err)
		return
	}
	var out bytes.Buffer
	out.WriteString("  ")
	if err := json.Indent(&out, src, "  ", "  "); err != nil {
		e.linef("  %v", err)
		return
	}
	e.linef("%s", out.String())
}

func spellArgs(args []Arg) string {
	var b strings.Builder
	for _, a := range args {
		switch {
		case a.Flag:
			b.WriteString(" " + a.Key)
		case a.Quoted:
			b.WriteString(" " + a.Key + "=" + strconv.Quote(a.Value))
		default:
			b.WriteString(" " + a.Key + "=" + a.Value)
		}
	}
	return b.String()
}

func (e *explainer) signatures() {
	for _, g := range e.def.Gives {
		if len(g.Params)+len(g.Results) == 0 {
			continue
		}
		e.linef("\nThe function, %s", g.when())
		var rows [][2]string
		for _, p := range g.Params {
			rows = append(rows, [2]string{"takes    " + p.spell(e.def), p.Doc})
		}
		for _, r := range g.Results {
			rows = append(rows, [2]string{"returns  " + orAny(r.Type), r.Doc})
		}
		width := 0
		for _, r := range rows {
			width = max(width, len(r[0]))
		}
		for _, r := range rows {
			e.linef("  %-*s  %s", width, r[0], r[1])
		}
	}
}

// when says in words when it holds.
func (g Gives) when() string {
	if len(g.Without) == 0 {
		return g.If.String()
	}
	unless := "unless //wps:" + strings.Join(g.Without, " or //wps:") + " stands beside it"
	if len(g.If) == 0 {
		return unless
	}
	return g.If.String() + ", " + unless
}

func orAny(goType string) string {
	if goType == "" {
		return "T"
	}
	return goType
}

// spell is the parameter as a signature has it, by name where the name binds it.
func (p Param) spell(def *Definition) string {
	switch {
	case p.Type != "":
		return p.Type
	case p.Name == "{name}":
		return cmp.Or((&Use{Def: def}).Name(), "NAME") + " " + orAny(strings.Join(p.Types, " | "))
	}
	return p.Name + " " + orAny(strings.Join(p.Types, " | "))
}
