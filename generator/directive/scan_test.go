package directive

import (
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"strings"
	"testing"
)

var verbs = []string{"trigger", "http", "timer", "connection", "output", "function", "defaults"}

func scan(t *testing.T, src string) (*token.FileSet, []Found, []Problem) {
	t.Helper()
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "p.go", src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatalf("%v in\n%s", err, src)
	}
	found, problems := Scan(fset, f, verbs)
	return fset, found, problems
}

func TestScanWhere(t *testing.T) {
	src := `// Package p does.
//
//wps:defaults hub=package
package p

//wps:function name=import
import "fmt"

//wps:function name=blank

// Doc of F.
//
//wps:function name=func
func F() { //wps:function name=brace
	//wps:function name=body
	x := 1 //wps:function name=statement
	if x > 1 {
		fmt.Println(x)
		//wps:function name=lastInBlock
	}
} //wps:function name=afterFunc

//wps:function name=method
func (T) M() {}

//wps:function name=type
type T struct {
	//wps:function name=field
	A int //wps:function name=afterField
	//wps:function name=lastInStruct
}

type (
	//wps:function name=typeSpec
	U int
)

//wps:function name=var
var V = 1

const (
	//wps:function name=constSpec
	C = 1
)

//wps:function name=first
//wps:http methods=get
func G(
	//wps:function name=param
	a int,
) {
}

//wps:function name=end
`
	want := map[string]Where{
		"import": OnImport, "blank": BlankLine, "func": OnFunc, "brace": AfterCode,
		"body": InBody, "statement": AfterCode, "lastInBlock": InBody, "afterFunc": AfterCode, "method": OnFunc,
		"type": OnType, "field": OnField, "afterField": AfterCode, "lastInStruct": InDecl, "typeSpec": OnType,
		"var": OnValue, "constSpec": OnValue, "first": OnFunc, "param": InDecl, "end": AtEnd,
	}
	_, found, problems := scan(t, src)
	if len(problems) > 0 {
		t.Error(problems)
	}
	seen := 0
	for _, d := range found {
		if a := d.Arg("name"); a != nil {
			seen++
			if w, ok := want[a.Value]; !ok || d.Where != w {
				t.Errorf("%s stands %s, want %s", a.Value, d.Where, w)
			}
		}
	}
	if seen != len(want) {
		t.Errorf("found %d directives with a name, want %d", seen, len(want))
	}
	if found[0].Verb != "defaults" || found[0].Where != OnPackage || found[0].Decl != nil {
		t.Errorf("first is %+v", found[0])
	}
}

func TestScanDecl(t *testing.T) {
	_, found, _ := scan(t, "package p\n\n//wps:http\n//wps:output hub=a\nfunc F() {}\n")
	if len(found) != 2 {
		t.Fatalf("found %d directives, want 2", len(found))
	}
	for _, d := range found {
		if fn, ok := d.Decl.(*ast.FuncDecl); !ok || fn.Name.Name != "F" {
			t.Errorf("%s stands on %v", d, d.Decl)
		}
	}
}

func TestScanAbovePackage(t *testing.T) {
	_, found, _ := scan(t, "//wps:defaults hub=a\n\npackage p //wps:http\n\nvar X int\n")
	if len(found) != 2 || found[0].Where != BlankLine || found[1].Where != AfterCode {
		t.Errorf("found %v", found)
	}
}

func TestWhereFloating(t *testing.T) {
	for w := OnFunc; w <= AtEnd; w++ {
		if got, want := w.Floating(), w >= InBody; got != want || w.String() == "" {
			t.Errorf("%s: floating is %t", w, got)
		}
	}
}

