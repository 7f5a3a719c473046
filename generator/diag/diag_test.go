package diag

import (
	"errors"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestWriteText(t *testing.T) {
	findings := []Finding{
		{
			Code: DuplicateEvent, Place: Place{File: "/app/b/b.go", Line: 4, Column: 1, EndLine: 4, EndColumn: 9},
			Message: "twice", Hint: "once",
			Related: []Related{{Place{File: "/app/a.go", Line: 3}, "the first one"}, {Place{File: "/app/hello/function.json"}, "a file"}},
		},
		{Code: BadValue, Place: Place{File: "/far/away/from/everything.go", Line: 1, Column: 2}, Message: "no hint"},
	}
	var b strings.Builder
	if err := WriteText(&b, findings, "/app/b/c/d/e/f/g"); err != nil {
		t.Fatal(err)
	}
	b.WriteString("--\n")
	if err := WriteText(&b, findings, "/app"); err != nil {
		t.Fatal(err)
	}
	const want = `/app/b/b.go:4:1: WPS206: twice; once
	/app/a.go:3: the first one
	/app/hello/function.json: a file
/far/away/from/everything.go:1:2: WPS202: no hint
--
b/b.go:4:1: WPS206: twice; once
	a.go:3: the first one
	hello/function.json: a file
/far/away/from/everything.go:1:2: WPS202: no hint
`
	if got := b.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if findings[0].Place.File != "/app/b/b.go" || findings[0].Related[0].Place.File != "/app/a.go" {
		t.Error("the findings were changed")
	}
}

var errFull = errors.New("full")

// fullAfter is a writer that takes a number of writes.
type fullAfter int

func (n *fullAfter) Write(p []byte) (int, error) {
	if *n--; *n < 0 {
		return 0, errFull
	}
	return len(p), nil
}

func TestWriteTextFails(t *testing.T) {
	findings := []Finding{{Code: BadValue, Related: []Related{{Message: "other"}}}}
	for n := range 2 {
		w := fullAfter(n)
		if err := WriteText(&w, findings, "/"); !errors.Is(err, errFull) {
			t.Errorf("after %d writes: %v", n, err)
		}
	}
}

func TestRelative(t *testing.T) {
	for _, tt := range []struct{ dir, file, want string }{
		{"/app", "/app/a.go", "a.go"},
		{"/app", "/app/x/a.go", "x/a.go"},
		{"/app/x", "/app/y/a.go", "../y/a.go"},
		{"/app", "/app", "."},
		{"/a/b/c/d/e", "/x.go", "/x.go"},
		{"/app", "/application/a.go", "/application/a.go"},
	} {
		if got := Relative(filepath.FromSlash(tt.dir), filepath.FromSlash(tt.file)); got != tt.want {
			t.Errorf("Relative(%s, %s) = %s, want %s", tt.dir, tt.file, got, tt.want)
		}
	}
}

func TestSort(t *testing.T) {
	at := func(file string, line, column int, code Code, message string) Finding {
		return Finding{Code: code, Place: Place{File: file, Line: line, Column: column}, Message: message}
	}
	want := []Finding{
		at("a.go", 0, 0, BadName, ""),
		at("a.go", 2, 9, BadName, ""),
		at("a.go", 10, 1, BadName, "a"),
		at("a.go", 10, 1, BadName, "b"),
		at("a.go", 10, 1, NoTrigger, "a"),
		at("a.go", 10, 2, BadName, "a"),
		at("b.go", 1, 1, BadName, "a"),
	}
	shuffled := slices.Concat(want, want[2:4])
	slices.Reverse(shuffled)
	if got := Sort(shuffled); !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := Sort(nil); len(got) > 0 {
		t.Errorf("Sort(nil) = %v", got)
	}
}

func TestPlaceString(t *testing.T) {
	for want, p := range map[string]Place{
		"a.go":     {File: "a.go"},
		"a.go:3":   {File: "a.go", Line: 3},
		"a.go:3:4": {File: "a.go", Line: 3, Column: 4, EndLine: 3, EndColumn: 9},
	} {
		if got := p.String(); got != want {
			t.Errorf("%+v is %q, want %q", p, got, want)
		}
	}
}

var codePattern = regexp.MustCompile(`^WPS[1-59]\d\d$`)

// TestDeclarations holds every declaration against what readers and reports need of it.
func TestDeclarations(t *testing.T) {
	all := Declarations()
	if !slices.IsSortedFunc(all, func(a, b Declaration) int { return strings.Compare(string(a.Code), string(b.Code)) }) {
		t.Error("declarations are not in the order of their codes")
	}
	seen := make(map[Code]bool)
	for _, d := range all {
		if seen[d.Code] {
			t.Errorf("%s is declared twice", d.Code)
		}
		seen[d.Code] = true
		if !codePattern.MatchString(string(d.Code)) {
			t.Errorf("%s is not a code", d.Code)
		}
		if d.Severity != Error && d.Severity != Warning {
			t.Errorf("%s has severity %q", d.Code, d.Severity)
		}
		if d.Title == "" || strings.HasSuffix(d.Title, ".") || !strings.HasSuffix(d.Text, ".") {
			t.Errorf("%s: a title has no full stop and a text has one: %q, %q", d.Code, d.Title, d.Text)
		}
		if got := d.Code.Declaration(); got != d {
			t.Errorf("%s finds %+v", d.Code, got)
		}
	}
	all[0].Title = "changed"
	if Declarations()[0].Title == "changed" {
		t.Error("Declarations hands out its own slice")
	}
}

func TestSeverity(t *testing.T) {
	warning, failure, nobody := Finding{Code: Deprecated}, Finding{Code: BadName}, Finding{Code: "WPS999"}
	for _, tt := range []struct {
		findings []Finding
		want     bool
	}{
		{nil, false},
		{[]Finding{warning}, false},
		{[]Finding{warning, failure}, true},
		{[]Finding{nobody}, true},
	} {
		if got := HasErrors(tt.findings); got != tt.want {
			t.Errorf("HasErrors(%v) = %v", tt.findings, got)
		}
	}
}
