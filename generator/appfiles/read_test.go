package appfiles_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/generator/appfiles"
)

// plain is a value as encoding/json has it.
func plain(v *appfiles.Value) any {
	switch v.Kind {
	case appfiles.Object:
		m := make(map[string]any)
		for _, member := range v.Members {
			m[member.Name] = plain(member.Value)
		}
		return m
	case appfiles.Array:
		list := []any{}
		for _, item := range v.Items {
			list = append(list, plain(item))
		}
		return list
	case appfiles.Bool:
		return v.Text == "true"
	case appfiles.Number:
		return json.Number(v.Text)
	case appfiles.String:
		return v.Text
	}
	return nil
}

// loose lists what a strict parser would refuse, as what@line:column and what mends it.
func loose(d *appfiles.Document) []string {
	var list []string
	for _, l := range d.Loose {
		s := l.What + "@" + strings.TrimPrefix(d.Place(l.At, l.End).String(), "f:")
		if l.Mendable {
			s += " -> " + l.Strict
		}
		list = append(list, s)
	}
	return list
}

func TestRead(t *testing.T) {
	for _, tt := range []struct {
		src, want string
		loose     []string
	}{
		{`{"a": [1, -2.5e3, true, null, "x"], "b": {}}`, `{"a": [1, -2.5e3, true, null, "x"], "b": {}}`, nil},
		{`"\u00e9\ud83d\ude00\n\/"`, `"é😀\n/"`, nil},
		{`"\ud83dx"`, `"` + "\ufffd" + `x"`, nil},
		{"\ufeff{\n// c\n\"a\": 1, /* d */ }", `{"a": 1}`, []string{"a byte order mark@1:1 -> ", "a comment@2:1", "a comment@3:9", "a trailing comma@3:7 -> "}},
		{"[1,\n]", `[1]`, []string{"a trailing comma@1:3 -> "}},
		{"{\u00a0\"a\":\u3000\v1}\x00", `{"a": 1}`, []string{"a blank that JSON does not have@1:2 ->  ", "a blank that JSON does not have@1:8 ->  ", "a blank that JSON does not have@1:11 ->  ", "a blank that JSON does not have@1:14 ->  "}},
		{"\xff\xfe[\x00\"\x00\xe9\x00\"\x00]\x00", `["é"]`, []string{"UTF-16@1:1"}},
		{"\xfe\xff\x00[\x001\x00]\x00", `[1]`, []string{"UTF-16@1:1"}},
		{"\u200b1", "", nil},
		{`{a: 'it''s'}`, "", nil},
		{`{a: 'it\'s "x"'}`, `{"a": "it's \"x\""}`, []string{"a name without quotes@1:2 -> \"a\"", `text that is no JSON string@1:5 -> "it's \"x\""`}},
		{"\"a\tb\"", `"a\tb"`, []string{`text that is no JSON string@1:1 -> "a\tb"`}},
		{`[0x1F, .5, 1., undefined]`, `["0x1F", ".5", "1.", null]`, []string{"a spelling that JSON does not have@1:2", "a spelling that JSON does not have@1:8", "a spelling that JSON does not have@1:12", "a spelling that JSON does not have@1:16"}},
	} {
		d, err := appfiles.Read("f", []byte(tt.src))
		if tt.want == "" {
			if err == nil {
				t.Errorf("%s: no error", tt.src)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", tt.src, err)
			continue
		}
		var want any
		dec := json.NewDecoder(strings.NewReader(tt.want))
		dec.UseNumber()
		if err := dec.Decode(&want); err != nil {
			t.Fatal(err)
		}
		if got := plain(d.Root); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: got %v", tt.src, got)
		}
		if got := loose(d); !reflect.DeepEqual(got, tt.loose) {
			t.Errorf("%s: loose %q", tt.src, got)
		}
	}
}

