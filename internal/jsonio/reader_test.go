package jsonio

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
)

func TestReader(t *testing.T) {
	r := New(` {"s":"a\n\u00e9","n":-12,"b":true,"list":["x","é"],"none":null,"deep":{"a":[1.5e3,{"b":[]}]},"raw": {"x": [1]} ,"s":"last"} `)
	got := map[string]any{}
	r.Object(func(name string) {
		switch name {
		case "s", "none":
			got[name] = r.String()
		case "n":
			got[name] = r.Int()
		case "b":
			got[name] = r.Bool()
		case "list":
			got[name] = r.Strings()
		case "raw":
			got[name] = r.Raw()
		default:
			r.Skip()
		}
	})
	if err := r.Finish(); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{"s": "last", "none": "", "n": -12, "b": true, "list": []string{"x", "é"}, "raw": `{"x": [1]}`}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// TestStringsDoNotShare: a list that is appended to leaves the next one alone, however many there are.
func TestStringsDoNotShare(t *testing.T) {
	r := New(`[` + strings.Repeat(`["a","b"],`, 40) + `[],["c"]]`)
	var lists [][]string
	r.Array(func() { lists = append(lists, r.Strings()) })
	if err := r.Finish(); err != nil {
		t.Fatal(err)
	}
	for i, list := range lists {
		_ = append(list, "overwritten")
		want := []string{"a", "b"}
		switch i {
		case 40:
			want = []string{}
		case 41:
			want = []string{"c"}
		}
		if !slices.Equal(lists[i], want) || lists[i] == nil {
			t.Errorf("list %d is %q", i, lists[i])
		}
	}
}

func TestErrors(t *testing.T) {
	for src, want := range map[string]string{
		``:                         "an object was expected",
		`[]`:                       "an object was expected",
		`{"a"}`:                    "a colon",
		`{"a":1,}`:                 "a string was expected",
		`{"a":1`:                   "a comma or the end",
		`{"a":01}`:                 "a comma or the end",
		`{"a":1.}`:                 "digits were expected after the point",
		`{"a":1e}`:                 "digits were expected in the exponent",
		`{"a":tru}`:                "a value was expected",
		"{\"a\":\"\n\"}":           "a control character",
		`{"a":"\x"}`:               "a bad escape",
		`{"a":"b`:                  "does not end",
		`{} {}`:                    "something follows",
		strings.Repeat(`[`, 20000): "an object was expected",
	} {
		r := New(src)
		r.Object(func(string) { r.Skip() })
		if err := r.Finish(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.20s: %v, want %q", src, err, want)
		}
	}
	r := New(strings.Repeat(`[`, 20000))
	r.Skip()
	if err := r.Finish(); err == nil || !strings.Contains(err.Error(), "too deeply") {
		t.Errorf("deep: %v", err)
	}
}

// FuzzReader holds the reader against encoding/json: it accepts the same documents and reads the same
// strings. Member names are left out, since encoding/json may take one for another.
func FuzzReader(f *testing.F) {
	for _, seed := range []string{
		`{"claims":{"sub":["ann"],"role":null},"n":[-0.5e+10,true,false,null],"s":"é\ud800\""}`, `[[],{}]`, `"\u0000"`, `["a",null]`, ` 1 `, "\"\xff\"", `{"a":{"a":[["b"]]}}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, src string) {
		r := New(src)
		r.Skip()
		err := r.Finish()
		if valid := json.Valid([]byte(src)); valid != (err == nil) {
			t.Fatalf("%q: valid %v, %v", src, valid, err)
		}
		var list []string
		if json.Unmarshal([]byte(src), &list) != nil {
			return
		}
		r = New(src)
		if got := r.Strings(); r.Finish() != nil || !slices.Equal(got, list) {
			t.Fatalf("%q: %q, want %q", src, got, list)
		}
	})
}
