package binding

import (
	"regexp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// validator holds the parts of a definition against each other, once all are read.
type validator struct {
	src  *source
	root *yaml.Node
	def  *Definition
}

var (
	verbPattern    = regexp.MustCompile(`^[a-z][a-z0-9]*$`)
	keyPattern     = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9]*$`)
	typePattern    = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9]*$`)
	goNamePattern  = regexp.MustCompile(`^[A-Z][A-Za-z0-9]*$`)
	gluePattern    = regexp.MustCompile(`^[A-Z][A-Za-z0-9]*((\[T\])?\(name\))?$`)
	checkPattern   = regexp.MustCompile(`^[a-z][A-Za-z0-9]*$`)
	bindingPattern = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9]{0,127}|\$return)$`) // host-spec 5.1
)

// errorf reports a fault at the value a path of keys and indexes leads to, or as near as it can: at the
// key of a value that has parts.
func (v *validator) errorf(path []any, format string, args ...any) {
	key, value := v.dig(path)
	if value.Kind == yaml.ScalarNode {
		key = value
	}
	v.src.errorf(key, format, args...)
}

// keyErrorf is errorf for a fault of the last key itself.
func (v *validator) keyErrorf(path []any, format string, args ...any) {
	key, _ := v.dig(path)
	v.src.errorf(key, format, args...)
}

// dig follows a path as far as it leads and returns the last key or item, and its value.
func (v *validator) dig(path []any) (key, value *yaml.Node) {
	key, value = v.root, v.root
	for _, step := range path {
		k, n := child(follow(value), step)
		if n == nil {
			break
		}
		key, value = k, n
	}
	return key, value
}

// child returns the item of a list, as key too, or the key and value of a mapping; nil for neither.
func child(n *yaml.Node, step any) (key, value *yaml.Node) {
	switch step := step.(type) {
	case int:
		if n.Kind == yaml.SequenceNode && step < len(n.Content) {
			return n.Content[step], n.Content[step]
		}
	case string:
		for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == step {
				return n.Content[i], n.Content[i+1]
			}
		}
	}
	return nil, nil
}

// sub extends a path without sharing its array.
func sub(path []any, steps ...any) []any { return append(slices.Clip(path), steps...) }

func (v *validator) definition() {
	d := v.def
	if d.Verb != "" && !verbPattern.MatchString(d.Verb) {
		v.errorf([]any{"verb"}, "verb %q is not lower-case letters and digits", d.Verb)
	}
	if d.On == "" {
		v.errorf(nil, "definition has no on")
	}
	if d.On == OnPackage && len(d.Bindings)+len(d.Gives) > 0 {
		v.errorf([]any{"on"}, "what stands on a package makes no bindings and gives nothing")
	}
	if d.Repeats && !slices.ContainsFunc(d.Bindings, func(b Binding) bool { return !b.Name.Fixed }) {
		v.errorf([]any{"repeats"}, "a verb that repeats needs a binding whose name is not fixed")
	}
	for i, name := range d.Checks {
		if !checkPattern.MatchString(name) {
			v.errorf([]any{"checks", i}, "check %q is not a name", name)
		}
	}
	v.bindings()
	for _, p := range d.Properties {
		if !p.named {
			v.property(p)
		}
	}
	v.names()
	v.gives()
}

func (v *validator) bindings() {
	types, names := make(map[string]bool), make(map[string]bool)
	nameable := false
	for i, b := range v.def.Bindings {
		path := []any{"bindings", i}
		v.open(path, b)
		if b.Type != "" && !b.isOpen() && !typePattern.MatchString(b.Type) {
			v.errorf(sub(path, "type"), "type %q is not letters and digits", b.Type)
		}
		if types[b.Type] {
			v.errorf(sub(path, "type"), "two bindings have the type %s", b.Type)
		}
		types[b.Type] = true
		if b.Go != "" && !goNamePattern.MatchString(b.Go) {
			v.errorf(sub(path, "go"), "go %q is not an exported name", b.Go)
		}
		if !b.Name.Fixed && nameable {
			v.errorf(sub(path, "name"), "name= could name two bindings; fix the name of one")
		}
		nameable = nameable || !b.Name.Fixed
		v.bindingName(sub(path, "name", "default"), b.Name.Default, names)
		for j, w := range b.When {
			at := sub(path, "when", j)
			v.condition(sub(at, "if"), w.If, "")
			if w.Name != "" {
				v.bindingName(sub(at, "name"), w.Name, names)
			}
			v.fixed(sub(at, "fixed"), i, w.Fixed)
		}
		v.fixed(sub(path, "fixed"), i, b.Fixed)
	}
}

func (v *validator) bindingName(path []any, name string, taken map[string]bool) {
	if name != "" && !bindingPattern.MatchString(name) {
		v.errorf(path, "name %q cannot name a binding: a letter, then letters and digits", name)
	}
	key := strings.ToLower(name)
	if name != "" && taken[key] {
		v.errorf(path, "two bindings would be called %s", name)
	}
	taken[key] = true
}

func (v *validator) fixed(path []any, binding int, members []Member) {
	for _, m := range members {
		if p := v.def.Property(m.Key); p != nil && v.def.bindingOf(p) == binding {
			v.keyErrorf(sub(path, m.Key), "%s is fixed and a property too", m.Key)
		}
	}
}

// condition checks that every key is a property with such a value; about is the property the condition
// belongs to, which cannot depend on itself.
func (v *validator) condition(path []any, c Condition, about string) {
	for key, values := range c {
		p := v.def.Property(key)
		switch {
		case p == nil:
			v.keyErrorf(sub(path, key), "the condition is about %s, which is not a property", key)
			continue
		case key == about:
			v.keyErrorf(sub(path, key), "the condition of %s is about itself", key)
			continue
		}
		known := p.everyValue()
		for i, value := range values {
			if known != nil && !slices.ContainsFunc(known, func(k string) bool { return fits(value, k) }) {
				v.errorf(sub(path, key, i), "%s is never %q; it is one of %s", key, value, strings.Join(known, ", "))
			}
		}
	}
}

// everyValue returns all values a property can have under any condition, nil when they are not closed.
func (p *Property) everyValue() []string {
	if p.Kind == KindBool {
		return []string{"true", "false", ""}
	}
	all := slices.Clone(p.Values)
	for _, w := range p.When {
		all = append(all, w.Values...)
	}
	if all != nil && !p.Required && p.Default == "" {
		all = append(all, "")
	}
	return all
}

// examples holds the examples against everything else.
func (v *validator) examples() {
	for i, args := range v.def.Examples {
		for _, issue := range Check(v.def, args, Env{}) {
			if issue.Kind.IsAdvice() {
				continue
			}
			path, report := []any{"examples", i}, v.errorf
			if issue.Arg >= 0 {
				path = sub(path, args[issue.Arg].Key)
			}
			if issue.Part == PartKey {
				report = v.keyErrorf
			}
			report(path, "the example has a fault: %s", issue.Message)
		}
	}
}
