package binding

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
)

func TestBuiltin(t *testing.T) {
	set := builtin(t)
	if got, want := strings.Join(set.Verbs(), " "), "trigger http timer connection context output binding function defaults"; got != want {
		t.Errorf("verbs %q, want %q", got, want)
	}
	if got, want := strings.Join(set.Checks(), " "), "bindingNames contextMethods contextOnly dispatchKey envelopeRoutes expressionRoots functionNames groupPresence oneTrigger replyKeys routes shadowedIdentity webhookName"; got != want {
		t.Errorf("checks %q, want %q", got, want)
	}
	for _, d := range set.Definitions() {
		if d.Source == "" || d.Place.Line == 0 || len(d.Examples) == 0 || len(d.NotHere) == 0 {
			t.Errorf("%s lacks a source, a place, an example or hints", d.Verb)
		}
		if d.IsTrigger() != (d.Verb == "trigger" || d.Verb == "http" || d.Verb == "timer") {
			t.Errorf("%s: IsTrigger is %t", d.Verb, d.IsTrigger())
		}
	}
	if set.Verb("nothing") != nil {
		t.Error("Verb invents a definition")
	}
}

func TestBuiltinFilesAreAllRead(t *testing.T) {
	entries, err := definitionFiles.ReadDir("definitions")
	if err != nil {
		t.Fatal(err)
	}
	if got, want := len(entries), len(builtin(t).Verbs())+1; got != want {
		t.Errorf("%d files for %d definitions and %s", got, want-1, formatsFile)
	}
}

func TestBuiltinKeys(t *testing.T) {
	set := builtin(t)
	for verb, want := range map[string]string{
		"trigger":    "hub eventType eventName clientProtocols connections connection unsigned",
		"http":       "authLevel methods route",
		"timer":      "schedule runOnStartup useMonitor",
		"context":    "connections connection unsigned",
		"connection": "hub userId clientProtocol connection name",
		"output":     "hub connection name",
		"function":   "name",
		"defaults":   "hub connection",
	} {
		if got := strings.Join(set.Verb(verb).Keys(), " "); got != want {
			t.Errorf("%s takes %q, want %q", verb, got, want)
		}
	}
}

// valid is a definition without fault, for tests that spoil it.
const valid = `verb: thing
doc: Does.
on: func
bindings:
  - type: thing
    direction: in
    name: {default: thing}
    go: Thing
properties:
  size:
    doc: How big.
    kind: enum
    values: [small, large]
    default: small
  label:
    doc: What it says.
    kind: string
    pattern: '[a-z]+'
    patternDoc: small letters
gives:
  - if: {size: large}
    params:
      - {name: thing, source: Thing(name)}
examples:
  - {size: large, label: abc}
`

func TestReadValid(t *testing.T) {
	for _, src := range []string{
		valid,
		strings.Replace(valid, "if: {size: large}", "if: {label: [anything, else]}", 1),
		strings.Replace(valid, "if: {size: large}", "if: &c {size: large}", 1) + "notHere: {a: b}\nprovides: [a]\n",
		valid + "---\n" + strings.Replace(valid, "verb: thing", "verb: other", 1),
	} {
		if _, err := Read("thing.yaml", []byte(src)); err != nil {
			t.Error(err)
		}
	}
}

