package directive

import (
	"go/token"
	"strings"
	"testing"
)

// slash is where the comments of these tests begin, so that positions are not offsets by chance.
const slash = token.Pos(100)

func TestParseArgs(t *testing.T) {
	for _, test := range []struct {
		text string
		want string // what String returns
	}{
		{"//wps:trigger", "//wps:trigger"},
		{"//wps:trigger hub=chat eventType=user", "//wps:trigger hub=chat eventType=user"},
		{"//wps:trigger\thub=chat \t eventType=user  ", "//wps:trigger hub=chat eventType=user"},
		{"//wps:trigger hub=chat unsigned", "//wps:trigger hub=chat unsigned"},
		{"//wps:http methods=get,post", "//wps:http methods=get,post"},
		{`//wps:output name="a b" hub=x`, `//wps:output name="a b" hub=x`},
		{`//wps:output name="a\tb\"c"`, `//wps:output name="a\tb\"c"`},
		{"//wps:output name=`a\\b c`", `//wps:output name="a\\b c"`},
		{`//wps:output "name=a b" hub=x`, `//wps:output name="a b" hub=x`},
		{"//wps:output `name=a b`", `//wps:output name="a b"`},
		{`//wps:trigger "unsigned"`, "//wps:trigger unsigned"},
		{`//wps:trigger hub=""`, `//wps:trigger hub=""`},
		{"//wps:connection userId={query.userid} hub=%Hub%", "//wps:connection userId={query.userid} hub=%Hub%"},
		{"//wps:binding url=http://a/b?c=d", "//wps:binding url=http://a/b?c=d"},
		{"//wps:trigger hub=a`b", "//wps:trigger hub=a`b"},
		{"//wps:trigger hub=räume", "//wps:trigger hub=räume"},
		{"//wps:trigger hub=chat\r", "//wps:trigger hub=chat"},
	} {
		d, problems := Parse(slash, test.text)
		if len(problems) > 0 {
			t.Errorf("%s: %+v", test.text, problems)
			continue
		}
		if got := d.String(); got != test.want {
			t.Errorf("%s\n got %s\nwant %s", test.text, got, test.want)
		}
	}
}

func TestParsePositions(t *testing.T) {
	text := `//wps:trigger hub=chat  unsigned eventName="a b" "route=x y"`
	d, problems := Parse(slash, text)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	at := func(part string) token.Pos { return slash + token.Pos(strings.Index(text, part)) }
	check := func(what string, got, want token.Pos) {
		t.Helper()
		if got != want {
			t.Errorf("%s at %d, want %d", what, got-slash, want-slash)
		}
	}
	check("slash", d.Slash, slash)
	check("verb", d.VerbPos, at("trigger"))
	check("end of the verb", d.VerbEnd(), at(" hub"))
	check("end", d.End, slash+token.Pos(len(text)))
	for i, want := range []struct{ pos, key, keyEnd, value, end string }{
		{"hub", "hub", "=chat", "chat", "  unsigned"},
		{"unsigned", "unsigned", " eventName", " eventName", " eventName"},
		{"eventName", "eventName", `="a b"`, `"a b"`, ` "route`},
		{`"route`, "route", `=x y`, `x y`, ""},
	} {
		a := d.Args[i]
		check(a.Key, a.Pos, at(want.pos))
		check(a.Key+" key", a.KeyPos, at(want.key))
		check(a.Key+" key end", a.KeyEnd, at(want.keyEnd))
		check(a.Key+" value", a.ValuePos, at(want.value))
		if want.end == "" {
			check(a.Key+" end", a.End, d.End)
		} else {
			check(a.Key+" end", a.End, at(want.end))
		}
	}
}

