package binding

import (
	"slices"
	"strings"
)

// Use is a directive understood: its definition with the value of every property.
type Use struct {
	// Def is the definition.
	Def *Definition

	values map[string]Value
	others []Member // what is passed through, in the directive's order
}

// Resolve gives every property of a directive its value: from the arguments, else from its fallback,
// else its default. Old keys and values count as the new ones, and values take the definition's spelling.
// It never fails: what is wrong with the arguments is for [Check] to say, and is left out here.
func Resolve(def *Definition, args []Arg, env Env) *Use {
	u := &Use{Def: def, values: make(map[string]Value, len(def.Properties))}
	for _, a := range args {
		if p, _ := def.find(a.Key); p != nil && u.values[p.Name].From == Unset {
			u.values[p.Name] = Value{p.itemsOf(a), FromDirective}
		}
	}
	u.others = def.passed(args)
	for _, p := range def.Properties {
		if u.values[p.Name].From == Unset {
			u.values[p.Name] = u.missing(p, env)
		}
	}
	spelled := make(map[string]Value, len(u.values))
	for _, p := range def.Properties {
		spelled[p.Name] = u.values[p.Name]
		if u.values[p.Name].written() {
			spelled[p.Name] = p.narrow(u.Get).spell(u.values[p.Name])
		}
	}
	u.values = spelled
	return u
}

// find returns the property of a key, looking among old names too.
func (d *Definition) find(key string) (p *Property, old bool) {
	if p := d.Property(key); p != nil {
		return p, false
	}
	for _, p := range d.Properties {
		if slices.Contains(p.Was, key) {
			return p, true
		}
	}
	return nil, false
}

func (p *Property) itemsOf(a Arg) []string {
	switch {
	case a.Flag:
		return []string{"true"}
	case p.List:
		return a.items()
	}
	return []string{a.Value}
}

// missing returns the value of a property that the directive does not set.
func (u *Use) missing(p *Property, env Env) Value {
	if !u.conflicts(p) {
		if v, ok := env.Defaults[p.Fallback.Defaults]; ok && p.Fallback.Defaults != "" {
			return Value{[]string{v}, FromDefaults}
		}
		if s := p.Fallback.Setting; s != "" {
			if p.Kind != KindSetting {
				s = "%" + s + "%"
			}
			return Value{[]string{s}, FromSetting}
		}
	}
	if p.Default != "" {
		return Value{[]string{p.Default}, FromDefault}
	}
	return Value{}
}

// conflicts reports whether the directive sets a property that rules p out.
func (u *Use) conflicts(p *Property) bool {
	for _, q := range u.Def.Properties {
		if u.sets(q) && (slices.Contains(p.Conflicts, q.Name) || slices.Contains(q.Conflicts, p.Name)) {
			return true
		}
	}
	return false
}

// sets reports whether the directive itself sets a property; false for a bool is as good as absent.
func (u *Use) sets(p *Property) bool {
	v := u.values[p.Name]
	return v.From == FromDirective && (p.Kind != KindBool || v.String() != "false")
}

// Value returns what a property has; a key the definition lacks has nothing.
func (u *Use) Value(key string) Value { return u.values[key] }

// Get returns a property's value as conditions see it: its default when it is not set, items joined by
// commas. A value that an app setting gives at run time is %SETTING%.
func (u *Use) Get(key string) string { return u.values[key].String() }

// Property returns the property as it is under the use's other values, nil when there is none.
func (u *Use) Property(key string) *Property {
	p := u.Def.Property(key)
	if p == nil {
		return nil
	}
	return p.narrow(u.Get)
}

// Gives returns the parameters and results the use lets a function have, in the definition's order. beside
// are the verbs of the function's directives.
func (u *Use) Gives(beside []string) (params []Param, results []Result) {
	for _, g := range u.Def.Gives {
		if g.If.Holds(u.Get) && !slices.ContainsFunc(g.Without, func(v string) bool { return slices.Contains(beside, v) }) {
			params = append(params, g.Params...)
			results = append(results, g.Results...)
		}
	}
	return params, results
}

// spell gives values the definition's own spelling and replaces old ones.
func (p *Property) spell(v Value) Value {
	items := make([]string, len(v.Items))
	for i, item := range v.Items {
		items[i] = p.canonical(item)
	}
	return Value{items, v.From}
}

func (p *Property) canonical(item string) string {
	if now, ok := p.WasValues[item]; ok {
		return now
	}
	if !p.Folds {
		return item
	}
	for _, v := range p.Values {
		if strings.EqualFold(v, item) {
			return v
		}
	}
	return item
}