// TestReadRefuses spoils the valid definition: from is replaced by to, in which § marks where the fault
// is to be reported.
func TestReadRefuses(t *testing.T) {
	for _, test := range []struct{ from, to, message string }{
		{"verb: thing", "§verbs: thing", "no key verbs; did you mean \"verb\"?"},
		{"verb: thing", "verb: §Thing", "not lower-case"},
		{"verb: thing", "verb:§ ", "verb is not a text"},
		{"verb: thing", "verb: §[a]", "verb is not a text"},
		{"doc: Does.", "doc: §''", "definition has no doc"},
		{"doc: Does.", "doc: Does.\n§doc: Again.", "definition has doc twice"},
		{"doc: Does.", "doc: Does.\n§docs: x", "definition has no key docs; did you mean \"doc\"?"},
		{"doc: Does.", "doc: Does.\n§xyz: x", "definition has no key xyz"},
		{"on: func", "on: §type", `on "type" is not one of func, package`},
		{"on: func", "on: §package", "what stands on a package makes no bindings"},
		{"on: func", "on: func\nrepeats: §perhaps", "repeats is not true or false"},
		{"{default: thing}\n", "{default: thing, fixed: true}\n    §a: b\n", "binding has no key a"},
		{"on: func", "on: func\nnotHere: §[a]", "notHere is not a mapping"},
		{"on: func", "on: func\nnotHere: {§size: x}", "notHere: size is a property"},
		{"on: func", "on: func\nnotHere: {a: §''}", "notHere has no a"},
		{"on: func", "on: func\nprovides: §a", "provides is not a list"},
		{"on: func", "on: func\nprovides: [a, §a]", `provides has "a" twice`},
		{"on: func", "on: func\nchecks: [§A b]", "is not a name"},
		{"on: func", "on: func\nrequires: §{version: 1.0.0}", "requires has no extension for its version"},
		{"on: func", "on: func\nrequires: {extension: x, version: §1.0}", `version "1.0" is not like`},
		{"bindings:\n", "bindings: §x\nprovides:\n", "bindings is not a list"},
		{"type: thing", "type: §a b", "is not letters and digits"},
		{"direction: in", "direction: §inward", `direction "inward" is not one of in, out, inout`},
		{"name: {default: thing}", "name: {default: §a_b}", "cannot name a binding"},
		{"name: {default: thing}", "name: §{fixed: true}", "name has no default"},
		{"go: Thing", "go: §thing", "is not an exported name"},
		{"go: Thing", "fixed: {§name: x}", "name is a key of the binding itself"},
		{"go: Thing", "fixed: {§size: x}", "size is fixed and a property too"},
		{"go: Thing", "fixed: {x: §{y: z}}", "x is not a text"},
		{"go: Thing", "fixed: {x: §99999999999999999999}", "x is neither text"},
		{"go: Thing", "when: [{if: {§colour: red}}]", "colour, which is not a property"},
		{"go: Thing", "when: [{if: {size: §huge}}]", `size is never "huge"; it is one of small, large`},
		{"go: Thing", "when: [{if: {size: [small, §huge]}}]", `size is never "huge"`},
		{"go: Thing", "when: [{if: {size: large}, name: §Thing}]", "two bindings would be called Thing"},
		{"properties:\n", "  - type: §thing\n    direction: out\n    name: {default: other, fixed: true}\nproperties:\n", "two bindings have the type thing"},
		{"properties:\n", "  - type: other\n    direction: out\n    §name: {default: other}\nproperties:\n", "name= could name two bindings"},
		{"on: func", "on: func\nneedsVerbs: §{a: b}", "needsVerbs is not a list"},
		{"  size:\n", "  §big size:\n", "is not letters and digits"},
		{"  size:\n", "  §direction:\n", "direction belongs to the binding itself"},
		{"  label:\n", "  §size:\n", "properties has size twice"},
		{"kind: string", "kind: §text", `kind "text" is not one of`},
		{"    doc: What it says.\n    kind: string\n", "    doc: §''\n    kind: string\n", "property label has no doc"},
		{"values: [small, large]", "§value: [small, large]", "no key value; did you mean \"values\"?"},
		{"  size:\n    doc: How big.\n    kind: enum\n    values: [small, large]\n    default: small\n", "  §size:\n    doc: How big.\n    kind: enum\n", "property size is an enum without values"},
		{"default: small", "default: §huge", `default "huge" is not a value of size`},
		{"default: small", "default: small\n    §settings: true", "a property of kind enum has no settings"},
		{"default: small", "default: small\n    pattern: §a", "a pattern needs a patternDoc"},
		{"default: small", "default: small\n    conflicts: [§shape]", "there is no other property shape"},
		{"default: small", "default: small\n    conflicts: [§size]", "there is no other property size"},
		{"default: small", "default: small\n    deprecated: §shape", "there is no other property shape"},
		{"default: small", "default: small\n    since: §soon", `since "soon" is not like`},
		{"default: small", "default: small\n    was: [§label]", "was: label is a property"},
		{"default: small", "default: small\n    wasValues: {tiny: §little}", "little is not one of the values"},
		{"default: small", "default: small\n    wasValues: {large: §small}", "large is one of the values still"},
		{"default: small", "default: small\n    to: §queue", "there is no binding of type queue"},
		{"default: small", "default: small\n    go: §a", "is not an exported name"},
		{"default: small", "default: small\n    fallback: {§default: x}", "fallback has no key default; did you mean \"defaults\"?"},
		{"default: small", "default: small\n    when: [{if: {§size: large}}]", "the condition of size is about itself"},
		{"default: small", "default: small\n    when: [{if: {size: large}, settings: §1}]", "settings is not true or false"},
		{"pattern: '[a-z]+'", "pattern: §'[a-z'", "missing closing ]"},
		{"pattern: '[a-z]+'", "pattern: §'a)|(b'", "unexpected )"},
		{"pattern: '[a-z]+'", "pattern: '[a-z]+'\n    format: §hub", "both a pattern and a format"},
		{"pattern: '[a-z]+'\n    patternDoc: small letters", "format: §hob", "there is no format hob"},
		{"pattern: '[a-z]+'", "pattern: '[a-z]+'\n    default: §'1'", `default "1" is not a value of label`},
		{"pattern: '[a-z]+'\n    patternDoc: small letters", "patternDoc: §small letters", "there is no pattern"},
		{"default: small", "default: small\n    when:\n      - §if: {label: a}\n        format: hub", "a property of kind enum has no pattern"},
		{"default: small", "default: small\n    when: [{if: {label: a}, wasValues: {a: §b}}]", "b is not one of the values"},
		{"pattern: '[a-z]+'", "pattern: '[a-z]+'\n    folds: §true", "its values are not listed"},
		{"pattern: '[a-z]+'", "pattern: '[a-z]+'\n    §values: [a]", "a property of kind string has no values"},
		{"if: {size: large}", "if: {§weight: '1'}", "weight, which is not a property"},
		{"name: thing, source: Thing(name)", "name: thing, source: §thing", "not a function of package glue"},
		{"name: thing, source: Thing(name)", "name: thing, source: §Thing(x)", "not a function of package glue"},
		{"{name: thing, source: Thing(name)}", "§{source: Thing(name)}", "neither type nor name"},
		{"{name: thing, source: Thing(name)}", "§{type: int, types: [string], source: Thing}", "both type and types"},
		{"name: thing, source", "name: §'{nom}', source", "neither a parameter's name nor {name}"},
		{"name: thing, source", "type: §'*', source", `"*" is not a Go type`},
		{"params:", "results: [{sink: §x}]\n    params:", "not a function of package glue"},
		{"label: abc", "label: §ABC", "the example has a fault: label cannot be"},
		{"label: abc", "§lable: abc", "the example has a fault: //wps:thing has no key lable"},
		{"- {size: large, label: abc}", "- §abc", "example is not a mapping"},
		{"params:", "without: §thing\n    params:", "without is not a list"},
	} {
		t.Run(test.message, func(t *testing.T) {
			if strings.Count(valid, test.from) < 1 {
				t.Fatalf("%q is not in the valid definition", test.from)
			}
			src := strings.Replace(valid, test.from, test.to, 1)
			before, after, _ := strings.Cut(src, "§")
			want := fmt.Sprintf("thing.yaml:%d:%d: ", strings.Count(before, "\n")+1, len(before)-strings.LastIndex(before, "\n"))
			_, err := Read("thing.yaml", []byte(before+after))
			if err == nil {
				t.Fatal("no error")
			}
			for line := range strings.SplitSeq(err.Error(), "\n") {
				if strings.HasPrefix(line, want) && strings.Contains(line, test.message) {
					return
				}
			}
			t.Errorf("got\n%v\nwant %s…%s…", err, want, test.message)
		})
	}
}

