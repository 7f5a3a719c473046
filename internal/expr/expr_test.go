package expr_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wpsgen/wpsgen/internal/expr"
	"github.com/wpsgen/wpsgen/internal/vectors"
)

// bindingData is binding data as the vectors give it.
type bindingData map[string]any

// UnmarshalJSON keeps numbers as they are written.
func (d *bindingData) UnmarshalJSON(doc []byte) error {
	dec := json.NewDecoder(bytes.NewReader(doc))
	dec.UseNumber()
	return dec.Decode((*map[string]any)(d))
}

func (d bindingData) Value(name string) (any, bool, error) {
	v, ok := expr.Fold(d, name)
	if query, isObject := v.(map[string]any); isObject && strings.EqualFold(name, "query") {
		return exactNames(query), ok, nil
	}
	return v, ok, nil
}

// exactNames is a dictionary whose names have a case, as a query has.
type exactNames map[string]any

func (n exactNames) Member(name string) (any, bool) {
	v, ok := n[name]
	return v, ok
}

type hostVectors struct {
	BindingData bindingData       `json:"binding_data"`
	Settings    map[string]string `json:"settings"`
	Vectors     []struct {
		Expr  string
		Value *string
		Shape string
		Error string
	}
}

func loadVectors(t *testing.T) hostVectors {
	t.Helper()
	var v hostVectors
	vectors.Read(t, "host/binding-expressions.json", &v)
	vectors.Some(t, len(v.Vectors), "expressions")
	return v
}

func TestHostVectors(t *testing.T) {
	v := loadVectors(t)
	lookup := func(name string) (string, bool) { return expr.Fold(v.Settings, name) }
	for _, c := range v.Vectors {
		t.Run(c.Expr, func(t *testing.T) {
			got, err := evaluate(c.Expr, lookup, v.BindingData)
			switch {
			case c.Error != "":
				if err == nil || !strings.Contains(err.Error(), c.Error) {
					t.Errorf("error %v, want one with %q", err, c.Error)
				}
			case err != nil:
				t.Error(err)
			case c.Value != nil:
				if got != *c.Value {
					t.Errorf("got %q, want %q", got, *c.Value)
				}
			default:
				if pattern := vectors.ShapePattern(c.Shape); pattern == nil {
					t.Fatalf("shape %q is not understood", c.Shape)
				} else if !pattern.MatchString(got) {
					t.Errorf("got %q, want %s", got, c.Shape)
				}
			}
		})
	}
}

func evaluate(text string, lookup func(string) (string, bool), data expr.Data) (string, error) {
	resolved, err := expr.ResolveSettings(text, lookup)
	if err != nil {
		return "", err
	}
	tmpl, err := expr.Parse(resolved)
	if err != nil {
		return "", err
	}
	return tmpl.Eval(data)
}

func TestEval(t *testing.T) {
	data := bindingData{
		"name": "ann", "b": true, "f": json.Number("1.5"), "i": 7, "list": []any{"x"},
		"o":     map[string]any{"Exact": "1", "exact": "2", "Other": "3", "ключ-1": "7", "2fa": ""},
		"größe": 8,
		"at":    time.Date(2026, 1, 2, 15, 4, 5, 0, time.UTC),
		"id":    expr.GUID{0xab},
	}
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{"plain", "plain"},
		{"a{name}b{NAME}", "aannbann"},
		{"{b}", "True"},
		{"{f}{i}", "1.57"},
		{"{list}", ""},
		{"{o}", ""},
		{"{o.exact}{o.Exact}{o.OTHER}", "213"},
		{"{at:yyyy-MM-dd}", "2026-01-02"},
		{"{id:N}", "ab000000000000000000000000000000"},
		{"}}{{", "}{"},
		{"{größe}{o.ключ-1}{o.2fa}", "87"},
	} {
		tmpl, err := expr.Parse(c.text)
		if err != nil {
			t.Errorf("%q: %v", c.text, err)
			continue
		}
		if got, err := tmpl.Eval(data); err != nil || got != c.want {
			t.Errorf("%q: got %q, %v, want %q", c.text, got, err, c.want)
		}
	}
}

func TestEvalMissing(t *testing.T) {
	data := bindingData{"query": map[string]any{}, "name": "ann"}
	for _, c := range []struct {
		text string
		want expr.MissingError
	}{
		{"x{user}", expr.MissingError{Expression: "{user}", Name: "user"}},
		{"{query.user-id}", expr.MissingError{Expression: "{query.user-id}", Name: "user-id", Member: true}},
		{"{name.length}", expr.MissingError{Expression: "{name.length}", Name: "length", Member: true}},
	} {
		tmpl, err := expr.Parse(c.text)
		if err != nil {
			t.Fatal(err)
		}
		_, err = tmpl.Eval(data)
		var missing *expr.MissingError
		if !errors.As(err, &missing) || *missing != c.want {
			t.Errorf("%q: error %v, want %v", c.text, err, &c.want)
		}
		if err != nil && !strings.Contains(err.Error(), c.want.Expression) {
			t.Errorf("%q: error %q does not name the expression", c.text, err)
		}
	}
}

type brokenData struct{ err error }

func (d brokenData) Value(string) (any, bool, error) { return nil, false, d.err }

