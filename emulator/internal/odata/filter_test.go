package odata

import (
	"strings"
	"testing"
)

func ada() *Subject {
	user := "ada"
	return &Subject{
		UserID: &user, ConnectionID: "c1", Protocol: "json.webpubsub.azure.v1",
		Groups: map[string]struct{}{"lobby": {}, "g 1": {}},
	}
}

func anonymous() *Subject { return &Subject{ConnectionID: "c2"} }

func TestFilters(t *testing.T) {
	tests := []struct {
		filter        string
		ada, nameless bool
	}{
		{"", true, true},
		{"  ", true, true},
		{"true", true, true},
		{"false", false, false},
		{"userId eq 'ada'", true, false},
		{"USERID ne 'ada'", false, true},
		{"userId eq 'Ada'", false, false},
		{"userId eq null", false, true},
		{"null ne userId", true, false},
		{"null eq null", true, true},
		{"userId ne 'o''k' and 'g 1' in groups", true, false},
		{"connectionId in ('c2', 'c3')", false, true},
		{"userId in (null)", false, true},
		{"length(groups) in (0, 7)", false, true},
		{"null in groups", false, false},
		{"protocol eq null", false, true},
		{"startswith(protocol, 'json.')", true, false},
		{"not ('lobby' in groups)", false, true},
		{"not startswith(userId, 'a')", false, true},
		{"not not true", true, true},
		{"not startswith(userId, 'a') eq true", false, true},
		{"true or false and false", true, true},
		{"(true or false) and false", false, false},
		{"length(userId) gt 2", true, false},
		{"length(userId) le 2", false, false},
		{"(length(userId) ge 3)", true, false},
		{"length(groups) lt 1", false, true},
		{"1 gt null", false, false},
		{"-1 lt 0", true, true},
		{"tolower('ÀB') eq 'àb'", true, true},
		{"toupper(userId) eq 'ADA'", true, false},
		{"trim('  x ') eq 'x'", true, true},
		{"toupper(userId) eq null", false, true},
		{"concat(userId, '!') eq 'ada!'", true, false},
		{"concat(userId, '!') eq null", false, true},
		{"indexof(userId, 'da') eq 1", true, false},
		{"indexof(userId, 'x') eq -1", true, true},
		{"contains(userId, 'd') or endswith(connectionId, '2')", true, true},
		{"endswith(userId, null)", false, false},
		{"length('😀é') eq 3", true, true},
		{"indexof('😀é', 'é') eq 2", true, true},
		{"substring('😀é', 2) eq 'é'", true, true},
		{"substring('abc', 1, 1) eq 'b'", true, true},
		{"substring('abc', 9) eq ''", true, true},
		{"substring('abc', -1, 9223372036854775807) eq 'abc'", true, true},
		{"substring(userId, 0, 2) eq 'ad'", true, false},
	}
	for _, tt := range tests {
		f, err := Parse(tt.filter)
		if err != nil {
			t.Errorf("%s: %v", tt.filter, err)
			continue
		}
		if got := f.Match(ada()); got != tt.ada {
			t.Errorf("%s: %v for ada", tt.filter, got)
		}
		if got := f.Match(anonymous()); got != tt.nameless {
			t.Errorf("%s: %v for an anonymous connection", tt.filter, got)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	tests := []struct{ filter, want string }{
		{"userId", "a string, not a condition"},
		{"name eq 'x'", `character 1: "name"`},
		{"userId eq", "ends where a value"},
		{"userId eq 'x", "character 11: the string has no closing quote"},
		{"userId = 'x'", `character 8: "= 'x'"`},
		{"userId eq 1", "cannot compare a string with an integer"},
		{"userId gt 'a'", "gt does not take a string"},
		{"groups eq null", "eq does not take a collection"},
		{"not length(userId) gt 5", "not does not take an integer"},
		{"true and 1", "and does not take an integer"},
		{"null or true", "or does not take null"},
		{"true true", "and, or, or the end"},
		{"(true", "ends where )"},
		{"userId in 'a'", "in takes a list"},
		{"userId in ()", "where a value"},
		{"userId in ('a' 'b')", ", or )"},
		{"userId in (1)", "in cannot compare a string with an integer"},
		{"1 in groups", "in groups does not take an integer"},
		{"upper(userId) eq 'A'", "one of the functions"},
		{"length() eq 0", "where a value"},
		{"length('a', 'b') eq 0", "length does not take 2 arguments"},
		{"startswith(userId)", "startswith does not take 1 arguments"},
		{"length(1) eq 0", "length does not take an integer"},
		{"length(groups) eq 99999999999999999999", "a 64-bit integer"},
		{"length(groups) eq -", "a 64-bit integer"},
		{strings.Repeat("(", 200) + "true" + strings.Repeat(")", 200), "nested deeper"},
		{strings.Repeat("not ", 200) + "true", "nested deeper"},
		{strings.Repeat("true and ", 100) + "true", "more than 100 clauses"},
	}
	for _, tt := range tests {
		_, err := Parse(tt.filter)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%.60s: error %v, want %q", tt.filter, err, tt.want)
		}
	}
}

func TestParseTakesAHundredClauses(t *testing.T) {
	if _, err := Parse(strings.Repeat("true and ", 99) + "true"); err != nil {
		t.Error(err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("userId ne 'o''k' and 'g 1' in groups")
	f.Add("not (length(groups) gt -1) or substring(userId,1,2) in ('a',null)")
	f.Fuzz(func(_ *testing.T, text string) {
		filter, err := Parse(text)
		if err != nil {
			return
		}
		filter.Match(ada())
		filter.Match(anonymous())
	})
}