func TestReadJoinsErrors(t *testing.T) {
	src := strings.NewReplacer("on: func", "on: here", "default: small", "default: huge", "kind: string", "kind: text").Replace(valid)
	_, err := Read("thing.yaml", []byte(src))
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok || len(joined.Unwrap()) != 3 {
		t.Fatalf("want three errors, have %v", err)
	}
	last := 0
	for _, e := range joined.Unwrap() {
		var fault *Error
		if !errors.As(e, &fault) || fault.Place.File != "thing.yaml" || fault.Place.Line <= last {
			t.Errorf("%v is no fault after line %d", e, last)
		}
		last = fault.Place.Line
	}
}

// TestReadNotYAML: the YAML parser knows the line alone, and that of the construct it was in.
func TestReadNotYAML(t *testing.T) {
	_, err := Read("x.yaml", []byte("verb: x\ndoc: 'x\n"))
	if err == nil || err.Error() != "x.yaml:2: not YAML: found unexpected end of stream" {
		t.Error(err)
	}
	_, err = Read("x.yaml", []byte("{"))
	if err == nil || !strings.HasPrefix(err.Error(), "x.yaml: not YAML: ") && !strings.HasPrefix(err.Error(), "x.yaml:1: not YAML: ") {
		t.Error(err)
	}
}