func TestEvalDataError(t *testing.T) {
	tmpl, err := expr.Parse("{rand-guid}")
	if err != nil {
		t.Fatal(err)
	}
	want := errors.New("body too large")
	if _, err := tmpl.Eval(brokenData{want}); err != want {
		t.Errorf("error %v, want %v", err, want)
	}
}

func TestParseErrors(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"{", "Missing closing bracket at position 1"},
		{"ab}", "Missing opening bracket at position 3"},
		{"a{{b}", "Missing opening bracket at position 5"},
		{"{.a}", "'.a' is invalid"},
		{"{a.}", "'a.' is invalid"},
		{"{1a}", "'1a' is invalid"},
		{"{٣a}", "'٣a' is invalid"},
		{"{a.€}", "'a.€' is invalid"},
		{"{\xff}", "is invalid"},
		{"{a b}", "'a b' is invalid"},
		{"{:D}", "name at position 1 is empty"},
		{"{rand-guid:X}", `no format "X"`},
		{"{datetime:d}", `one-letter format "d"`},
		{"{datetime:yyyyy}", "yyyyy is too long"},
		{"{datetime:yyyy'T'HH}", `'\'' is not supported`},
		{"{datetime:HHzzz}", "'z' is not supported"},
	} {
		if _, err := expr.Parse(c.text); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: error %v, want one with %q", c.text, err, c.want)
		}
	}
}

func TestResolveSettings(t *testing.T) {
	lookup := func(name string) (string, bool) {
		v, ok := map[string]string{"hub": "chat", "empty": ""}[name]
		return v, ok
	}
	for _, c := range []struct{ text, want, err string }{
		{text: "", want: ""},
		{text: "a%hub%b%empty%c", want: "achatbc"},
		{text: "%hub%%hub%", want: "chatchat"},
		{text: "ab%hub", err: "The '%' at position 2 does not have a closing '%'"},
		{text: "%hub%c%", err: "The '%' at position 6 does not have a closing '%'"},
		{text: "%%", err: "'%%' does not resolve to a value."},
		{text: "%nope%", err: "'%nope%' does not resolve to a value."},
	} {
		got, err := expr.ResolveSettings(c.text, lookup)
		if c.err != "" {
			if err == nil || err.Error() != c.err {
				t.Errorf("%q: error %v, want %q", c.text, err, c.err)
			}
		} else if err != nil || got != c.want {
			t.Errorf("%q: got %q, %v, want %q", c.text, got, err, c.want)
		}
	}
}

func TestStaticAndExpressions(t *testing.T) {
	tmpl, err := expr.Parse("a{{b}}")
	if err != nil {
		t.Fatal(err)
	}
	if s, ok := tmpl.Static(); !ok || s != "a{b}" {
		t.Errorf("Static() = %q, %v", s, ok)
	}
	if s, ok := expr.Literal("a{b}}").Static(); !ok || s != "a{b}}" {
		t.Errorf("Literal: %q, %v", s, ok)
	}
	tmpl, err = expr.Parse("{query.x}-{Rand-Guid:N}")
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := tmpl.Static(); ok {
		t.Error("a text with expressions is static")
	}
	list := tmpl.Expressions()
	if len(list) != 2 || list[0].Text != "{query.x}" || list[0].Path[1] != "x" || list[0].Builtin || !list[1].Builtin {
		t.Errorf("Expressions() = %+v", list)
	}
}

func TestBuiltins(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // the clock stands at midnight UTC 2000-01-01
		time.Sleep(15*time.Hour + 4*time.Minute + 5*time.Second + 60*time.Millisecond)
		for _, c := range []struct{ text, want string }{
			{"{datetime}", `^2000-01-01T15-04-05Z$`},
			{"{DateTime:yyyy-MM-dd HH:mm:ss.fff}", `^2000-01-01 15:04:05\.060$`},
			{"{datetime:yy-M-d h tt}", `^00-1-1 3 PM$`},
			{"{datetime:ddd, d MMMM}", `^Sat, 1 January$`},
			{"{rand-guid:N}", `^[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}$`},
			{"{rand-guid:b}", `^\{[0-9a-f-]{36}\}$`},
			{"{rand-guid:P}", `^\([0-9a-f-]{36}\)$`},
		} {
			tmpl, err := expr.Parse(c.text)
			if err != nil {
				t.Errorf("%q: %v", c.text, err)
				continue
			}
			got, err := tmpl.Eval(bindingData{})
			if err != nil || !regexp.MustCompile(c.want).MatchString(got) {
				t.Errorf("%q: got %q, %v, want %s", c.text, got, err, c.want)
			}
		}
	})
}

func TestBindingDataBeatsBuiltins(t *testing.T) {
	tmpl, err := expr.Parse("{datetime}")
	if err != nil {
		t.Fatal(err)
	}
	if got, err := tmpl.Eval(bindingData{"datetime": "given"}); err != nil || got != "given" {
		t.Errorf("got %q, %v", got, err)
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"{a.b:c}", "{{{room}}}", "%x%", "{rand-guid:N}", "{datetime:yyyy}", "}{"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		tmpl, err := expr.Parse(text)
		if err != nil {
			return
		}
		if s, ok := tmpl.Static(); ok && strings.ContainsAny(s, "{}") != strings.ContainsAny(text, "{}") {
			t.Errorf("%q became %q", text, s)
		}
		tmpl.Eval(bindingData{"a": "1"})
	})
}
