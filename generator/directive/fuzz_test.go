package directive

import (
	"go/parser"
	"go/token"
	"testing"
)

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"trigger hub=chat eventType=user unsigned", `x a="b c" "d=e f"`, "x a=`b`", "x a =b c= d = e",
		"x a=“b” c='d' e=’", `x a="`, "x a=\xff b=\"\xff\"", "x a=b // c", "x\u00a0a=b\u2028c", "x a=\"\\xff\" b=\"\\u00e9\"",
		"x a=`\r` b=\"\n\"", "x \"a\" =b", "x a=\u2019",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		text := Prefix + s
		d, problems := Parse(slash, text)
		end := slash + token.Pos(len(text))
		for _, p := range problems {
			ordered(t, slash, p.Pos, p.End, end)
			if p.Other.IsValid() {
				ordered(t, slash, p.Other, p.OtherEnd, end)
			}
			if p.Message == "" {
				t.Error("a problem without a message")
			}
		}
		if d == nil {
			if len(problems) == 0 {
				t.Error("neither directive nor problem")
			}
			return
		}
		ordered(t, d.Slash, d.VerbPos, d.VerbEnd(), d.End, end)
		for _, a := range d.Args {
			ordered(t, d.VerbEnd(), a.Pos, a.KeyPos, a.KeyEnd, a.ValuePos, a.End, d.End)
		}
		sameAgain(t, d)
	})
}

func ordered(t *testing.T, positions ...token.Pos) {
	t.Helper()
	for i := 1; i < len(positions); i++ {
		if positions[i] < positions[i-1] {
			t.Errorf("positions are out of order: %v", positions)
		}
	}
}

// sameAgain parses what String writes and compares all but the positions.
func sameAgain(t *testing.T, d *Directive) {
	t.Helper()
	again, problems := Parse(slash, d.String())
	if len(problems) > 0 || again.Verb != d.Verb || len(again.Args) != len(d.Args) {
		t.Fatalf("%s parses to %v with %v", d, again, problems)
	}
	for i, a := range d.Args {
		b := again.Args[i]
		if a.Key != b.Key || a.Flag != b.Flag || a.Value != b.Value || a.Quoted != b.Quoted {
			t.Errorf("%s: %+v became %+v", d, a, b)
		}
	}
}

func TestStringOfAnyValue(t *testing.T) {
	for _, value := range []string{"", "a", "a b", `a"b`, "“a”", "a”b", "'a", "`a", "a`b", "a\n", "\xff ", "=", "//", "a,b"} {
		quoted := Arg{Key: "key", Value: value, Quoted: true}
		sameAgain(t, &Directive{Verb: "x", Args: []Arg{quoted}})
		word := Arg{Key: "key", Value: value}
		again, problems := Parse(slash, Prefix+"x "+word.String())
		if len(problems) > 0 || again.Arg("key").Value != value {
			t.Errorf("%q becomes %s, with %v", value, again, problems)
		}
	}
}

func FuzzScan(f *testing.F) {
	for _, s := range []string{
		"//wps:trigger hub=chat", "// wps:trigger", "/*wps:trigger*/", "/* wps_trigger hub=a\n*/", "//WPS : Trigger a=b", "//@wps:http",
		"// + wps:http", "//",
	} {
		f.Add(s, true)
	}
	f.Fuzz(func(t *testing.T, comment string, above bool) {
		src := "package p\n\n" + comment + "\nfunc F() {}\n"
		if !above {
			src = "package p\n\nfunc F() {\n" + comment + "\n}\n"
		}
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, "p.go", src, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Skip()
		}
		found, problems := Scan(fset, file, verbs)
		for _, d := range found {
			ordered(t, file.FileStart, d.Slash, d.End, file.FileEnd)
			_ = d.Where.String()
		}
		for _, p := range problems {
			ordered(t, file.FileStart, p.Pos, p.End, file.FileEnd)
		}
	})
}
