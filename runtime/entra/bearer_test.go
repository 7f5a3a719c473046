package entra

import (
	"errors"
	"strings"
	"testing"
)

func TestBearer(t *testing.T) {
	for _, tt := range []struct {
		name  string
		lines []string
		want  string
		err   error
	}{
		{"a token", []string{"Bearer a.b-c_D.9"}, "a.b-c_D.9", nil},
		{"the scheme in another case", []string{"bEARER a.b.c"}, "a.b.c", nil},
		{"no header", nil, "", errNoHeader},
		{"two headers", []string{"Bearer a", "Bearer b"}, "", errTwoHeaders},
		{"an empty header", []string{""}, "", errNotBearer},
		{"no scheme", []string{"a.b.c"}, "", errNotBearer},
		{"no token", []string{"Bearer "}, "", errNotBearer},
		{"another scheme", []string{"Basic a.b.c"}, "", errNotBearer},
		{"two blanks", []string{"Bearer  a.b.c"}, "", errNotBearer},
		{"two tokens", []string{"Bearer a, Bearer b"}, "", errNotBearer},
		{"a tab", []string{"Bearer\ta.b.c"}, "", errNotBearer},
		{"padding", []string{"Bearer a.b.c="}, "", errNotBearer},
		{"the longest", []string{"Bearer " + strings.Repeat("a", maxToken)}, strings.Repeat("a", maxToken), nil},
		{"too long", []string{"Bearer " + strings.Repeat("a", maxToken+1)}, "", errLongToken},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := bearer(tt.lines)
			if got != tt.want || !errors.Is(err, tt.err) {
				t.Errorf("%.40q, %v; want %.40q, %v", got, err, tt.want, tt.err)
			}
		})
	}
}

// FuzzBearer: what is taken for a token is the end of the header and could be one; no event that a fuzzer
// makes up is let in.
func FuzzBearer(f *testing.F) {
	c := mustChecker(f, wanted(newIssuer()))
	for _, seed := range []string{"", "Bearer", "Bearer a.b.c", "bearer  x", "Basic eA==", "Bearer " + sign(f, with(version1(), "aud", "x")),
		"Bearer eyJhbGciOiJub25lIn0.e30.", "Bearer eyJhbGciOiJSUzI1NiIsImtpZCI6ImZpcnN0In0.e30.AAAA"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, line string) {
		token, err := bearer([]string{line})
		if (err == nil) == (token == "") {
			t.Fatalf("%q with error %v", token, err)
		}
		if err == nil && (!strings.EqualFold(line, "Bearer "+token) || !strings.HasSuffix(line, token) || strings.ContainsAny(token, " \t\r\n,;\"")) {
			t.Errorf("%q is not the token of %q", token, line)
		}
		r := carrying("")
		r.Header["Authorization"] = []string{line}
		if c.check(r) == nil {
			t.Errorf("%q was let in", line)
		}
	})
}
