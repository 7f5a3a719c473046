package binding

// verbView is a definition as explain prints it in JSON. The names are a contract.
type verbView struct {
	Verb       string        `json:"verb"`
	Doc        string        `json:"doc"`
	On         string        `json:"on"`
	Repeats    bool          `json:"repeats,omitempty"`
	NeedsVerbs []string      `json:"needsVerbs,omitempty"`
	Own        bool          `json:"own,omitempty"`
	Provides   []string      `json:"provides,omitempty"`
	Keys       []keyView     `json:"keys"`
	Bindings   []bindingView `json:"bindings"`
	Gives      []giveView    `json:"gives,omitempty"`
	Examples   []string      `json:"examples,omitempty"`
}

type keyView struct {
	Name       string   `json:"name"`
	Doc        string   `json:"doc"`
	Kind       Kind     `json:"kind"`
	List       bool     `json:"list,omitempty"`
	Required   bool     `json:"required,omitempty"`
	Default    string   `json:"default,omitempty"`
	Values     []string `json:"values,omitempty"`
	Since      string   `json:"since,omitempty"`
	Deprecated string   `json:"deprecated,omitempty"`
	OldNames   []string `json:"oldNames,omitempty"`
	Facts      []string `json:"facts"`
}

type bindingView struct {
	Type       string    `json:"type"`
	Direction  string    `json:"direction"`
	Verb       string    `json:"verb"`
	OldNames   []string  `json:"oldNames,omitempty"`
	Properties []keyView `json:"properties,omitempty"`
}

type giveView struct {
	Takes   string `json:"takes,omitempty"`
	Returns string `json:"returns,omitempty"`
	When    string `json:"when"`
	Doc     string `json:"doc"`
}

func (d *Definition) view() verbView {
	v := verbView{
		Verb: d.Verb, Doc: d.Doc, On: d.On, Repeats: d.Repeats, NeedsVerbs: d.NeedsVerbs, Own: d.Own, Provides: d.Provides,
		Keys: []keyView{}, Bindings: []bindingView{},
	}
	for _, p := range d.Properties {
		v.Keys = append(v.Keys, p.view())
	}
	for _, b := range d.Bindings {
		v.Bindings = append(v.Bindings, bindingView{Type: b.Type, Direction: b.Direction, Verb: d.Verb, OldNames: b.Was})
	}
	for _, g := range d.Gives {
		for _, p := range g.Params {
			v.Gives = append(v.Gives, giveView{Takes: p.spell(d), When: g.when(), Doc: p.Doc})
		}
		for _, r := range g.Results {
			v.Gives = append(v.Gives, giveView{Returns: orAny(r.Type), When: g.when(), Doc: r.Doc})
		}
	}
	for _, args := range d.Examples {
		v.Examples = append(v.Examples, "//wps:"+d.Verb+spellArgs(args))
	}
	return v
}

func (p *Property) view() keyView {
	return keyView{
		Name: p.Name, Doc: p.Doc, Kind: p.Kind, List: p.List, Required: p.Required, Default: p.Default, Values: p.Values,
		Since: p.Since, Deprecated: p.Deprecated, OldNames: p.Was, Facts: p.facts(),
	}
}

func viewEntries(entries []typeEntry) []bindingView {
	var views []bindingView
	for _, e := range entries {
		b := e.binding()
		v := bindingView{Type: b.Type, Direction: b.Direction, Verb: e.def.Verb, OldNames: b.Was}
		for _, p := range e.properties() {
			k := p.view()
			k.Facts = p.entryFacts(e.def)
			v.Properties = append(v.Properties, k)
		}
		views = append(views, v)
	}
	return views
}
