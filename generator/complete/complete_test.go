package complete

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/wpsgen/wpsgen/generator/binding"
)

func builtin(t testing.TB) *binding.Set {
	t.Helper()
	set, err := binding.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// names are those of a small app.
var names = Names{
	Settings: func() []string { return []string{"ChatConnectionString", "WebPubSubConnectionString"} },
	Hubs:     func() []string { return []string{"chat", "shop"} },
}

func TestAt(t *testing.T) {
	for _, tt := range []struct {
		line string
		from int
		want string
	}{
		{"", 0, ""},
		{"/", 0, ""},
		{"func Message", 0, ""},
		{"// wps:", 0, ""},
		{"//wps:de", 6, "defaults"},
		{"\t//wps:de", 7, "defaults"},
		{"//wps:nothing ", 0, ""},
		{"//wps:trigger eventT", 14, "eventType="},
		{"//wps:trigger EVENTT", 14, "eventType="},
		{"//wps:trigger\teventT", 14, "eventType="},
		{"//wps:trigger eventType=s", 24, "system"},
		{"//wps:trigger eventType=S", 24, "system"},
		{"//wps:trigger eventType=user eventName=", 39, "message"},
		{"//wps:trigger hub=", 18, "chat shop"},
		{"//wps:trigger hub=s", 18, "shop"},
		{"//wps:trigger nothing=", 0, ""},
		{"//wps:trigger hub=a hub=", 0, ""},
		{"//wps:trigger connections=", 26, "WebPubSubConnectionString ChatConnectionString"},
		{"//wps:trigger connections=ChatConnectionString,", 47, "WebPubSubConnectionString"},
		{"//wps:trigger connections=a c", 28, "clientProtocols="},
		{"//wps:trigger unsigned con", 23, ""},
		{"//wps:http methods=get,post,", 28, "put delete head patch options trace"},
		{"//wps:http methods=GET,ge", 23, ""},
		{"//wps:context ", 14, "connections= unsigned connection="},
		{"//wps:timer ", 12, "schedule= runOnStartup useMonitor=false"},
		{"//wps:timer useMonitor=", 23, "true false"},
		{`//wps:timer schedule="`, 22, `0 */5 * * * *" 00:00:10"`},
		{"//wps:timer schedule=`0", 22, "0 */5 * * * *` 00:00:10`"},
		{`//wps:timer schedule=0`, 21, `"0 */5 * * * *" 00:00:10`},
		{`//wps:timer schedule="0 0 * * * *" run`, 35, "runOnStartup"},
		{`//wps:timer schedule="0 \" run`, 22, ""},
		{"//wps:binding type=queueTrigger direction=", 42, "in"},
		{"//wps:binding type=queue direction=", 35, "in out"},
		{"//wps:connection hub=chat userId=", 33, "{query.userid}"},
		{"//wps:connection hub=chat userId={q", 33, "{query}"},
		{"//wps:connection hub=chat userId=a-{RAND", 35, "{rand-guid}"},
		{"//wps:connection hub=chat userId={query.a}-", 33, ""},
		{"//wps:connection hub=chat userId={{q", 33, ""},
		{`//wps:connection hub=chat userId="{q`, 34, "{query}"},
		{"//wps:trigger hub={q", 18, ""},
	} {
		got := At(builtin(t), tt.line, nil, names)
		var words []string
		for _, c := range got.Candidates {
			words = append(words, c.Text)
		}
		if got.From != tt.from || strings.Join(words, " ") != tt.want {
			t.Errorf("%s: from %d %q, want from %d %q", tt.line, got.From, words, tt.from, tt.want)
		}
	}
}

// TestAtOffersWhatIsLeft follows a directive to its end: each step offers what the next takes.
func TestAtOffersWhatIsLeft(t *testing.T) {
	line := "//wps:"
	for _, next := range []string{"trigger", " ", "eventType=", "system", " ", "eventName=", "connected", " ", "hub=", "chat", " ", "connections=", "ChatConnectionString"} {
		c := At(builtin(t), line, nil, names)
		switch {
		case next == " ":
			line += next
		case !slices.ContainsFunc(c.Candidates, func(one Candidate) bool { return one.Text == next }):
			t.Fatalf("%q does not offer %s but %v", line, next, c.Candidates)
		default:
			line = line[:c.From] + next
		}
	}
	if c := At(builtin(t), line+" ", nil, Names{}); slices.ContainsFunc(c.Candidates, func(one Candidate) bool {
		return one.Text == "unsigned" || one.Text == "connection=" || one.Text == "hub="
	}) {
		t.Errorf("excluded or given keys are offered: %v", c.Candidates)
	}
}

// TestAtBeside leaves out what the function's other directives rule out.
func TestAtBeside(t *testing.T) {
	for _, tt := range []struct{ line, beside, want string }{
		{"//wps:", "//wps:http", "connection context output binding function"},
		{"//wps:", "\t//wps:timer schedule=00:01:00\n//wps:output hub=chat\n//wps:function name=a", "connection output binding"},
		{"//wps:", "//wps:output", "trigger http timer connection context output binding function"},
		{"//wps:", "//wps:binding type=queueTrigger direction=in name=a", "connection output binding function"},
		{"//wps:", "prose\n//wps:frobnicate", "trigger http timer connection context output binding function defaults"},
		{"//wps:connection userId={", "//wps:http route=rooms/{room}/{id:int}", "{room} {id} {query} {headers} {sys} {rand-guid} {datetime}"},
		{"//wps:connection userId={", "//wps:timer schedule=00:01:00", "{sys} {rand-guid} {datetime}"},
		{"//wps:output hub={con", "//wps:trigger", "{connectionContext}"},
	} {
		var words []string
		for _, c := range At(builtin(t), tt.line, strings.Split(tt.beside, "\n"), names).Candidates {
			words = append(words, c.Text)
		}
		if got := strings.Join(words, " "); got != tt.want {
			t.Errorf("%s beside %q: %q, want %q", tt.line, tt.beside, got, tt.want)
		}
	}
}

func FuzzAt(f *testing.F) {
	for _, line := range []string{"//wps:trigger hub=chat eventType=", "//wps:http methods=get,", `//wps:timer schedule="0 \"`, "//wps:", "//wps:binding type=x é="} {
		f.Add(line)
	}
	set := builtin(f)
	f.Fuzz(func(t *testing.T, line string) {
		c := At(set, line, []string{line, "//wps:http route={a}"}, names)
		if c.From < 0 || c.From > len(line) || utf8.ValidString(line) && !utf8.ValidString(line[c.From:]) {
			t.Errorf("from %d in %q", c.From, line)
		}
		for _, one := range c.Candidates {
			if one.Text == "" || strings.Contains(one.Doc, "\n") {
				t.Errorf("%q offers %+v", line, one)
			}
		}
	})
}