func TestParseProblems(t *testing.T) {
	for _, test := range []struct {
		text    string
		kind    Kind
		at      string // the text the problem encloses
		message string
		fix     string
		left    string // what could be understood; empty for nothing
	}{
		{"//wps:", Syntax, "//wps:", "has no verb", "", ""},
		{"//wps:   ", Syntax, "//wps:", "has no verb", "", ""},
		{"//wps:Other", Syntax, "Other", "is not a verb", "", ""},
		{"//wps:trigger,hub=chat", Syntax, ",hub=chat", "glued to the verb", "", "//wps:trigger"},
		{"//wps:trigger:x hub=a", Syntax, ":x", "glued to the verb", "", "//wps:trigger hub=a"},
		{`//wps:trigger hub="chat eventType=user`, Quoting, `"chat eventType=user`, "not closed", "", "//wps:trigger eventType=user"},
		{"//wps:trigger hub=`chat", Quoting, "`chat", "not closed", "", "//wps:trigger"},
		{`//wps:trigger hub="a\"`, Quoting, `"a\"`, "not closed", "", "//wps:trigger"},
		{`//wps:trigger hub="a\q" unsigned`, Quoting, `"a\q"`, "not a valid Go string", "", "//wps:trigger unsigned"},
		{`//wps:trigger hub="chat"x unsigned`, Quoting, "x", "glued to a closing quote", "", `//wps:trigger hub="chat" unsigned`},
		{`//wps:trigger "hub=chat"x unsigned`, Quoting, "x", "glued to a closing quote", "", `//wps:trigger hub="chat" unsigned`},
		{`//wps:http methods="get","post"`, Quoting, `,"post"`, "glued to a closing quote", "", `//wps:http methods="get"`},
		{`//wps:trigger hub=a"b"`, Quoting, `"b"`, "inside the value", "", "//wps:trigger"},
		{`//wps:trigger hub=“my hub” unsigned`, Quoting, "“my hub”", "not a quotation mark", `"my hub"`, `//wps:trigger hub="my hub" unsigned`},
		{`//wps:trigger hub='chat'`, Quoting, "'chat'", "not a quotation mark", `"chat"`, `//wps:trigger hub="chat"`},
		{`//wps:trigger hub=“chat unsigned`, Quoting, "“chat", "not a quotation mark", "", "//wps:trigger unsigned"},
		{`//wps:trigger “hub=a b”`, Quoting, "“hub=a b”", "not a quotation mark", `"hub=a b"`, `//wps:trigger hub="a b"`},
		{"//wps:trigger =chat unsigned", Syntax, "=chat", "no key", "", "//wps:trigger unsigned"},
		{"//wps:trigger hub =chat", Syntax, "hub =chat", "blanks stand around", "hub=chat", "//wps:trigger hub=chat"},
		{"//wps:trigger hub= chat unsigned", Syntax, "hub= chat", "blanks stand around", "hub=chat", "//wps:trigger hub=chat unsigned"},
		{"//wps:trigger hub = chat", Syntax, "hub = chat", "blanks stand around", "hub=chat", "//wps:trigger hub=chat"},
		{`//wps:trigger hub = "a b"`, Syntax, `hub = "a b"`, "blanks stand around", `hub="a b"`, `//wps:trigger hub="a b"`},
		{"//wps:trigger hub= eventType=user", Syntax, "hub=", "has no value", "", "//wps:trigger eventType=user"},
		{"//wps:trigger hub = eventType=user", Syntax, "hub =", "has no value", "", "//wps:trigger eventType=user"},
		{"//wps:trigger hub=", Syntax, "hub=", "has no value", "", "//wps:trigger"},
		{"//wps:trigger hub:chat", Syntax, "hub:chat", "is not key=value", "hub=chat", "//wps:trigger"},
		{"//wps:timer schedule=0 */5 * * * 1-5 useMonitor", Quoting, "schedule=0 */5 * * * 1-5", "has blanks and no quotation marks", `schedule="0 */5 * * * 1-5"`, `//wps:timer schedule="0 */5 * * * 1-5" useMonitor`},
		{"//wps:http methods=get, post, options route=x", Quoting, "methods=get, post, options", "blanks as well as commas", "methods=get,post,options", "//wps:http methods=get,post,options route=x"},
		{"//wps:http methods=get , post", Syntax, ",", "is not an argument", "", "//wps:http methods=get post"},
		{`//wps:timer schedule="0 0" *`, Syntax, "*", "is not an argument", "", `//wps:timer schedule="0 0"`},
		{"//wps:timer useMonitor *", Syntax, "*", "is not an argument", "", "//wps:timer useMonitor"},
		{"//wps:trigger 1hub=chat", Syntax, "1hub", "is not a key", "", "//wps:trigger"},
		{"//wps:trigger a, unsigned", Syntax, "a,", "is not an argument", "", "//wps:trigger unsigned"},
		{`//wps:trigger "a b"`, Syntax, `"a b"`, "does not begin with a key", "", "//wps:trigger"},
		{`//wps:trigger "\x68ub=chat"`, Syntax, `"\x68ub=chat"`, "does not begin with a key", "", "//wps:trigger"},
		{"//wps:trigger hub=chat // the hub", TrailingComment, "// the hub", "cannot follow", "", "//wps:trigger hub=chat"},
		{"//wps:trigger hub=a hub=b unsigned", DuplicateKey, "hub=b", "given twice, as hub=a and hub=b", "", "//wps:trigger hub=a unsigned"},
		{"//wps:trigger hub=a hub", DuplicateKey, "hub", "given twice, as hub=a and hub", "", "//wps:trigger hub=a"},
	} {
		d, problems := Parse(slash, test.text)
		left := ""
		if d != nil {
			left = d.String()
		}
		if left != test.left {
			t.Errorf("%s\nleaves %s\nwant   %s", test.text, left, test.left)
		}
		if len(problems) != 1 {
			t.Errorf("%s: %d problems: %+v", test.text, len(problems), problems)
			continue
		}
		p := problems[0]
		if at := test.text[p.Pos-slash : p.End-slash]; at != test.at || p.Kind != test.kind || p.Fix != test.fix || !strings.Contains(p.Message, test.message) {
			t.Errorf("%s\n got %v at %q, fix %q: %s\nwant %v at %q, fix %q: …%s…", test.text, p.Kind, at, p.Fix, p.Message, test.kind, test.at, test.fix, test.message)
		}
	}
}