func TestNearMisses(t *testing.T) {
	for _, test := range []struct {
		comment string
		fix     string
	}{
		{"// wps:trigger hub=chat eventType=user", "//wps:trigger hub=chat eventType=user"},
		{"// wps:trigger", "//wps:trigger"},
		{"// wps:http", "//wps:http"},
		{"//WPS:trigger hub=chat", "//wps:trigger hub=chat"},
		{"//Wps:trigger", "//wps:trigger"},
		{"// WPS:Trigger hub=chat", "//wps:trigger hub=chat"},
		{"//wps: trigger hub=chat", "//wps:trigger hub=chat"},
		{"//wps :trigger", "//wps:trigger"},
		{"//wps : trigger hub=a", "//wps:trigger hub=a"},
		{"//wps_trigger", "//wps:trigger"},
		{"//wps-trigger hub=chat", "//wps:trigger hub=chat"},
		{"//wps.trigger hub=chat", "//wps:trigger hub=chat"},
		{"//wps/trigger", "//wps:trigger"},
		{"//wps=trigger hub=a", "//wps:trigger hub=a"},
		{"//+wps:trigger hub=chat", "//wps:trigger hub=chat"},
		{"// +wps:trigger hub=chat", "//wps:trigger hub=chat"},
		{"// @wps:http", "//wps:http"},
		{"//wps:Trigger hub=chat", "//wps:trigger hub=chat"},
		{"//wps:Trigger", "//wps:trigger"},
		{"//wps trigger hub=chat", "//wps:trigger hub=chat"},
		{"//wsp:trigger hub=chat", "//wps:trigger hub=chat"},
		{"//	wps:trigger hub=chat eventType=user", "//wps:trigger hub=chat eventType=user"},
		{"//   wps:trigger hub=chat", "//wps:trigger hub=chat"},
		{"//\u00A0wps:http", "//wps:http"},
		{"///wps:http", "//wps:http"},
		{"/// wps:http", "//wps:http"},
		{"//! wps:http", "//wps:http"},
		{"//#wps:http", "//wps:http"},
		{"//wps::http", "//wps:http"},
		{"//wps;http", "//wps:http"},
		{"//wps：trigger hub=chat", "//wps:trigger hub=chat"},
		{"/** wps:http */", "//wps:http"},
		{"/*\n * wps:http\n */", "//wps:http"},
		{"// wps:triger", "//wps:triger"},
		{"// wps:queue name=a", "//wps:queue name=a"},
		{`// wps:output hub="my hub"`, `//wps:output hub="my hub"`},
		{"// wps:trigger hub=chat unsigned", "//wps:trigger hub=chat unsigned"},
		{"// wps:trigger unsigned hub=chat", "//wps:trigger unsigned hub=chat"},
		{"// wps:trigger hub = chat", "//wps:trigger hub = chat"},
		{"/*wps:trigger hub=chat*/", "//wps:trigger hub=chat"},
		{"/* wps:trigger hub=chat */", "//wps:trigger hub=chat"},
		{"/*\nwps:trigger hub=chat\n*/", "//wps:trigger hub=chat"},
		{"/*\nwps:trigger hub=chat\nwps:output hub=chat\n*/", ""},
	} {
		src := "package p\n\n" + test.comment + "\nfunc F() {}\n"
		fset, found, problems := scan(t, src)
		if len(found) != 0 || len(problems) != 1 || problems[0].Kind != NearMiss {
			t.Errorf("%s: %v, %v", test.comment, found, problems)
			continue
		}
		p := problems[0]
		if p.Fix != test.fix {
			t.Errorf("%s: fix %q, want %q", test.comment, p.Fix, test.fix)
		}
		if at := src[fset.Position(p.Pos).Offset:fset.Position(p.End).Offset]; at != test.comment {
			t.Errorf("%s: the problem encloses %q", test.comment, at)
		}
	}
}

func TestNearMissesInARow(t *testing.T) {
	_, _, problems := scan(t, "package p\n\n// F does.\n//\n//go:noinline\n// wps:http\n// wps:output\n// wps:connection hub=a\n//nolint\nfunc F() {}\n")
	if len(problems) != 3 {
		t.Errorf("%d problems, want 3: %v", len(problems), problems)
	}
}

