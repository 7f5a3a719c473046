package jsonio

import (
	"encoding/json"
	"testing"
)

func TestAppendStrings(t *testing.T) {
	for want, list := range map[string][]string{
		"null":                       nil,
		"[]":                         {},
		`["a","é\n\r\t\u0000\"\\"]`:  {"a", "é\n\r\t\x00\"\\"},
		`["<&>","` + "\ufffd" + `"]`: {"<&>", "\xff"},
	} {
		if got := string(AppendStrings(nil, list)); got != want {
			t.Errorf("%q: got %s, want %s", list, got, want)
		}
	}
}

// FuzzAppendString checks that what is written reads back as encoding/json would have it.
func FuzzAppendString(f *testing.F) {
	f.Add("plain")
	f.Add("\xff\u2028\"\\\x01")
	f.Fuzz(func(t *testing.T, s string) {
		doc := AppendString(nil, s)
		marshaled, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		var got, want string
		if err := json.Unmarshal(doc, &got); err != nil {
			t.Fatalf("%s: %v", doc, err)
		}
		if err := json.Unmarshal(marshaled, &want); err != nil {
			t.Fatal(err)
		}
		if got != want {
			t.Errorf("%q became %q, want %q", s, got, want)
		}
	})
}