func TestParseReportsEverything(t *testing.T) {
	for text, want := range map[string]string{
		`//wps:trigger =a hub=“x” hub=b name="x"y 1=2 // end`: "syntax, quoting, duplicate key, quoting, syntax, trailing comment",
		"//wps:trigger hub= // the hub":                       "syntax, trailing comment",
	} {
		_, problems := Parse(slash, text)
		var kinds []string
		for _, p := range problems {
			kinds = append(kinds, p.Kind.String())
		}
		if got := strings.Join(kinds, ", "); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

func TestDuplicateNamesBothPlaces(t *testing.T) {
	text := "//wps:trigger hub=a eventType=user hub=b"
	_, problems := Parse(slash, text)
	if len(problems) != 1 {
		t.Fatal(problems)
	}
	p := problems[0]
	if other := text[p.Other-slash : p.OtherEnd-slash]; other != "hub=a" {
		t.Errorf("the other one is %q, want hub=a", other)
	}
}

func TestParseLeavesOtherComments(t *testing.T) {
	for _, text := range []string{"// wps:trigger", "//go:generate x", "/*wps:trigger*/", "//", ""} {
		if d, problems := Parse(slash, text); d != nil || problems != nil {
			t.Errorf("Parse(%q) = %v, %v", text, d, problems)
		}
	}
}

func TestSplit(t *testing.T) {
	for _, test := range []struct {
		text string
		want string
	}{
		{"//wps:http methods=get,post", "get|post"},
		{"//wps:http methods=get", "get"},
		{`//wps:http methods="get,post"`, "get,post"},
		{"//wps:http methods=get,,post,", "get||post|"},
		{`//wps:http methods=""`, ""},
		{"//wps:http methods", ""},
	} {
		d, _ := Parse(slash, test.text)
		if got := strings.Join(d.Arg("methods").Split(), "|"); got != test.want {
			t.Errorf("%s: %q, want %q", test.text, got, test.want)
		}
	}
}
