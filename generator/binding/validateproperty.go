package binding

import (
	"slices"
	"strconv"
)

func (v *validator) property(p *Property) {
	path := []any{"properties", p.Name}
	if !keyPattern.MatchString(p.Name) {
		v.errorf(path, "property %q is not letters and digits", p.Name)
	}
	if !goNamePattern.MatchString(p.Go) {
		v.errorf(sub(path, "go"), "go %q is not an exported name", p.Go)
	}
	if len(v.def.Bindings) > 0 && (p.Name == propertyType || p.Name == propertyDirection || p.Name == "name") && !slices.ContainsFunc(v.def.Bindings, p.opens) {
		v.errorf(path, "%s belongs to the binding itself", p.Name)
	}
	if p.To != "" && !slices.ContainsFunc(v.def.Bindings, func(b Binding) bool { return b.Type == p.To }) {
		v.errorf(sub(path, "to"), "to: there is no binding of type %s", p.To)
	}
	v.kind(path, p)
	for i, w := range p.When {
		v.condition(sub(path, "when", i, "if"), w.If, p.Name)
		if w.Values != nil && p.Kind != KindEnum && p.Kind != KindString {
			v.errorf(sub(path, "when", i, "values"), "a property of kind %s has no values", p.Kind)
		}
		if w.Pattern+w.Format != "" && p.Kind != KindString {
			v.errorf(sub(path, "when", i), "a property of kind %s has no pattern", p.Kind)
		}
		v.oldValues(sub(path, "when", i, "wasValues"), w.WasValues, w.Values)
	}
	v.oldValues(sub(path, "wasValues"), p.WasValues, p.Values)
	v.defaultValue(path, p)
	v.others(path, p)
}

// kind checks that the parts of a property go with its kind.
func (v *validator) kind(path []any, p *Property) {
	if !slices.Contains(kinds, string(p.Kind)) {
		return // said when it was read
	}
	refuse := func(key string, present bool) {
		if present {
			v.keyErrorf(sub(path, key), "a property of kind %s has no %s", p.Kind, key)
		}
	}
	text := p.Kind == KindString
	if p.Kind == KindEnum && len(p.Values) == 0 {
		v.errorf(path, "property %s is an enum without values", p.Name)
	}
	refuse("values", p.Kind != KindEnum && len(p.Values) > 0)
	refuse("pattern", !text && p.Pattern != "" && p.Format == "")
	refuse("format", !text && p.Format != "")
	refuse("settings", !text && p.Settings)
	refuse("expressions", !text && p.Expressions)
	refuse("list", p.Kind == KindBool && p.List)
	if p.Folds && len(p.everyValue()) == 0 {
		v.errorf(sub(path, "folds"), "property %s folds, but its values are not listed", p.Name)
	}
}

func (v *validator) oldValues(path []any, was map[string]string, values []string) {
	for old, now := range was {
		if !slices.Contains(values, now) {
			v.errorf(sub(path, old), "wasValues: %s is not one of the values", now)
		}
		if slices.Contains(values, old) {
			v.errorf(sub(path, old), "wasValues: %s is one of the values still", old)
		}
	}
}

func (v *validator) defaultValue(path []any, p *Property) {
	if p.Default == "" {
		return
	}
	ok := true
	switch {
	case p.Kind == KindEnum:
		ok = slices.Contains(p.Values, p.Default)
	case p.Kind == KindBool:
		_, ok = parseBool(p.Default)
	case p.Kind == KindInt:
		_, err := strconv.Atoi(p.Default)
		ok = err == nil
	case p.pattern != nil:
		ok = p.pattern.MatchString(p.Default)
	}
	if !ok {
		v.errorf(sub(path, "default"), "default %q is not a value of %s", p.Default, p.Name)
	}
}

// others checks what a property says of other properties.
func (v *validator) others(path []any, p *Property) {
	for i, key := range p.Conflicts {
		if key == p.Name || v.def.Property(key) == nil {
			v.errorf(sub(path, "conflicts", i), "conflicts: there is no other property %s", key)
		}
	}
	if p.Deprecated != "" && (p.Deprecated == p.Name || v.def.Property(p.Deprecated) == nil) {
		v.errorf(sub(path, "deprecated"), "deprecated: there is no other property %s", p.Deprecated)
	}
}

// names checks that no key means two things.
func (v *validator) names() {
	taken := make(map[string]string)
	for _, p := range v.def.Properties {
		taken[p.Name] = "a property"
	}
	for _, p := range v.def.Properties {
		for i, old := range p.Was {
			if what := taken[old]; what != "" {
				v.errorf([]any{"properties", p.Name, "was", i}, "was: %s is %s", old, what)
			}
			taken[old] = "an old name of " + p.Name
		}
	}
	for key := range v.def.NotHere {
		if what := taken[key]; what != "" {
			v.keyErrorf([]any{"notHere", key}, "notHere: %s is %s", key, what)
		}
	}
}
