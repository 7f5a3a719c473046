package binding

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"gopkg.in/yaml.v3"

	"github.com/wpsgen/wpsgen/generator/diag"
)

// Read reads the definitions of a YAML file, one a document. The error joins an [*Error] for each
// fault; name is the file they name. Whether definitions fit together is for [NewSet] to say.
func Read(name string, src []byte) ([]*Definition, error) { return newSource(name, src).definitions() }

// definitions reads all documents.
func (s *source) definitions() ([]*Definition, error) {
	formats, err := builtinFormats()
	if err != nil {
		return nil, err
	}
	var defs []*Definition
	for _, doc := range s.documents() {
		defs = append(defs, s.definition(doc, formats))
	}
	if err := s.err(); err != nil {
		return nil, err
	}
	return defs, nil
}

// documents parses the YAML text and returns the root of each document.
func (s *source) documents() []*yaml.Node {
	var roots []*yaml.Node
	dec := yaml.NewDecoder(bytes.NewReader(s.text))
	for {
		var doc yaml.Node
		err := dec.Decode(&doc)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			s.errs = append(s.errs, s.syntaxError(err))
			break
		}
		roots = append(roots, doc.Content[0])
	}
	if len(roots) == 0 && len(s.errs) == 0 {
		s.errs = append(s.errs, &Error{Place: diag.Place{File: s.file}, Message: "holds no definition"})
	}
	return roots
}

var yamlLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?`)

// syntaxError gives an error of the YAML parser, which knows the line alone, our form.
func (s *source) syntaxError(err error) error {
	m := yamlLine.FindStringSubmatch(err.Error())
	place := diag.Place{File: s.file}
	text := err.Error()
	if m != nil {
		place.Line, _ = strconv.Atoi(m[1])
		text = strings.TrimPrefix(text, m[0])
	}
	return &Error{Place: place, Message: "not YAML: " + text}
}

func (s *source) definition(n *yaml.Node, formats map[string]format) *Definition {
	before := len(s.errs)
	o := s.object(n, "definition")
	d := &Definition{
		Verb:       o.must("verb"),
		Doc:        o.must("doc"),
		Source:     o.str("source"),
		On:         o.oneOf("on", OnFunc, OnPackage),
		Repeats:    o.boolean("repeats"),
		NeedsVerbs: o.strings("needsVerbs"),
		Provides:   o.strings("provides"),
		NotHere:    o.table("notHere"),
		Ignored:    o.table("ignored"),
		Gone:       o.table("gone"),
		Checks:     o.strings("checks"),

		Passthrough: o.str("passthrough"),
		Own:         s.own,
		Place:       s.place(n),
		VerbPlace:   s.place(follow(o.at("verb"))),
	}
	d.Requires = s.requires(o)
	for _, item := range o.list("bindings") {
		d.Bindings = append(d.Bindings, s.binding(item))
	}
	d.Properties = s.properties(o, formats)
	d.addName(formats)
	for _, item := range o.list("gives") {
		d.Gives = append(d.Gives, s.gives(item))
	}
	for _, item := range o.list("examples") {
		d.Examples = append(d.Examples, s.example(item))
	}
	o.done()
	if s.own {
		s.ownDefaults(d)
	}
	v := validator{src: s, root: n, def: d}
	v.definition()
	if len(s.errs) == before { // a fault above would only be told again, in other words
		v.examples()
	}
	return d
}

// addName adds the key name= of a binding that may be named.
func (d *Definition) addName(formats map[string]format) {
	for _, b := range d.Bindings {
		if b.Name.Fixed {
			continue
		}
		f := formats["bindingName"]
		d.Properties = append(d.Properties, &Property{
			Name: "name", Doc: "The binding's name, and the parameter's where several bindings give one type.",
			Kind: KindString, Go: "Name", To: b.Type, Default: b.Name.Default, Required: b.Name.Required, Format: "bindingName",
			Pattern: f.Pattern, PatternDoc: f.Doc, pattern: f.pattern, Place: d.Place, named: true,
		})
		return
	}
}

func (s *source) requires(o *object) Requires {
	n, ok := o.get("requires")
	if !ok {
		return Requires{}
	}
	r := s.object(n, "requires")
	out := Requires{Extension: r.str("extension"), Version: r.str("version"), Settings: r.strings("settings")}
	if out.Version != "" && !isVersion(out.Version) {
		s.errorf(r.at("version"), "version %q is not like 1.10.2", out.Version)
	}
	if out.Version != "" && out.Extension == "" {
		s.errorf(r.at("extension"), "requires has no extension for its version")
	}
	r.done()
	return out
}

// example reads a mapping as the arguments of one directive: true is a flag, a list joins its items.
func (s *source) example(n *yaml.Node) []Arg {
	o := s.object(n, "example")
	var args []Arg
	for _, k := range o.keys {
		v, _ := o.get(k.Value)
		arg := Arg{Key: k.Value}
		switch v := follow(v); {
		case v.Kind == yaml.SequenceNode:
			arg.Value = strings.Join(s.strings(v, k.Value), ",")
		case v.Tag == "!!bool" && v.Value == "true":
			arg.Flag = true
		default:
			arg.Value = s.str(v, k.Value)
			arg.Quoted = strings.ContainsFunc(arg.Value, unicode.IsSpace)
		}
		args = append(args, arg)
	}
	return args
}