func TestReadNothing(t *testing.T) {
	for _, src := range []string{"", "# nothing\n", "\xff", "- a\n", "a", "&a [*a]"} {
		if defs, err := Read("x.yaml", []byte(src)); err == nil {
			t.Errorf("%q gives %v and no error", src, defs)
		}
	}
}

func TestColumnsAreBytes(t *testing.T) {
	_, err := Read("x.yaml", []byte("verb: x\ndoc: {ä: b}\non: func\n"))
	if err == nil || !strings.Contains(err.Error(), "x.yaml:2:6: doc is not a text") {
		t.Error(err)
	}
	_, err = Read("x.yaml", []byte("verb: x\ndoc: y\non: func\nnotHere: {ä: b, c: ''}\n"))
	if err == nil || !strings.Contains(err.Error(), "x.yaml:4:21: notHere has no c") {
		t.Error(err)
	}
}

func TestNewSetRefuses(t *testing.T) {
	read := func(name, src string) []*Definition {
		defs, err := Read(name, []byte(src))
		if err != nil {
			t.Fatal(err)
		}
		return defs
	}
	first := read("a.yaml", "verb: a\ndoc: x\non: func\n")[0]
	for _, test := range []struct{ src, want string }{
		{"\nverb: a\ndoc: x\non: func\n", "b.yaml:2:7: the verb a is defined twice; choose another"},
		{"verb: b\ndoc: x\non: func\nneedsVerbs: [c]\n", `b.yaml:1:1: needsVerbs: there is no verb c; did you mean "a"?`},
		{"verb: b\ndoc: x\non: func\ngives: [{without: [c]}]\n", `b.yaml:1:1: without: there is no verb c; did you mean "a"?`},
		{"verb: b\ndoc: x\non: func\nproperties:\n  hub:\n    doc: x\n    kind: string\n    fallback: {defaults: hub}\n", "b.yaml:5:3: fallback: //wps:defaults has no key hub"},
	} {
		if _, err := NewSet(append(read("b.yaml", test.src), first)...); err == nil {
			// The order of the two decides which is told to be second.
			t.Errorf("%s: no error", test.want)
		}
		_, err := NewSet(append([]*Definition{first}, read("b.yaml", test.src)...)...)
		if err == nil || err.Error() != test.want {
			t.Errorf("got %v, want %s", err, test.want)
		}
	}
}

func TestReadFormatsRefuses(t *testing.T) {
	_, err := readFormats("f.yaml", []byte("a:\n  pattern: '['\n  doc: x\n  source: y\nb:\n  doc: x\n"))
	for _, want := range []string{"f.yaml:2:12: error parsing regexp", "f.yaml:5:1: format b has no pattern", "f.yaml:5:1: format b has no source"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

// project returns the built-in definitions with those of testdata, as a project adds its own.
func project(t *testing.T) *Set {
	t.Helper()
	file := "testdata/definitions/queue.yaml"
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	defs, err := Read(file, src)
	if err != nil {
		t.Fatal(err)
	}
	set, err := NewSet(append(builtin(t).Definitions(), defs...)...)
	if err != nil {
		t.Fatal(err)
	}
	return set
}
