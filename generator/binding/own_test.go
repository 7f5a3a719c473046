package binding

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/internal/jsonschema/schematest"
)

// ownValid is a definition with every key that a project's own may have.
const ownValid = `
verb: queue
doc: Runs the function for a message.
source: the extension's documentation
repeats: false
needsVerbs: [http]
requires: {extension: Example.Queues, version: 5.0.0, settings: [AzureWebJobsStorage]}
bindings:
  - type: queueTrigger
    direction: in
    name: {default: message, required: false, fixed: false}
    was: [oldTrigger]
    fixed: {tags: [a, b], retry: true, limit: 3}
    reads: [message]
    when:
      - {if: {order: fifo}, name: ordered, fixed: {cardinality: one}, reads: [ordered]}
properties:
  queueName:
    doc: The queue.
    kind: string
    required: true
    pattern: '[a-z0-9-]{3,63}'
    patternDoc: 3 to 63 letters
    settings: true
    expressions: true
    refused: {none: it is nothing}
    was: [queue]
    caution: it costs money
    to: queueTrigger
    when:
      - {if: {order: fifo}, pattern: '[a-z]+', patternDoc: letters, settings: false}
      - {if: {order: any}, values: [one], valueDoc: the only one, wasValues: {two: one}}
      - {if: {order: any}, format: hub}
  order:
    doc: The order.
    kind: enum
    values: [any, fifo]
    also: [both]
    wasValues: {first: fifo}
    default: any
    folds: true
    since: 5.1.0
    list: false
  batch: {doc: How many., kind: int, conflicts: [order], deprecated: order}
  connection: {doc: The account., kind: setting, fallback: {defaults: connection, setting: Storage}}
  path: {doc: A path., kind: string, format: route}
provides: [id]
notHere: {hub: it has none}
ignored: {size: it is batch}
gone: {messageTrigger: it is queueTrigger}
gives:
  - if: {order: any}
    without: [timer]
    params: [{name: '{name}', types: [string], not: [int], doc: the message}]
examples:
  - {queueName: one, order: any}
`

func TestReadOwn(t *testing.T) {
	defs, err := ReadOwn("own.yaml", []byte(ownValid+"---"+documents))
	if err != nil {
		t.Fatal(err)
	}
	if len(defs) != 3 || !defs[0].Own || defs[0].On != OnFunc {
		t.Fatalf("read %+v", defs)
	}
	for _, want := range []struct {
		def          *Definition
		source, kind string
	}{{defs[0], inputSource, "string"}, {defs[1], inputSource, ""}, {defs[2], outputSource, "*T"}} {
		p := want.def.Gives[0].Params[0]
		if p.Source != want.source || p.Name != "{name}" || strings.Join(p.Types, " ") != want.kind {
			t.Errorf("%s gives %+v", want.def.Verb, p)
		}
	}
	if _, err := NewSet(append(builtin(t).Definitions(), defs...)...); err != nil {
		t.Error(err)
	}
}

func TestReadOwnRefuses(t *testing.T) {
	const head, bindings = "verb: v\ndoc: d\n", "bindings: [{type: t, direction: in, name: {default: n}}]\n"
	for _, tt := range []struct{ src, want string }{
		{head + "on: package\n", "own.yaml:3:1: a definition of your own has no on; leave it out: a directive of your own stands on a function"},
		{head + "passthrough: x\n", "own.yaml:3:1: a definition of your own has no passthrough"},
		{head + "checks: [oneTrigger]\n", "own.yaml:3:1: a definition of your own has no checks; leave it out: every rule is applied anyway"},
		{head + "bindings: [{type: t, direction: in, name: {default: n}, go: T}]\n", "own.yaml:3:57: a definition of your own has no go"},
		{head + bindings + "properties: {p: {doc: d, kind: bool, omit: true}}\n", "own.yaml:4:38: a definition of your own has no omit"},
		{head + bindings + "gives: [{params: [{name: n, source: Data}]}]\n", "own.yaml:4:29: a definition of your own has no source; leave it out: the direction says it"},
		{head + bindings + "gives: [{results: [{sink: Reply}]}]\n", "own.yaml:4:10: a definition of your own has no results"},
		{head + "bindings: [{type: t, direction: inout, name: {default: n}}]\n", `own.yaml:3:33: direction "inout" is not one of in, out`},
		{head + "bindings: [{type: '{type}', direction: in, name: {default: n}}]\n", "own.yaml:3:19: a binding of your own has one type; //wps:binding takes any type"},
		{head + "bindings: [{type: tTrigger, direction: out, name: {default: n}}]\n", "own.yaml:3:19: a trigger cannot be out; write direction: in"},
		{head + "propertis: {}\n", `own.yaml:3:1: definition has no key propertis; did you mean "properties"?`},
		{head + "frobnicate: {}\n", "own.yaml:3:1: definition has no key frobnicate; there are bindings, checks, "},
	} {
		_, err := ReadOwn("own.yaml", []byte(tt.src))
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %v, want %s", tt.src, err, tt.want)
		}
	}
}

