package binding

import (
	"regexp"
	"strings"

	"gopkg.in/yaml.v3"
)

// properties reads the mapping of keys to properties, in its order.
func (s *source) properties(o *object, formats map[string]format) []*Property {
	n, ok := o.get("properties")
	if !ok {
		return nil
	}
	po := s.object(n, "properties")
	var out []*Property
	for _, k := range po.keys {
		v, _ := po.get(k.Value)
		out = append(out, s.property(k, v, formats))
	}
	return out
}

func (s *source) property(key, n *yaml.Node, formats map[string]format) *Property {
	o := s.objectAt(key, n, "property "+key.Value)
	p := &Property{
		Name:        key.Value,
		Doc:         o.must("doc"),
		Kind:        Kind(o.must("kind")),
		Go:          o.str("go"),
		To:          o.str("to"),
		List:        o.boolean("list"),
		Required:    o.boolean("required"),
		Default:     o.str("default"),
		Values:      o.strings("values"),
		Also:        o.strings("also"),
		Refused:     o.table("refused"),
		Settings:    o.boolean("settings"),
		Expressions: o.boolean("expressions"),
		Folds:       o.boolean("folds"),
		Since:       o.str("since"),
		Deprecated:  o.str("deprecated"),
		Caution:     o.str("caution"),
		Conflicts:   o.strings("conflicts"),
		Was:         o.strings("was"),
		WasValues:   o.table("wasValues"),
		Omit:        o.boolean("omit"),
		Place:       s.place(key),
	}
	o.oneOf("kind", kinds...)
	if p.Go == "" {
		p.Go = upperFirst(p.Name)
	}
	if p.Since != "" && !isVersion(p.Since) {
		s.errorf(o.at("since"), "since %q is not like 1.10.2", p.Since)
	}
	if f, ok := o.get("fallback"); ok {
		fo := s.object(f, "fallback")
		p.Fallback = Fallback{Defaults: fo.str("defaults"), Setting: fo.str("setting")}
		fo.done()
	}
	shape := s.shape(o, formats)
	p.Pattern, p.PatternDoc, p.Format, p.pattern = shape.Pattern, shape.PatternDoc, shape.Format, shape.pattern
	for _, item := range o.list("when") {
		p.When = append(p.When, s.propertyWhen(item, formats))
	}
	o.done()
	return p
}

func (s *source) propertyWhen(n *yaml.Node, formats map[string]format) PropertyWhen {
	o := s.object(n, "propertyWhen")
	w := s.shape(o, formats)
	w.If = s.condition(o)
	w.Values = o.strings("values")
	w.ValueDoc = o.str("valueDoc")
	if w.ValueDoc != "" && w.Values == nil {
		s.errorf(o.at("valueDoc"), "there are no values to this valueDoc")
	}
	w.WasValues = o.table("wasValues")
	if _, ok := o.values["settings"]; ok {
		v := o.boolean("settings")
		w.Settings = &v
	}
	o.done()
	return w
}

// shape reads pattern, patternDoc and format.
func (s *source) shape(o *object, formats map[string]format) PropertyWhen {
	w := PropertyWhen{Pattern: o.str("pattern"), PatternDoc: o.str("patternDoc"), Format: o.str("format")}
	if w.Format != "" {
		if w.Pattern+w.PatternDoc != "" {
			s.errorf(o.at("format"), "%s has both a pattern and a format", o.what)
		}
		f, ok := formats[w.Format]
		if _, inGo := goFormats[w.Format]; !ok && !inGo {
			s.errorf(o.at("format"), "there is no format %s", w.Format)
		}
		w.Pattern, w.PatternDoc, w.pattern = f.Pattern, f.Doc, f.pattern
		return w
	}
	if w.Pattern == "" {
		if w.PatternDoc != "" {
			s.errorf(o.at("patternDoc"), "there is no pattern to this patternDoc")
		}
		return w
	}
	if w.PatternDoc == "" {
		s.errorf(o.at("pattern"), "a pattern needs a patternDoc that says it in words")
	}
	re, err := wholeMatch(w.Pattern)
	if err != nil {
		s.errorf(o.at("pattern"), "%v", err)
	}
	w.pattern = re
	return w
}

// wholeMatch compiles a pattern that the whole value must match.
func wholeMatch(pattern string) (*regexp.Regexp, error) {
	if _, err := regexp.Compile(pattern); err != nil {
		return nil, err // before the brackets below could hide or mend it
	}
	return regexp.Compile(`\A(?:` + pattern + `)\z`)
}

func upperFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