// TestNearMissFixes applies each fix and looks whether a directive stands there afterwards.
func TestNearMissFixes(t *testing.T) {
	for _, src := range []string{
		"package p\n\n// wps:trigger hub=a\nfunc F() {}\n",
		"package p\n\n/* wps:trigger hub=a */\nfunc F() {}\n",
		"package p\n\n/* wps:trigger hub=a */ func F() {}\n",
		"package p\n\n// F does.\n// wps:trigger hub=a\nfunc F() {}\n",
	} {
		fset, _, problems := scan(t, src)
		if len(problems) != 1 {
			t.Errorf("%s: %v", src, problems)
			continue
		}
		p := problems[0]
		mended := src[:fset.Position(p.Pos).Offset] + p.Fix + src[fset.Position(p.End).Offset:]
		formatted, err := format.Source([]byte(mended))
		if err != nil {
			t.Fatal(err)
		}
		_, found, problems := scan(t, string(formatted))
		if len(found) != 1 || len(problems) != 0 || found[0].Where != OnFunc {
			t.Errorf("%s\nbecomes\n%s\nwith %v and %v", src, formatted, found, problems)
		}
	}
}

// TestProse holds documentation that mentions directives; none of it is a finding.
func TestProse(t *testing.T) {
	for _, comment := range []string{
		"// The wps:trigger directive runs a function.",
		"// wps:trigger runs a function.",
		"// wps:trigger and wps:output are directives.",
		"// wps:trigger needs hub=chat eventType=user eventName=message.",
		"// wps:trigger takes hub=chat and more",
		"// wps:trigger, like every directive, stands above a function.",
		"// wps: the Web PubSub runtime.",
		"// wps is the package's name.",
		"// Package wps holds what generated code needs.",
		"// wps.Connection is a URL and a token.",
		"//wps.Unauthorized(\"no\")",
		"//wps.Connection",
		"// wps - output for chats",
		"// wps - output",
		"// wps/runtime holds it",
		"// Use it so:\n//\n//	wps:trigger hub=chat eventType=user",
		"// Use it so:\n//   wps:trigger hub=chat",
		"//   wps:trigger hub=chat\n// makes it run.",
		"// * wps:trigger hub=chat",
		"// # wps:trigger hub=chat",
		"// Use it so:\n//\n//	//wps:trigger hub=chat",
		"// - wps:trigger hub=chat",
		"// See also\n// wps:trigger\n// and the others.",
		"// A directive such as\n// wps:http",
		"// Write //wps:trigger above it.",
		"// use trigger hub=x",
		"//go:generate wps:trigger hub=a",
		"//lint:ignore U1000 wps:trigger hub=chat",
		"// ws:trigger",
		"// ps: output follows",
		"//https://example.com",
		"//nolint:errcheck",
		"/* The wps:trigger directive. */",
		"/*\nwps:trigger\n\nThis verb runs a function.\n*/",
		"/*\n\twps:trigger is for events.\n*/",
		"//",
		"/**/",
		"// #wps:trigger",
		"// # wps:trigger",
	} {
		_, found, problems := scan(t, "package p\n\n"+comment+"\nfunc F() {}\n")
		if len(found) != 0 || len(problems) != 0 {
			t.Errorf("%s\n%v %v", comment, found, problems)
		}
	}
}

func TestScanPassesOnParseProblems(t *testing.T) {
	_, found, problems := scan(t, "package p\n\n//wps:trigger hub=a hub=b\nfunc F() {}\n\n//wps:\nfunc G() {}\n")
	if len(found) != 1 || len(problems) != 2 || problems[0].Kind != DuplicateKey || problems[1].Kind != Syntax {
		t.Errorf("%v %v", found, problems)
	}
	if !strings.Contains(problems[1].Message, "no verb") {
		t.Error(problems[1].Message)
	}
}

func TestProblemsKeepSecrets(t *testing.T) {
	const secret = "Endpoint=https://a;AccessKey=s3cr3t=;Version=1.0;"
	for _, comment := range []string{
		"// wps:output connection=" + secret,
		"//wps:output connection=" + secret + " connection=" + secret,
		`//wps:output connection="` + secret + `"` + secret,
		`//wps:output connection="\q` + secret + `"`,
		"//wps:output connection =" + secret,
		"//wps:output (" + secret,
		"//wps:output," + secret,
	} {
		_, _, problems := scan(t, "package p\n\n"+comment+"\nfunc F() {}\n")
		if len(problems) == 0 {
			t.Errorf("%s: no problem", comment)
		}
		for _, p := range problems {
			if strings.Contains(p.Message+p.Hint, "s3cr3t") {
				t.Errorf("%s: %s; %s", comment, p.Message, p.Hint)
			}
		}
	}
}