func TestOwnClashes(t *testing.T) {
	for _, tt := range []struct{ src, want string }{
		{"verb: http\ndoc: d\n", "own.yaml:1:7: //wps:http is a directive of wpsgen itself; choose another verb"},
		{"verb: v\ndoc: d\nbindings: [{type: WebPubSub, direction: out, name: {default: n}}]\n", "own.yaml:3:19: webPubSub has the directive //wps:output of wpsgen itself; use that"},
		{"verb: v\ndoc: d\n---\nverb: v\ndoc: d\n", "own.yaml:4:7: the verb v is defined twice; choose another"},
		{"verb: v\ndoc: d\nneedsVerbs: [htp]\n", `own.yaml:1:1: needsVerbs: there is no verb htp; did you mean "http"?`},
		{documents + "---" + strings.NewReplacer("document", "other", "store", "elsewhere").Replace(documents), "own.yaml:14:19: //wps:document makes cosmosDB with the direction in already"},
	} {
		defs, err := ReadOwn("own.yaml", []byte(tt.src))
		if err == nil {
			_, err = NewSet(append(builtin(t).Definitions(), defs...)...)
		}
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %v, want %s", tt.src, err, tt.want)
		}
	}
}

// TestFormatIsWhatIsRead holds the keys listed for each mapping against those the reader asks for.
func TestFormatIsWhatIsRead(t *testing.T) {
	s := newSource("all.yaml", []byte(strings.Replace(ownValid, "    params:", "    results: [{type: T, sink: Reply, doc: d}]\n    params:", 1)))
	formats, err := builtinFormats()
	if err != nil {
		t.Fatal(err)
	}
	for _, doc := range s.documents() {
		s.definition(doc, formats)
	}
	read := make(map[string][]string)
	for _, o := range s.read {
		name, _, _ := strings.Cut(o.what, " ")
		if formatObjectOf(name).Name != "" {
			read[name] = append(read[name], o.asked...)
		}
	}
	for _, o := range FormatObjects() {
		var listed []string
		for _, k := range o.Keys {
			listed = append(listed, k.Name)
		}
		slices.Sort(listed)
		slices.Sort(read[o.Name])
		if got := slices.Compact(read[o.Name]); !slices.Equal(got, listed) {
			t.Errorf("%s: read are %q, listed are %q", o.Name, got, listed)
		}
	}
}

// TestFormatsListed holds the formats that the key format names against those there are.
func TestFormatsListed(t *testing.T) {
	formats, err := builtinFormats()
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(propertyKeys, func(k FormatKey) bool { return k.Name == "format" })
	for name := range formats {
		if !strings.Contains(propertyKeys[i].Doc, name) {
			t.Errorf("the format %s is not listed", name)
		}
	}
	for name := range goFormats {
		if !strings.Contains(propertyKeys[i].Doc, name) {
			t.Errorf("the format %s is not listed", name)
		}
	}
}

// TestDefinitionSchema holds the verdict of the schema on definitions against that of the reader.
func TestDefinitionSchema(t *testing.T) {
	schema := schemaOf(t, DefinitionSchema())
	valid := func(src string) bool {
		for _, doc := range yamlDocuments(t, []byte(src)) {
			if len(schematest.Validate(schema, doc)) > 0 {
				return false
			}
		}
		return true
	}
	for _, doc := range yamlDocuments(t, []byte(ownValid+"---"+documents)) {
		if wrong := schematest.Validate(schema, doc); len(wrong) > 0 {
			t.Errorf("a right definition is wrong: %q", wrong)
		}
	}
	wrong := []string{"verb: v\n", "doc: d\n", "[]", "verb: v\ndoc: d\nbindings: {}\n", "verb: v\ndoc: d\nproperties: {p: {kind: string}}\n",
		"verb: v\ndoc: d\nproperties: {p: {doc: d, kind: text}}\n", "verb: v\ndoc: d\nbindings: [{type: t, direction: in}]\n", "verb: v\ndoc: d\nrepeats: often\n"}
	for _, o := range FormatObjects() {
		for _, k := range o.Keys {
			if k.Builtin != "" && o.Name == "definition" {
				wrong = append(wrong, fmt.Sprintf("verb: v\ndoc: d\n%s: x\n", k.Name))
			}
		}
	}
	for _, src := range wrong {
		if _, err := ReadOwn("own.yaml", []byte(src)); err == nil || valid(src) {
			t.Errorf("%s: the reader says %v, and the schema that it is valid: %v", src, err, valid(src))
		}
	}
}
