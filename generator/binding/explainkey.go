package binding

// text is all there is to know of a key, for a terminal.
func (p *Property) text(d *Definition) string {
	e := &explainer{def: d}
	e.linef("//wps:%s %s", d.Verb, p.synopsis())
	e.linef("\n%s\n", p.Doc)
	for _, f := range p.facts() {
		e.linef("%s", f)
	}
	for _, v := range p.valueFacts() {
		e.linef("%s: %s", v.title, v.text)
	}
	return e.b.String()
}

func (p *Property) markdown(d *Definition) string {
	var m markdown
	m.linef("## %s.%s\n\n%s\n", d.Verb, p.Name, prose(p.Doc))
	for _, f := range p.facts() {
		m.linef("- %s", prose(f))
	}
	for _, v := range p.valueFacts() {
		m.linef("- %s: %s", prose(v.title), prose(v.text))
	}
	return m.String()
}

// valueFacts say why some values do not do.
func (p *Property) valueFacts() []fact {
	var facts []fact
	for _, v := range sortedKeys(p.Refused) {
		facts = append(facts, fact{"Never " + v, p.Refused[v]})
	}
	return facts
}

// synopsis is the key as a directive has it.
func (p *Property) synopsis() string {
	switch {
	case p.Kind == KindBool:
		return p.Name
	case p.List:
		return p.Name + "=…,…"
	}
	return p.Name + "=…"
}
