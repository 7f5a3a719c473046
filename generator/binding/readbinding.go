package binding

import (
	"strconv"

	"gopkg.in/yaml.v3"
)

func (s *source) binding(n *yaml.Node) Binding {
	o := s.object(n, "binding")
	b := Binding{
		Type:      o.must("type"),
		Direction: o.must("direction"),
		Was:       o.strings("was"),
		Reads:     o.strings("reads"),
		Go:        o.str("go"),
		Fixed:     s.members(o, "fixed"),
		Place:     s.place(follow(o.at("type"))),
	}
	if s.own {
		o.oneOf("direction", "in", "out")
	} else {
		o.oneOf("direction", "in", "out", "inout", openDirection)
	}
	if name, ok := o.get("name"); ok {
		no := s.object(name, "name")
		b.Name = Name{Required: no.boolean("required"), Fixed: no.boolean("fixed")}
		if b.Name.Required {
			b.Name.Default = no.str("default")
		} else {
			b.Name.Default = no.must("default")
		}
		no.done()
	} else {
		s.errorf(o.node, "binding has no name")
	}
	for _, item := range o.list("when") {
		wo := s.object(item, "bindingWhen")
		b.When = append(b.When, BindingWhen{If: s.condition(wo), Name: wo.str("name"), Fixed: s.members(wo, "fixed"), Reads: wo.strings("reads")})
		wo.done()
	}
	o.done()
	return b
}

// members reads fixed members of a function.json entry, in their order.
func (s *source) members(o *object, key string) []Member {
	n, ok := o.get(key)
	if !ok {
		return nil
	}
	mo := s.object(n, key)
	var out []Member
	for _, k := range mo.keys {
		v, _ := mo.get(k.Value)
		switch k.Value {
		case "type", "direction", "name":
			s.errorf(k, "%s is a key of the binding itself", k.Value)
		}
		out = append(out, Member{Key: k.Value, Value: s.value(v, k.Value)})
	}
	return out
}

// value reads what a member may be.
func (s *source) value(n *yaml.Node, what string) any {
	n = follow(n)
	switch {
	case n.Kind == yaml.SequenceNode:
		return s.strings(n, what)
	case n.Kind == yaml.ScalarNode && n.Tag == "!!bool":
		return n.Value == "true"
	case n.Kind == yaml.ScalarNode && n.Tag == "!!int":
		if i, err := strconv.Atoi(n.Value); err == nil {
			return i
		}
		fallthrough
	case n.Kind == yaml.ScalarNode && n.Tag == "!!float":
		s.errorf(n, "%s is neither text, a whole number, true, false nor a list", what)
	}
	return s.str(n, what)
}

// condition reads the mapping under if: each key with a value or a list of them.
func (s *source) condition(o *object) Condition {
	n, ok := o.get("if")
	if !ok {
		return nil
	}
	co := s.object(n, "if")
	c := make(Condition, len(co.keys))
	for _, k := range co.keys {
		v, _ := co.get(k.Value)
		if follow(v).Kind == yaml.SequenceNode {
			c[k.Value] = s.strings(v, k.Value)
		} else {
			c[k.Value] = []string{s.str(v, k.Value)}
		}
	}
	return c
}

func (s *source) gives(n *yaml.Node) Gives {
	o := s.object(n, "gives")
	g := Gives{If: s.condition(o), Without: o.strings("without")}
	for _, item := range o.list("params") {
		po := s.object(item, "parameter")
		p := Param{Type: po.str("type"), Name: po.str("name"), Source: s.sourceOf(po), Types: po.strings("types"), Not: po.strings("not"), Doc: po.str("doc")}
		if p.Type == "" && p.Name == "" {
			s.errorf(item, "parameter has neither type nor name")
		}
		if p.Type != "" && p.Types != nil {
			s.errorf(item, "parameter has both type and types")
		}
		po.done()
		g.Params = append(g.Params, p)
	}
	for _, item := range o.list("results") {
		ro := s.object(item, "result")
		g.Results = append(g.Results, Result{Type: ro.str("type"), Sink: ro.must("sink"), Doc: ro.str("doc")})
		ro.done()
	}
	o.done()
	return g
}
