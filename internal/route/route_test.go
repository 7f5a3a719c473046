package route

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

func parse(t *testing.T, text string) *Template {
	t.Helper()
	tmpl, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return tmpl
}

func TestMatch(t *testing.T) {
	const guid = "0b3f5c1e-7e3f-4c57-9a5c-1f1f7a8f9d10"
	for _, c := range []struct {
		template, path string
		want           string // name=value pairs, or "no"
	}{
		{"", "", ""},
		{"", "a", "no"},
		{"negotiate", "negotiate", ""},
		{"/negotiate/", "Negotiate/", ""},
		{"negotiate", "negotiate/x", "no"},
		{"negotiate", "", "no"},
		{"a b", "a%20b", ""},
		{"rooms/{id}", "rooms/7", "id=7"},
		{"rooms/{id}", "rooms/a%2Fb%20c", "id=a/b c"},
		{"rooms/{id}", "rooms/", "no"},
		{"rooms/{id}", "rooms", "no"},
		{"rooms/{id}", "rooms//", "no"},
		{"rooms/{id}", "rooms/%zz", "no"},
		{"rooms/{id?}", "rooms", "id="},
		{"rooms/{id?}", "rooms/", "id="},
		{"rooms/{id?}", "rooms/7", "id=7"},
		{"rooms/{id?}", "rooms/7/8", "no"},
		{"{a}/{b?}", "x", "a=x b="},
		{"{id:int}", "42", "id=42"},
		{"{id:int}", "-42", "id=-42"},
		{"{id:int}", "4x", "no"},
		{"{id:int}", "99999999999", "no"},
		{"{id:long}", "99999999999", "id=99999999999"},
		{"{id:bool}", "TRUE", "id=TRUE"},
		{"{id:bool}", "1", "no"},
		{"{id:alpha}", "Abc", "id=Abc"},
		{"{id:alpha}", "a1", "no"},
		{"{id:guid}", guid, "id=" + guid},
		{"{id:guid}", "%7B" + guid + "%7D", "id={" + guid + "}"},
		{"{id:guid}", "%7B" + guid + ")", "no"},
		{"{id:guid}", strings.ReplaceAll(guid, "-", ""), "id=" + strings.ReplaceAll(guid, "-", "")},
		{"{id:guid}", strings.Replace(guid, "b", "g", 1), "no"},
		{"{id:guid}", guid[:35], "no"},
		{"{id:int:min(5)}", "5", "id=5"},
		{"{id:int:min(5)}", "4", "no"},
		{"{id:max(5)}", "6", "no"},
		{"{id:range(2,4)}", "4", "id=4"},
		{"{id:range(2,4)}", "1", "no"},
		{"{id:length(2)}", "äö", "id=äö"},
		{"{id:length(2)}", "%F0%9F%98%80", "id=😀"},
		{"{id:length(1,2)}", "abc", "no"},
		{"{id:minlength(2)}", "a", "no"},
		{"{id:maxlength(2)}", "ab", "id=ab"},
		{"{id:int?}", "", "id="},
		{"files/{*rest}", "files/a/b%20c", "rest=a/b c"},
		{"files/{*rest}", "files", "rest="},
		{"files/{**rest}", "files/a//b", "rest=a//b"},
		{"{*rest:alpha}", "abc", "rest=abc"},
		{"{*rest:alpha}", "a/b", "no"},
	} {
		values, ok := parse(t, c.template).Match(c.path)
		got := "no"
		if ok {
			var pairs []string
			for _, v := range values {
				if v.Name != "" {
					pairs = append(pairs, v.Name+"="+v.Value)
				}
			}
			got = strings.Join(pairs, " ")
		}
		if got != c.want {
			t.Errorf("%q on %q: %q, want %q", c.template, c.path, got, c.want)
		}
	}
}