func TestReadErrors(t *testing.T) {
	for _, tt := range []struct{ src, want, hint, edit string }{
		{"{\n \"a\": 1 // one\n \"b\": 2\n}", "f:3:2: a comma is missing before this", "put one at the end of line 2", "2:8"},
		{"[1 2]", "f:1:4: a comma is missing before this", "put one at the end of line 1", "1:3"},
		{`{"a" 1}`, `f:1:6: '1' where the colon behind a name belongs`, "", ""},
		{`{"a": 1]`, `f:1:8: ']' where a comma or '}' belongs`, "", ""},
		{`[,]`, "f:1:2: ',' where a value belongs", "", ""},
		{`{"a": yes}`, "f:1:7: this word is no value; text stands in quotes", "", ""},
		{`{"a": 1} x`, "f:1:10: 'x' after the end of the JSON value", "", ""},
		{`{"a": /x}`, "f:1:7: a comment is not closed, or there is only one slash", "", ""},
		{`{"a": /* x}`, "f:1:7: a comment is not closed, or there is only one slash", "", ""},
		{`"C:\dir"`, "f:1:4: the backslash begins none of the escapes JSON has; write two for one", "", ""},
		{`"a`, "f:1:2: unexpected end of the file: something is left open", "", ""},
		{`"a\`, "f:1:3: unexpected end of the file: something is left open", "", ""},
		{strings.Repeat("[", 65), "f:1:65: values are nested deeper than 64, where the host stops reading", "", ""},
		{"{\n~\n}", "f:2:1: '~' where a name in quotes belongs", "", ""},
	} {
		_, err := appfiles.Read("f", []byte(tt.src))
		var e *appfiles.Error
		if !errors.As(err, &e) || err.Error() != tt.want || e.Hint != tt.hint {
			t.Errorf("%s: got %v", tt.src, err)
			continue
		}
		edit := ""
		for _, x := range e.Edits {
			edit = fmt.Sprintf("%d:%d", x.Place.Line, x.Place.Column)
		}
		if edit != tt.edit {
			t.Errorf("%s: edit at %s", tt.src, edit)
		}
	}
}

func TestFind(t *testing.T) {
	d, err := appfiles.Read("f", []byte(`{"A": {"b": 1, "B": "True"}, "c": [true]}`))
	if err != nil {
		t.Fatal(err)
	}
	if got := d.Root.Find("a", "b"); got.String() != "True" || !got.IsTrue() || d.PlaceOf(got).Column != 21 {
		t.Errorf("a.b is %+v", got)
	}
	if d.Root.Find("a", "x", "y") != nil || d.Root.Find("c", "b") != nil || (*appfiles.Value)(nil).Find("a").String() != "" {
		t.Error("something was found where nothing is")
	}
	if c := d.Root.Find("c"); c.IsTrue() || c.Items[0].Text != "true" || d.Text(c.At, c.End) != "[true]" {
		t.Errorf("c is %+v", c)
	}
}

// FuzzRead reads anything: places lie inside the file, what JSON allows is read as JSON, and what mends
// a file leaves less to mend.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{`{"a": [1, {}], 'b': x, } // x`, "\ufeff{a:'\\u0041\\'',}", "[[[/**/]]]", `{"a":0x1,"b":.5,"a":null}`, "{\"a\"\n\"b\"}", `"\'"`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		lines := strings.Count(string(src), "\n") + 1
		d, err := appfiles.Read("f", src)
		if err != nil {
			var e *appfiles.Error
			if !errors.As(err, &e) || e.Place.Line < 1 || e.Place.Line > lines || e.Place.Column < 1 || e.Place.Column > len(src)+1 {
				t.Fatalf("%q: %v", src, err)
			}
			if json.Valid(src) && !strings.Contains(err.Error(), "deeper") {
				t.Fatalf("%q is JSON: %v", src, err)
			}
			return
		}
		inside(t, d.Root, len(src))
		if json.Valid(src) != (len(d.Loose) == 0) {
			t.Fatalf("%q: JSON is %t, loose %q", src, json.Valid(src), loose(d))
		}
		var want any
		dec := json.NewDecoder(strings.NewReader(string(src)))
		dec.UseNumber()
		if json.Valid(src) && dec.Decode(&want) == nil && !strings.Contains(string(src), `\u`) && !strings.Contains(fmt.Sprint(want), "\ufffd") {
			if got := plain(d.Root); !reflect.DeepEqual(got, want) {
				t.Fatalf("%q: got %v, want %v", src, got, want)
			}
		}
	})
}

// inside checks that a value and all in it stand in the file, in order.
func inside(t *testing.T, v *appfiles.Value, size int) {
	if v.At < 0 || v.At >= v.End || v.End > size {
		t.Fatalf("%+v does not lie in %d bytes", v, size)
	}
	for _, m := range v.Members {
		if m.At < v.At || m.At >= m.End || m.End >= m.Value.At || m.Value.End > v.End {
			t.Fatalf("member %+v does not lie in %+v", m, v)
		}
		inside(t, m.Value, size)
	}
	for _, item := range v.Items {
		if item.At < v.At || item.End > v.End {
			t.Fatalf("item %+v does not lie in %+v", item, v)
		}
		inside(t, item, size)
	}
}
