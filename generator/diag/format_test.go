package diag

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// sample is a report with everything that a report can have, about files in a new folder.
func sample(t *testing.T) *Report {
	t.Helper()
	dir := t.TempDir()
	for name, content := range map[string]string{
		"app/a b.go": "package app\n\n//wps:http metods=get //é %,:\nfunc F() {}\n",
		"app/b.go":   "package app\n\n\tvar 😀x = 1\n",
	} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	a, b := filepath.Join(dir, "app", "a b.go"), filepath.Join(dir, "app", "b.go")
	at := func(file string, line, column, end int) Place { return Place{file, line, column, line, end} }
	return &Report{
		Root: dir, Version: "v1.2.3",
		Findings: []Finding{
			{
				Code: UnknownKey, Place: at(a, 3, 12, 18), Message: "no key metods: 100%, or so", Hint: "write methods",
				Related: []Related{{at(b, 3, 10, 11), "as here"}, {Place{File: filepath.Join(dir, "host.json")}, "a\nfile"}},
				Edits:   []Edit{{at(a, 3, 12, 18), "methods"}, {Place: Place{a, 4, 1, 5, 1}}},
			},
			{
				Code: Deprecated, Place: at(b, 3, 10, 11), Message: "old",
				Edits: []Edit{{at(b, 3, 10, 11), "AccessKey=secret"}},
			},
			{Code: BadHostFile, Place: Place{File: filepath.Join(dir, "host.json")}, Message: "gone"},
			{Code: SyntaxError, Place: Place{File: "/else/where.go", Line: 7}, Message: "far"},
		},
	}
}

// TestFormats compares what every format makes of the sample with testdata/sample.*; UPDATE_GOLDEN=1 records it.
func TestFormats(t *testing.T) {
	for name, file := range map[string]string{
		FormatText: "sample.txt", FormatShort: "sample.short.txt", FormatJSON: "sample.json",
		FormatSARIF: "sample.sarif", FormatGitHub: "sample.github.txt", "color": "sample.color.txt", "fixed": "sample.fixed.json",
	} {
		t.Run(name, func(t *testing.T) {
			r := sample(t)
			format, err := NewFormat(name, false)
			switch name {
			case "color":
				format, err = NewFormat(FormatText, true)
			case "fixed":
				format, err = NewFormat(FormatJSON, false)
				r.Findings, r.Fixed = nil, r.Findings[:1]
			}
			if err != nil {
				t.Fatal(err)
			}
			var b strings.Builder
			if err := format.Write(&b, r); err != nil {
				t.Fatal(err)
			}
			golden(t, file, strings.ReplaceAll(b.String(), filepath.ToSlash(r.Root), "/root"))
		})
	}
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	path := filepath.Join("testdata", file)
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s is other than expected; got\n%s\nwant\n%s", file, got, want)
	}
}

// TestFormatsLevel shows the severity a finding has, and not that of its code, in every format.
func TestFormatsLevel(t *testing.T) {
	r := &Report{Findings: []Finding{{Code: UnknownKey, Place: Place{File: "a.go", Line: 1}, Message: "no key", Level: Warning}}}
	for name, want := range map[string]string{
		FormatText: "warning: WPS106", FormatShort: "warning: WPS106", FormatJSON: `"severity": "warning"`,
		FormatSARIF: `"ruleIndex": 0,
          "level": "warning"`, FormatGitHub: "::warning ",
	} {
		format, err := NewFormat(name, false)
		if err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		if err := format.Write(&out, r); err != nil || !strings.Contains(out.String(), want) {
			t.Errorf("%s: %v, %s", name, err, &out)
		}
	}
}

func TestFormatsKeepSecrets(t *testing.T) {
	for _, name := range FormatNames() {
		format, err := NewFormat(name, true)
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		if err := format.Write(&b, sample(t)); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(b.String(), "secret") {
			t.Errorf("%s tells the secret:\n%s", name, b.String())
		}
	}
}

func TestFormatsFail(t *testing.T) {
	for _, name := range FormatNames() {
		format, err := NewFormat(name, false)
		if err != nil {
			t.Fatal(err)
		}
		w := fullAfter(0)
		if err := format.Write(&w, sample(t)); !errors.Is(err, errFull) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestNoFindings(t *testing.T) {
	for name, want := range map[string]string{
		FormatText: "", FormatShort: "", FormatGitHub: "",
		FormatJSON: "{\n  \"version\": 1,\n  \"findings\": [],\n  \"summary\": {\n    \"errors\": 0,\n    \"warnings\": 0,\n    \"fixed\": 0\n  }\n}\n",
	} {
		format, err := NewFormat(name, false)
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		if err := format.Write(&b, &Report{Root: "/"}); err != nil || b.String() != want {
			t.Errorf("%s writes %q, %v", name, b.String(), err)
		}
	}
}

func TestNewFormatUnknown(t *testing.T) {
	_, err := NewFormat("xml", false)
	if err == nil || !strings.Contains(err.Error(), `"xml"; formats are text, short, json, sarif, github`) {
		t.Errorf("the error is %v", err)
	}
}

// TestFormatsPrintable gives names and messages that would command a terminal, or Actions.
func TestFormatsPrintable(t *testing.T) {
	r := &Report{Root: "/", Findings: []Finding{{Code: BadName, Place: Place{File: "/a\n::error::b\x1b.go"}, Message: "m\x1b[2J\n::warning::x"}}}
	for _, format := range []Format{Text{}, Short{}, GitHub{}} {
		var b strings.Builder
		if err := format.Write(&b, r); err != nil {
			t.Fatal(err)
		}
		if strings.Count(b.String(), "\n") != 1 {
			t.Errorf("%T writes several lines: %q", format, b.String())
		}
		if _, github := format.(GitHub); !github && strings.Contains(b.String(), "\x1b") {
			t.Errorf("%T writes escapes: %q", format, b.String())
		}
	}
}
