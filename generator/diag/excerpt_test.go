package diag

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// rendered prints a finding at a place in a file of that content.
func rendered(t *testing.T, content string, at Place) string {
	t.Helper()
	dir := t.TempDir()
	at.File = filepath.Join(dir, "a.go")
	if err := os.WriteFile(at.File, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := (Text{}).Write(&b, &Report{Findings: []Finding{{Code: BadName, Place: at, Message: "m"}}, Root: dir}); err != nil {
		t.Fatal(err)
	}
	_, below, _ := strings.Cut(b.String(), "\n")
	return below
}

func TestExcerpt(t *testing.T) {
	at := func(line, column, endLine, endColumn int) Place {
		return Place{Line: line, Column: column, EndLine: endLine, EndColumn: endColumn}
	}
	for _, tt := range []struct {
		name, content string
		at            Place
		want          string
	}{
		{"range", "a\nfunc F() {}\n", at(2, 6, 2, 7), "    2 | func F() {}\n      |      ^\n"},
		{"tabs", "\tx :=\t1 // é\n", at(1, 7, 1, 8), "    1 |     x :=    1 // é\n      |             ^\n"},
		{"in a tab", "\tx\n", at(1, 1, 1, 2), "    1 |     x\n      | ^^^^\n"},
		{"behind two bytes", "é := 1\n", at(1, 4, 1, 6), "    1 | é := 1\n      |   ^^\n"},
		{"wide", "世界 = 1 😀\n", at(1, 4, 1, 7), "    1 | 世界 = 1 😀\n      |   ^^\n"},
		{"combining", "e\u0301x = 1\n", at(1, 4, 1, 5), "    1 | e\u0301x = 1\n      |  ^\n"},
		{"invalid UTF-8", "a\xff\xfeb\n", at(1, 4, 1, 5), "    1 | a\uFFFD\uFFFDb\n      |    ^\n"},
		{"in a character", "é\n", at(1, 2, 1, 3), "    1 | é\n      |  ^\n"},
		{"commands", "a\x1b[2J\x07\u202eb\n", at(1, 10, 1, 11), "    1 | a\uFFFD[2J\uFFFD\uFFFDb\n      |        ^\n"},
		{"CRLF", "abc\r\ndef\r\n", at(1, 4, 1, 4), "    1 | abc\n      |    ^\n"},
		{"no end", "abc\n", at(1, 2, 0, 0), "    1 | abc\n      |  ^\n"},
		{"several lines", "abc\ndef\n", at(1, 2, 2, 2), "    1 | abc\n      |  ^^\n"},
		{"end of the line", "abc\n", at(1, 4, 1, 4), "    1 | abc\n      |    ^\n"},
		{"behind the line", "abc\n", at(1, 90, 1, 99), "    1 | abc\n      |    ^\n"},
		{"end before the beginning", "abc\n", at(1, 3, 1, 1), "    1 | abc\n      |   ^\n"},
		{"line only", "abc\n", at(1, 0, 0, 0), "    1 | abc\n"},
		{"last line", "abc", at(1, 1, 1, 4), "    1 | abc\n      | ^^^\n"},
		{"no such line", "abc", at(2, 1, 2, 4), ""},
		{"the file", "abc", Place{}, ""},
		{"key", "x AccessKey=abc; y\n", at(1, 18, 1, 19), "    1 | x AccessKey=***; y\n      |                  ^\n"},
		{"six digits", strings.Repeat("\n", 123455) + "x\n", at(123456, 1, 0, 0), "123456 | x\n      | ^\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := rendered(t, tt.content, tt.at); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

// TestLongLines keeps what is shown of a line short, and the marks below what they are about.
func TestLongLines(t *testing.T) {
	for _, tt := range []struct{ column, length int }{{1, 3}, {50, 3}, {5000, 3}, {9990, 11}, {10001, 1}, {1, 10000}, {3000, 7000}} {
		line := strings.Repeat("x", 10000)
		if tt.length < 100 {
			line = line[:tt.column-1] + strings.Repeat("y", tt.length)
			line += strings.Repeat("x", max(0, 10000-len(line)))
		}
		got := rendered(t, line+"\n", Place{Line: 1, Column: tt.column, EndLine: 1, EndColumn: tt.column + tt.length})
		shown, marks, ok := strings.Cut(strings.TrimSuffix(got, "\n"), "\n")
		if !ok || len(shown) > maxExcerpt+20 {
			t.Fatalf("column %d: %d bytes are shown, %q", tt.column, len(shown), got)
		}
		columns := []rune(shown)
		for i, c := range marks {
			if tt.length < 100 && (c == '^') != (columns[i] == 'y') {
				t.Errorf("column %d: the marks are elsewhere:\n%s", tt.column, got)
				break
			}
		}
		if !strings.Contains(marks, "^") {
			t.Errorf("column %d: no marks:\n%s", tt.column, got)
		}
	}
}

func TestSourcesReadsFilesOnly(t *testing.T) {
	var s Sources
	if _, ok := s.Line(t.TempDir(), 1); ok {
		t.Error("a folder has a line")
	}
	if _, ok := s.Line(filepath.Join(t.TempDir(), "none"), 1); ok {
		t.Error("no file has a line")
	}
}

func TestMask(t *testing.T) {
	for in, want := range map[string]string{
		"Endpoint=https://a;AccessKey=c2Vj=;V=1": "Endpoint=https://a;AccessKey=*****;V=1",
		`"AccountKey=abc","sig=x&se=1"`:          `"AccountKey=***","sig=*&se=1"`,
		"partitionKey=abc key=abc":               "partitionKey=abc key=abc",
		"":                                       "",
	} {
		line := []byte(in)
		if got := string(mask(line)); got != want {
			t.Errorf("mask(%s) is %s, want %s", in, got, want)
		}
		if string(line) != in {
			t.Errorf("mask changed %s", in)
		}
	}
}