func TestParseErrors(t *testing.T) {
	for _, c := range []struct {
		template string
		position int
		want     string
	}{
		{"a//b", 3, "segment is empty"},
		{"a/b?", 4, "not allowed outside a parameter"},
		{"a{b}", 2, "whole segment"},
		{"{a}-{b}", 1, "whole segment"},
		{"{a", 1, "whole segment"},
		{"rooms/{}", 8, `"" is not a parameter name`},
		{"rooms/{1a}", 8, "not a parameter name"},
		{"/rooms/{a=5}", 10, "default values"},
		{"{a}/{A}", 5, "there twice"},
		{"{a?}/b", 6, "only optional"},
		{"{*a}/b", 6, "may follow a catch-all"},
		{"{***a}", 4, "one or two *"},
		{"{id:regex(x)}", 5, `"x" is not a whole number`},
		{"{id:int:foo}", 9, `constraint "foo" is not supported`},
		{"{id:min(1,2)}", 5, "is not supported"},
		{"{id:min(1}", 5, "closing parenthesis"},
		{"{id:}", 5, `constraint "" is not supported`},
		{"{*id:foo}", 6, "not supported"},
	} {
		_, err := Parse(c.template)
		var syntax *SyntaxError
		if !errors.As(err, &syntax) {
			t.Errorf("%q: error %v", c.template, err)
			continue
		}
		if syntax.Position != c.position || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), c.template) {
			t.Errorf("%q: %v, want position %d and %q", c.template, err, c.position, c.want)
		}
	}
}

func TestCompare(t *testing.T) {
	want := []string{"a", "a/{x?}", "a/{*x}", "{id:int}", "{id}", "{*rest:alpha}", "{*rest}"}
	var templates []*Template
	for _, text := range want {
		templates = append(templates, parse(t, text))
	}
	got := slices.Clone(templates)
	slices.Reverse(got)
	slices.SortStableFunc(got, Compare)
	if !slices.Equal(got, templates) {
		t.Errorf("order %v, want %v", got, want)
	}
}

func TestConflict(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"a", "A", true},
		{"a", "b", false},
		{"a", "{x}", false},
		{"a/{x}", "a/{y?}", true},
		{"a/{x}", "b/{x}", false},
		{"a/{x}", "a", false},
		{"{x:int}", "{x}", false},
		{"{x:int}", "{y:min(3)}", true},
		{"{x:int}", "{y:alpha}", false},
		{"{x:guid}", "{y:long}", false},
		{"{x:bool}", "{y:alpha}", true},
		{"{*x}", "{*y}", true},
		{"", "", true},
	} {
		a, b := parse(t, c.a), parse(t, c.b)
		if Conflict(a, b) != c.want || Conflict(b, a) != c.want {
			t.Errorf("Conflict(%q, %q) = %v, want %v", c.a, c.b, !c.want, c.want)
		}
	}
}

func TestAccessors(t *testing.T) {
	tmpl := parse(t, "/rooms/{id:int}/{*rest}")
	if got := tmpl.Parameters(); !slices.Equal(got, []string{"id", "rest"}) {
		t.Errorf("Parameters() = %v", got)
	}
	if got, ok := tmpl.FirstLiteral(); got != "rooms" || !ok {
		t.Errorf("FirstLiteral() = %q, %v", got, ok)
	}
	if _, ok := parse(t, "{id}").FirstLiteral(); ok {
		t.Error("{id} has a first literal")
	}
	if tmpl.String() != "/rooms/{id:int}/{*rest}" {
		t.Errorf("String() = %q", tmpl)
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"a/{b:int}/{*c}", "{a?}", "{id:range(1,2)}", "/", "{{a}}"} {
		f.Add(seed, "a/1/x")
	}
	f.Fuzz(func(t *testing.T, template, path string) {
		tmpl, err := Parse(template)
		if err != nil {
			return
		}
		tmpl.Match(path)
		if !Conflict(tmpl, tmpl) {
			t.Errorf("%q does not conflict with itself", template)
		}
	})
}
