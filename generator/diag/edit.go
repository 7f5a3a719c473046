package diag

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
)

// span is an edit of a text, with the bytes it replaces.
type span struct {
	from, to int
	text     string
}

// overlaps reports whether two edits cannot both be made. Two that insert at the same place can, one
// after the other, and so can neighbours.
func (s span) overlaps(o span) bool {
	if s.from == s.to || o.from == o.to {
		return s.from < o.to && o.from < s.to
	}
	return max(s.from, o.from) < min(s.to, o.to)
}

// Apply makes the edits of findings in a file of that content, all of those that fit together: each
// finding's are made altogether or not at all, and where two findings want the same text changed
// differently, the first one has its way. It returns the new content and whether the edits of each finding
// were made. Findings without edits, with edits in another file, or with places that src does not have, are
// passed over. Ends of lines in new text become those of the file.
func Apply(file string, src []byte, findings []Finding) (out []byte, applied []bool) {
	lines := lineStarts(src)
	crlf := bytes.Contains(src, []byte("\r\n"))
	applied = make([]bool, len(findings))
	var taken []span
	for i, f := range findings {
		spans, ok := spansOf(file, src, lines, f.Edits)
		if !ok || !fits(taken, spans) {
			continue
		}
		applied[i] = true
		for _, s := range spans {
			if crlf {
				s.text = strings.ReplaceAll(strings.ReplaceAll(s.text, "\r\n", "\n"), "\n", "\r\n")
			}
			if !slices.Contains(taken, s) {
				taken = append(taken, s)
			}
		}
	}
	return replace(src, taken), applied
}

// fits reports whether new edits can be made beside others. The same change twice is one.
func fits(taken, spans []span) bool {
	for i, s := range spans {
		for _, t := range taken {
			if s.overlaps(t) && s != t {
				return false
			}
		}
		for _, t := range spans[:i] {
			if s.overlaps(t) {
				return false
			}
		}
	}
	return true
}

// replace makes edits that do not overlap.
func replace(src []byte, spans []span) []byte {
	slices.SortStableFunc(spans, func(a, b span) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) })
	var out []byte
	at := 0
	for _, s := range spans {
		out = append(out, src[at:s.from]...)
		out = append(out, s.text...)
		at = s.to
	}
	return append(out, src[at:]...)
}

// spansOf finds the bytes that edits replace; false when there are none, or one is not in src.
func spansOf(file string, src []byte, lines []int, edits []Edit) ([]span, bool) {
	var spans []span
	for _, e := range edits {
		p := e.Place
		from, ok := offset(src, lines, p.Line, p.Column)
		to, known := offset(src, lines, p.EndLine, p.EndColumn)
		if p.File != file || !ok || !known || to < from {
			return nil, false
		}
		spans = append(spans, span{from, to, e.NewText})
	}
	return spans, len(spans) > 0
}

// lineStarts returns where the lines of src begin.
func lineStarts(src []byte) []int {
	starts := []int{0}
	for i, c := range src {
		if c == '\n' {
			starts = append(starts, i+1)
		}
	}
	return starts
}

// offset returns the byte at a line and column; false when there is none, not even the end of the line.
func offset(src []byte, lines []int, line, column int) (int, bool) {
	if line < 1 || line > len(lines) || column < 1 {
		return 0, false
	}
	end := len(src)
	if line < len(lines) {
		end = lines[line] - 1
	}
	at := lines[line-1] + column - 1
	return at, at <= end
}
