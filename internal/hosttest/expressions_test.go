package hosttest

import (
	"encoding/json"
	"regexp"
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
		if pattern := shapePattern(v.Shape); pattern == nil {
			t.Fatalf("shape %q is not understood", v.Shape)
		} else if !pattern.MatchString(got) {
			t.Errorf("got %q, want %s", got, v.Shape)
		}
	}
}

// shapePattern is a pattern for what a vector says in words, or shows by an example of digits.
func shapePattern(shape string) *regexp.Regexp {
	switch {
	case strings.HasPrefix(shape, "guid format N"):
		return regexp.MustCompile(`^[0-9a-f]{32}$`)
	case strings.HasPrefix(shape, "guid"):
		return regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)
	case strings.HasPrefix(shape, "date"):
		return regexp.MustCompile(`^\d{4}-\d\d-\d\dT`)
	case regexp.MustCompile(`^\d[\dT:Z-]*$`).MatchString(shape):
		return regexp.MustCompile("^" + regexp.MustCompile(`\d`).ReplaceAllString(shape, `\d`) + "$")
	}
	return nil
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

// TestTriggerExpressionVectors evaluates expressions over a connect or user event that has all members.
func TestTriggerExpressionVectors(t *testing.T) {
	var file struct {
		Vectors []*expressionVector `json:"wps_trigger_vectors"`
	}
	vectors.Read(t, "host/binding-expressions.json", &file)
	user := "ann"
	c := &connectionContext{eventType: typeSystem, eventName: "connect", hub: "chat", userID: &user}
	lists := json.RawMessage(`{"sub": ["ann"], "room": ["red"]}`)
	connect := &event{kind: kindConnect, context: c, claims: lists, query: lists, headers: lists, subprotocols: json.RawMessage(`["x"]`), dataType: "Text"}
	message := &event{kind: kindUser, context: c, data: payload("text"), dataType: "Text"}
	for _, v := range file.Vectors {
		t.Run(v.Expr, func(t *testing.T) {
			data := connect.values()
			for _, name := range message.values().names {
				data.set(name, message.values().values[lower(name)])
			}
			if v.Value != nil && strings.Contains(*v.Value, "of the event") {
				member, _ := c.json().fold(strings.Fields(*v.Value)[0])
				text, _ := stringIn(member)
				v.Value = &text
			}
			got, err := evaluate(v.Expr, nil, data)
			v.check(t, got, err)
		})
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
			if templates[name] == nil {
				t.Errorf("%s: %s takes no expressions", typ, name)
			}
		}
	}
	if len(file.Properties.Not) == 0 {
		t.Error("the vectors no longer say what takes no expressions")
	}
}
