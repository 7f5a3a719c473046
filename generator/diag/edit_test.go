package diag

import (
	"bytes"
	"slices"
	"testing"
)

// replacing is a finding with one edit in one line of a.go.
func replacing(line, column, endColumn int, text string) Finding {
	return Finding{Edits: []Edit{{Place{"a.go", line, column, line, endColumn}, text}}}
}

func TestApply(t *testing.T) {
	const src = "one two\nthree\n"
	both := replacing(1, 1, 4, "1")
	both.Edits = append(both.Edits, replacing(2, 1, 6, "3").Edits...)
	self := replacing(1, 1, 4, "1")
	self.Edits = append(self.Edits, replacing(1, 2, 5, "2").Edits...)
	elsewhere := replacing(1, 1, 2, "x")
	elsewhere.Edits[0].Place.File = "b.go"
	noEnd := replacing(1, 1, 2, "x")
	noEnd.Edits[0].Place.EndLine = 0
	lines := Finding{Edits: []Edit{{Place{"a.go", 1, 4, 2, 1}, " "}}}
	for _, tt := range []struct {
		name     string
		findings []Finding
		want     string
		applied  []bool
	}{
		{"none", nil, src, []bool{}},
		{"no edits", []Finding{{}}, src, []bool{false}},
		{"one", []Finding{replacing(1, 5, 8, "2")}, "one 2\nthree\n", []bool{true}},
		{"two", []Finding{replacing(2, 1, 6, "3"), replacing(1, 5, 8, "2")}, "one 2\n3\n", []bool{true, true}},
		{"neighbours", []Finding{replacing(1, 1, 4, "1"), replacing(1, 4, 8, "+")}, "1+\nthree\n", []bool{true, true}},
		{"overlapping", []Finding{replacing(1, 1, 4, "1"), replacing(1, 3, 8, "2")}, "1 two\nthree\n", []bool{true, false}},
		{"the same twice", []Finding{replacing(1, 1, 4, "1"), replacing(1, 1, 4, "1")}, "1 two\nthree\n", []bool{true, true}},
		{"one range, two texts", []Finding{replacing(1, 1, 4, "1"), replacing(1, 1, 4, "2")}, "1 two\nthree\n", []bool{true, false}},
		{"inserted at one place", []Finding{replacing(1, 4, 4, "A"), replacing(1, 4, 4, "B")}, "oneAB two\nthree\n", []bool{true, true}},
		{"inserted where text goes", []Finding{replacing(1, 1, 4, ""), replacing(1, 1, 1, "A"), replacing(1, 4, 4, "B"), replacing(1, 2, 2, "C")},
			"AB two\nthree\n", []bool{true, true, true, false}},
		{"altogether", []Finding{both}, "1 two\n3\n", []bool{true}},
		{"or not at all", []Finding{replacing(2, 2, 3, "x"), both}, "one two\ntxree\n", []bool{true, false}},
		{"over itself", []Finding{self}, src, []bool{false}},
		{"over a line's end", []Finding{lines}, "one three\n", []bool{true}},
		{"at the end", []Finding{replacing(3, 1, 1, "x")}, src + "x", []bool{true}},
		{"behind the line", []Finding{replacing(1, 9, 9, "x")}, src, []bool{false}},
		{"behind the end", []Finding{replacing(4, 1, 1, "x")}, src, []bool{false}},
		{"backwards", []Finding{replacing(1, 3, 2, "x")}, src, []bool{false}},
		{"no column", []Finding{replacing(1, 0, 2, "x")}, src, []bool{false}},
		{"no end", []Finding{noEnd}, src, []bool{false}},
		{"another file", []Finding{elsewhere}, src, []bool{false}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			out, applied := Apply("a.go", []byte(src), tt.findings)
			if string(out) != tt.want || !slices.Equal(applied, tt.applied) {
				t.Errorf("got %q %v, want %q %v", out, applied, tt.want, tt.applied)
			}
		})
	}
}

func TestApplyCRLF(t *testing.T) {
	out, _ := Apply("a.go", []byte("a\r\nb\r\n"), []Finding{replacing(2, 1, 1, "x\ny\r\n")})
	if want := "a\r\nx\r\ny\r\nb\r\n"; string(out) != want {
		t.Errorf("got %q, want %q", out, want)
	}
}

// FuzzApply makes two edits anywhere: what is not in a place stays, and what was applied is there.
func FuzzApply(f *testing.F) {
	f.Add([]byte("one two\nthree\n"), 1, 1, 1, 4, "1", 2, 1, 2, 6, "3")
	f.Add([]byte("a\r\nb"), 1, 2, 2, 1, "\n", 1, 1, 1, 1, "")
	f.Add([]byte(""), 1, 1, 1, 1, "x", 1, 1, 1, 1, "y")
	f.Fuzz(func(t *testing.T, src []byte, l1, c1, el1, ec1 int, t1 string, l2, c2, el2, ec2 int, t2 string) {
		first := Finding{Edits: []Edit{{Place{"a", l1, c1, el1, ec1}, t1}}}
		second := Finding{Edits: []Edit{{Place{"a", l2, c2, el2, ec2}, t2}}}
		before := bytes.Clone(src)
		out, applied := Apply("a", src, []Finding{first, second})
		if !bytes.Equal(src, before) {
			t.Fatal("the source was changed")
		}
		length := len(src)
		for i, finding := range []Finding{first, second} {
			if !applied[i] {
				continue
			}
			spans, ok := spansOf("a", src, lineStarts(src), finding.Edits)
			if !ok || spans[0].from < 0 || spans[0].to > len(src) {
				t.Fatalf("an edit that is not in the source was applied: %+v", finding.Edits)
			}
			if i == 1 && applied[0] && finding.Edits[0] == first.Edits[0] {
				continue // made once
			}
			length += len(spans[0].text) - (spans[0].to - spans[0].from)
		}
		if !applied[0] && !applied[1] && !bytes.Equal(out, src) {
			t.Fatalf("nothing was applied, and %q became %q", src, out)
		}
		if !bytes.Contains(src, []byte("\r\n")) && len(out) != length {
			t.Fatalf("%d bytes, want %d", len(out), length)
		}
	})
}
