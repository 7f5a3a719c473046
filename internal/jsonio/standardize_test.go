package jsonio

import (
	"bytes"
	"encoding/json"
	"testing"
)

func TestStandardize(t *testing.T) {
	tests := []struct{ in, want string }{
		{`{"a": 1}`, `{"a": 1}`},
		{"{\"a\": 1, // one\n}", "{\"a\": 1        \n}"},
		{`{"a": [1, 2, /* three */],}`, `{"a": [1, 2             ] }`},
		{`{"a": "// no, comment,}"}`, `{"a": "// no, comment,}"}`},
		{`{"a": "quote \" // still"}`, `{"a": "quote \" // still"}`},
		{"\xef\xbb\xbf{}", "   {}"},
		{"/* a\r\nb */{}", "    \r\n    {}"},
		{`{} /* open`, `{}        `},
		{`["open`, `["open`},
		{`[1,,]`, `[1, ]`},
	}
	for _, test := range tests {
		got := string(Standardize([]byte(test.in)))
		if got != test.want {
			t.Errorf("%q: got %q, want %q", test.in, got, test.want)
		}
	}
}

func FuzzStandardize(f *testing.F) {
	f.Add([]byte(`{"a": [1, /* b */], "c": "d",} // e`))
	f.Fuzz(func(t *testing.T, src []byte) {
		out := Standardize(src)
		if len(out) != len(src) {
			t.Fatalf("%d bytes became %d", len(src), len(out))
		}
		if json.Valid(src) && !bytes.Equal(out, src) {
			t.Fatalf("valid JSON %q became %q", src, out)
		}
		if bytes.Count(out, []byte("\n")) != bytes.Count(src, []byte("\n")) {
			t.Fatalf("lines of %q moved", src)
		}
	})
}
