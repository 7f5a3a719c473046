package binding

import (
	"slices"
	"strings"
)

// CheckEntry holds an entry of a function.json against its definition, as the host reads it: names without
// case. An issue's argument is the index of a member. Type, direction and name are left out, and so is what
// formats in Go check, since they refuse some of what the host takes.
func CheckEntry(def *Definition, index int, members []EntryMember, env Env) []Issue {
	c := &entryChecker{checker{def: def, env: env, first: make(map[string]int)}, index, members}
	for i, m := range members {
		if p := c.property(m.Key); p != nil {
			c.first[p.Name] = i
		}
	}
	for i, m := range members {
		c.member(i, m)
	}
	c.absent()
	return c.issues
}

type entryChecker struct {
	checker
	index   int
	members []EntryMember
}

// property returns the property of the binding that a key sets, nil when there is none.
func (c *entryChecker) property(key string) *Property {
	for _, p := range c.def.Properties {
		if strings.EqualFold(p.Name, key) && !p.Omit && !p.named && c.def.bindingOf(p) == c.index {
			return p
		}
	}
	return nil
}

// EntryValue returns the text a member of an entry has, "" when it has none.
func EntryValue(members []EntryMember, key string) string {
	for i := len(members) - 1; i >= 0; i-- {
		if strings.EqualFold(members[i].Key, key) {
			return strings.Join(members[i].Items, ",")
		}
	}
	return ""
}

func (c *entryChecker) get(key string) string {
	if v := EntryValue(c.members, key); v != "" {
		return v
	}
	if p := c.def.Property(key); p != nil {
		return p.Default
	}
	return ""
}

func (c *entryChecker) member(i int, m EntryMember) {
	if isOwnMember(m.Key) || c.isFixed(m.Key) || m.Shape == ShapeNull {
		return
	}
	p := c.property(m.Key)
	if p == nil {
		c.stray(i, m)
		return
	}
	if c.first[p.Name] != i {
		return // a later one of the same name counts
	}
	if shape := ShapeScalar; m.Shape != shape {
		if p.List {
			shape = ShapeList
		}
		if m.Shape != shape {
			c.add(WrongShape, i, PartValue, "write it as text", "%s is one value and cannot be a list or an object", p.Name)
			return
		}
	} else if p.List {
		c.add(WrongShape, i, PartValue, "put brackets around it", "%s is a list", p.Name)
		return
	}
	c.advice(i, p)
	c.items(i, m, p.asEntry(c.get))
}

func isOwnMember(key string) bool {
	return slices.ContainsFunc([]string{"type", "direction", "name"}, func(own string) bool { return strings.EqualFold(own, key) })
}

// isFixed reports whether wpsgen itself writes such a member under some condition.
func (c *entryChecker) isFixed(key string) bool {
	b := c.def.Bindings[c.index]
	has := func(m Member) bool { return strings.EqualFold(m.Key, key) }
	return slices.ContainsFunc(b.Fixed, has) ||
		slices.ContainsFunc(b.When, func(w BindingWhen) bool { return slices.ContainsFunc(w.Fixed, has) })
}

// asEntry returns the property as it is in a file, where the host takes more than a directive does.
func (p *Property) asEntry(get func(string) string) *Property {
	out := *p.narrow(get)
	out.Settings = p.Settings
	out.Values = slices.Concat(out.Values, p.Also)
	return &out
}

func (c *entryChecker) advice(i int, p *Property) {
	if p.Deprecated != "" {
		c.add(Deprecated, i, PartKey, "use "+p.Deprecated+"; extensions before "+p.Since+" ignore "+p.Name, "%s is deprecated", p.Name)
	} else if p.Since != "" && isVersion(c.env.Extension) && olderThan(c.env.Extension, p.Since) {
		c.add(TooNew, i, PartKey, "load a newer extension", "%s is ignored by extension %s; it is new in %s", p.Name, c.env.Extension, p.Since)
	}
}

// items checks the values of a property.
func (c *entryChecker) items(i int, m EntryMember, p *Property) {
	for _, item := range m.Items {
		if item == "" {
			c.empty(i, p)
			continue
		}
		if goFormats[p.Format] != nil {
			continue
		}
		v := p.check(item)
		switch {
		case v.message != "":
			c.add(v.kind, i, PartValue, p.fileHint(v), "%s", v.message).Fix = v.fix
		case p.Kind == KindString && len(p.Values) > 0 && p.canonical(item) != item:
			c.add(Spelling, i, PartValue, "the host does not mind", "%s is spelled %s", p.Name, p.canonical(item)).Fix = p.canonical(item)
		}
		if len(m.Items) > 1 && len(c.issues) > 0 {
			c.issues[len(c.issues)-1].Fix = "" // it would replace the whole list
		}
	}
}

// empty checks an empty value, which is as good as none for most properties.
func (c *entryChecker) empty(i int, p *Property) {
	if p.List || p.Kind == KindSetting && p.Deprecated == "" || p.Required && p.Fallback.Setting == "" {
		c.add(BadValue, i, PartValue, "give it a value, or leave it out", "%s is empty", p.Name)
	}
}

const fileSecretHint = "put it into an app setting, name that here, and renew the key if this was committed"

// fileHint is the hint of a value's fault for whoever writes JSON.
func (p *Property) fileHint(v verdict) string {
	switch {
	case v.kind == Secret:
		return fileSecretHint
	case p.Kind == KindBool:
		return "it is true or false"
	case p.Kind == KindSetting && v.fix != "":
		return "write " + v.fix
	}
	return v.hint
}

func (c *entryChecker) absent() {
	typ := c.def.Bindings[c.index].Type
	for _, p := range c.def.Properties {
		i, set := c.first[p.Name]
		set = set && (len(c.members[i].Items) > 0 && c.members[i].Items[0] != "" || c.members[i].Shape == ShapeObject)
		if !p.Required || set || p.named || c.def.bindingOf(p) != c.index || slices.Contains(c.meant, p.Name) {
			continue
		}
		if p.Fallback.Setting != "" {
			c.add(FromFallback, -1, PartVerb, "set it, or add "+p.Name, "%s takes its %s from the app setting %s", typ, p.Name, p.Fallback.Setting)
			continue
		}
		if _, empty := c.first[p.Name]; !empty {
			hint := "add " + p.Name
			if values := p.asEntry(c.get).Values; len(values) > 0 {
				hint += ", which is " + join(values, "or")
			}
			c.add(MissingKey, -1, PartVerb, hint, "%s needs %s", typ, p.Name)
		}
	}
}
