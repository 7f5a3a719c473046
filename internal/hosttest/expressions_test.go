package hosttest

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/internal/expr"
	"github.com/wpsgen/wpsgen/internal/vectors"
)

func evaluate(text string, s settings, data *bindingData) (string, error) {
	resolved, err := expr.ResolveSettings(text, s.lookup)
	if err != nil {
		return "", err
	}
	template, err := expr.Parse(resolved)
	if err != nil {
		return "", err
	}
	return template.Eval(data)
}

type expressionVector struct {
	Expr, Shape, Error string
	Value              *string
}

func (v *expressionVector) check(t *testing.T, got string, err error) {
	switch {
	case v.Error != "":
		if err == nil || !strings.Contains(err.Error(), v.Error) {
			t.Errorf("error %v, want %q", err, v.Error)
		}
	case err != nil:
		t.Error(err)
	case v.Value != nil:
		if got != *v.Value {
			t.Errorf("got %q, want %q", got, *v.Value)
		}
	default:
		if pattern := vectors.ShapePattern(v.Shape); pattern == nil {
			t.Fatalf("shape %q is not understood", v.Shape)
		} else if !pattern.MatchString(got) {
			t.Errorf("got %q, want %s", got, v.Shape)
		}
	}
}

func TestExpressionVectors(t *testing.T) {
	var file struct {
		BindingData json.RawMessage `json:"binding_data"`
		Settings    map[string]string
		Vectors     []*expressionVector
	}
	vectors.Read(t, "host/binding-expressions.json", &file)
	o, err := parseObject(file.BindingData)
	if err != nil {
		t.Fatal(err)
	}
	data := newBindingData()
	for _, m := range o {
		members, err := parseObject(m.value)
		switch {
		case err == nil && (m.name == "Query" || m.name == "Headers"):
			data.set(m.name, dictionary{members: members, foldCase: m.name == "Headers"})
		case isString(m.value):
			text, _ := stringIn(m.value)
			data.set(m.name, text)
		default:
			data.set(m.name, m.value)
		}
	}
	for _, v := range file.Vectors {
		t.Run(v.Expr, func(t *testing.T) {
			got, err := evaluate(v.Expr, newSettings(file.Settings), data)
			v.check(t, got, err)
		})
	}
}

// TestTriggerExpressionVectors evaluates expressions over events that have all members between them: the first
// kind that has what an expression asks for counts.
func TestTriggerExpressionVectors(t *testing.T) {
	var file struct {
		Vectors []*expressionVector `json:"wps_trigger_vectors"`
	}
	vectors.Read(t, "host/binding-expressions.json", &file)
	user, signature, origin, reason := "ann", "sha256=00", "example.webpubsub.azure.com", "bye"
	c := &connectionContext{
		eventType: typeSystem, eventName: "connect", hub: "chat", connectionID: "abc", userID: &user, signature: &signature, origin: &origin,
	}
	lists := json.RawMessage(`{"sub": ["ann"], "room": ["red"]}`)
	data := newBindingData()
	for _, e := range []*event{
		{kind: kindDisconnected, context: c, reason: &reason, dataType: "Text"},
		{kind: kindUser, context: c, data: payload("text"), dataType: "Text"},
		{kind: kindConnect, context: c, claims: lists, query: lists, headers: lists, subprotocols: json.RawMessage(`["x"]`), clientCertificates: []certificate{}, dataType: "Text"},
	} {
		for name, value := range e.values().values {
			if value != nil {
				data.set(name, value)
			}
		}
	}
	for _, v := range file.Vectors {
		t.Run(v.Expr, func(t *testing.T) {
			if v.Value != nil && strings.Contains(*v.Value, "of the event") {
				name := strings.Fields(*v.Value)[0]
				member, _ := c.json().fold(name)
				if member == nil {
					member = marshal(map[string]string{"reason": reason}[name])
				}
				text, _ := stringIn(member)
				v.Value = &text
			}
			got, err := evaluate(v.Expr, nil, data)
			v.check(t, got, err)
		})
	}
}

// TestAbsentMember: an event provides every name, and what it has no value for is the empty text.
func TestAbsentMember(t *testing.T) {
	e := &event{kind: kindConnected, context: &connectionContext{eventType: typeSystem, eventName: "connected"}, dataType: "Text"}
	if got, err := evaluate("a{reason}b{claims}c", nil, e.values()); got != "abc" || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
	if got, err := evaluate("{other}", nil, e.values()); err == nil {
		t.Errorf("got %q for a name that no event has", got)
	}
	if metadata := e.values().metadata(); len(metadata) != 3 { // Request, ConnectionContext and DataType
		t.Errorf("Metadata %s", marshal(metadata))
	}
}

// TestResolvedProperties shows which properties take expressions: a connection is a name and no value.
func TestResolvedProperties(t *testing.T) {
	var file struct {
		Properties struct {
			Connection []string `json:"webPubSubConnection"`
			Output     []string `json:"webPubSub"`
			Not        []string
		} `json:"resolved_properties"`
	}
	vectors.Read(t, "host/binding-expressions.json", &file)
	for typ, names := range map[string][]string{typeConnection: file.Properties.Connection, typeOutput: file.Properties.Output} {
		b := newBinding(object{{"type", marshal(typ)}, {"hub", marshal("{x}")}, {"userId", marshal("{x}")}, {"connection", marshal("C")}})
		a := &app{resolver: &resolver{settings: newSettings(map[string]string{"C": testConnection})}}
		if err := a.indexService(b); err != nil {
			t.Fatal(err)
		}
		templates := map[string]*expr.Template{"hub": b.hub, "userId": b.userID}
		for _, name := range names {
			if name, _, _ = strings.Cut(name, " "); templates[name] == nil {
				t.Errorf("%s: %s takes no expressions", typ, name)
			}
		}
	}
	vectors.Some(t, len(file.Properties.Not), "properties without expressions")
}
