package binding

import (
	"fmt"
	"strings"
	"testing"
)

// TestPassthrough follows keys the definition does not know into function.json.
func TestPassthrough(t *testing.T) {
	def := builtin(t).Verb("binding")
	const head = `{"type":"queue","direction":"out","name":"q"`
	for _, test := range []struct{ directive, want string }{
		{"", "}"},
		{"queueName=a,b", `,"queueName":"a,b"}`},
		{`n=16 m=-0.5e+3 o="16" p=016 q=+1 r=1.`, `,"n":16,"m":-0.5e+3,"o":"16","p":"016","q":"+1","r":"1."}`},
		{`a=true b=false c="true" d=True e`, `,"a":true,"b":false,"c":"true","d":"True","e":true}`},
		{"path=<{rand-guid}>%Name%", `,"path":"<{rand-guid}>%Name%"}`},
		{"b=1 connection=C a=2 dataType=BINARY", `,"dataType":"binary","connection":"C","b":1,"a":2}`},
		{"Path=1 path=2", `,"Path":1}`},
		{"connections=x", `,"connections":"x"}`},
		{"Type=x", "}"},
	} {
		use := Resolve(def, args("type=queue direction=out name=q "+test.directive), Env{})
		got, err := use.Entries()[0].MarshalJSON()
		if err != nil || string(got) != head+test.want {
			t.Errorf("%s\n got %s, %v\nwant %s", test.directive, got, err, head+test.want)
		}
	}
}

// TestPassthroughChecked finds slips in the definition's own keys among keys of any spelling.
func TestPassthroughChecked(t *testing.T) {
	def := builtin(t).Verb("binding")
	for _, test := range []struct{ directive, want string }{
		{"type=queue direction=out name=q nam=x typ=y dirs=z collection=c", ""},
		{"type=queue direction=out nam=q", `unknown(nam): //wps:binding has no key nam; did you mean "name"?`},
		{"type=queue dir=out name=q", `unknown(dir): //wps:binding has no key dir; did you mean "direction"?`},
		{"type=queue direction=out name=q datatype=string", `unknown(datatype): //wps:binding has no key datatype; did you mean "dataType"? -> dataType`},
		{"type=queue name=q out", "unknown(out): //wps:binding has no key out; did you mean direction=out?"},
		{"type=queue direction=out name=q a=1 A=2", "repeated(A): A is set twice, as a and as A; remove one of them"},
		{"type=queue direction=out name=q parameter=q", "misplaced(parameter): //wps:binding does not take parameter; it is name, which is the parameter's too"},
		{"type=queueTrigger direction=out name=q", `bad(direction=): direction "out" is not the direction of a trigger; it is in`},
		{"type=webPubSub direction=out name=q", "own verb(type=): type webPubSub has a directive of its own; write //wps:output"},
		{"", "missing: //wps:binding needs type; add type=… (letters and digits, such as queueTrigger)\n" +
			"missing: //wps:binding needs direction; add direction=in or out\n" +
			"missing: //wps:binding needs name; add name=… (a letter, then up to 127 letters or digits)"},
	} {
		given := args(test.directive)
		var got []string
		for _, issue := range Check(def, given, Env{}) {
			got = append(got, spell(given, issue))
		}
		if strings.Join(got, "\n") != test.want {
			t.Errorf("%s\n got %s\nwant %s", test.directive, strings.Join(got, "\n     "), test.want)
		}
	}
}

// TestPassthroughKeepsSecrets refuses storage's connection strings under any key.
func TestPassthroughKeepsSecrets(t *testing.T) {
	def := builtin(t).Verb("binding")
	for _, key := range []string{"path", "connection", "Endpoint"} {
		given := append(args("type=queue direction=out name=q"), Arg{Key: key, Value: "AccountName=x;AccountKey=s3cr3tVALUE", Quoted: true})
		issues := Check(def, given, Env{})
		if len(issues) != 1 || issues[0].Kind != Secret || strings.Contains(spell(given, issues[0]), "s3cr3tVALUE") {
			t.Errorf("%s: %+v", key, issues)
		}
	}
}

// TestOpenBinding holds what a use of any type is against its type.
func TestOpenBinding(t *testing.T) {
	set := project(t)
	def := set.Verb("binding")
	if def.IsTrigger() {
		t.Error("every //wps:binding would be a trigger")
	}
	for directive, want := range map[string]string{
		"type=queueTrigger direction=in name=job":          "true in job Input[T](name)",
		"type=BlobTRIGGER direction=IN name=job":           "true in job Input[T](name)",
		"type=blob direction=in name=picture":              "false in picture Input[T](name)",
		"type=blob direction=out name=picture":             "false out picture Output[T](name)",
		"type=triggerTable direction=out name=rows path=x": "false out rows Output[T](name)",
	} {
		u := Resolve(def, args(directive), Env{})
		e := u.Entries()[0]
		params, _ := u.Gives(nil)
		got := fmt.Sprintf("%t %s %s %s", u.IsTrigger(), e.Direction, u.Name(), params[0].Source)
		if got != want || !e.IsOther() || len(params) != 1 {
			t.Errorf("%s: got %s, %+v, %v", directive, got, e, params)
		}
	}
	// A project's own verbs count as well, and the set's definitions do not change for others.
	for _, test := range []struct {
		set  *Set
		want int
	}{{set, 1}, {builtin(t), 0}} {
		if issues := Check(test.set.Verb("binding"), args("type=queue direction=out name=q"), Env{}); len(issues) != test.want {
			t.Errorf("%v", issues)
		}
	}
}

const open = `verb: any
doc: Any.
on: func
repeats: true
bindings:
  - type: '{type}'
    direction: '{direction}'
    name: {required: true}
properties:
  type: {doc: x, kind: string, required: true}
  direction: {doc: x, kind: string, required: true}
passthrough: any other
gives:
  - params: [{name: '{name}', source: 'Input[T](name)', not: [io.Reader]}]
`

func TestReadOpenBindingRefuses(t *testing.T) {
	if _, err := Read("any.yaml", []byte(open)); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ from, to, want string }{
		{"type: '{type}'", "type: blob", "any.yaml:6:5: a binding has both {type} and {direction} or neither"},
		{"'{direction}'", "in", "a binding has both {type} and {direction} or neither"},
		{"  type: {doc: x, kind: string, required: true}\n", "", "needs the required property type"},
		{"direction: {doc: x, kind: string, required: true}", "direction: {doc: x, kind: string}", "needs the required property direction"},
		{"{required: true}\nprop", "{required: true, fixed: true}\nprop", "neither fixed nor has a default"},
		{"{required: true}\nprop", "{required: true, default: a}\nprop", "neither fixed nor has a default"},
		{"{required: true}\nprop", "{required: false}\nprop", "name has no default"},
		{"Input[T](name)", "Input[T]", "not a function of package glue"},
		{"[io.Reader]", "['*']", `"*" is not a Go type`},
	} {
		if !strings.Contains(open, test.from) {
			t.Fatalf("%q is not in the definition", test.from)
		}
		_, err := Read("any.yaml", []byte(strings.Replace(open, test.from, test.to, 1)))
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v, want %s", test.to, err, test.want)
		}
	}
}
