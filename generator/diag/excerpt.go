package diag

import (
	"strings"
	"unicode/utf8"
)

// Measures of an excerpt, in columns of a terminal.
const (
	tabWidth   = 4
	maxExcerpt = 120 // what is shown of a line
	leadIn     = 40  // what is shown before the place when all of the line is too much
)

// excerpt is a line as a terminal shows it.
type excerpt struct {
	text string
	// pad columns lie before the place, span columns in it.
	pad, span int
}

// cell is one character of a line.
type cell struct {
	text  string
	width int
	at    int // its first byte in the line
}

// newExcerpt makes an excerpt of a line for a place in it. Secrets, tabs and what a terminal would
// take for commands are replaced.
func newExcerpt(line []byte, at Place) excerpt {
	cells := cellsOf(mask(line))
	first, last := at.cells(cells, len(line))
	from, to := window(cells, first)
	var e excerpt
	var b strings.Builder
	if from > 0 {
		b.WriteString("…")
		e.pad++
	}
	for i, c := range cells[from:to] {
		b.WriteString(c.text)
		switch i += from; {
		case i < first:
			e.pad += c.width
		case i < last:
			e.span += c.width
		}
	}
	if to < len(cells) {
		b.WriteString("…")
	}
	e.text = strings.TrimRight(b.String(), " ")
	if at.Column > 0 && e.span == 0 {
		e.span = 1 // an empty place, or the end of the line
	}
	return e
}

// marks returns what stands below the place, nothing where only the line is known.
func (e excerpt) marks(mark byte) string { return strings.Repeat(string(mark), e.span) }

// cells returns which cells of its first line, of size bytes, lie in a place.
func (p Place) cells(cells []cell, size int) (first, last int) {
	if p.Column < 1 {
		return 0, 0
	}
	from, to := p.Column-1, p.Column
	switch {
	case p.EndLine == p.Line && p.EndColumn > 0:
		to = p.EndColumn - 1
	case p.EndLine > p.Line:
		to = size
	}
	return cellAt(cells, from), cellAt(cells, to)
}

// cellAt returns the index of the first cell at or behind a byte of the line.
func cellAt(cells []cell, at int) int {
	for i, c := range cells {
		if c.at >= at {
			return i
		}
	}
	return len(cells)
}

// cellsOf takes a line apart.
func cellsOf(line []byte) []cell {
	var cells []cell
	column := 0
	for at := 0; at < len(line); {
		r, size := utf8.DecodeRune(line[at:])
		c := cell{text: printable(r), width: width(r), at: at}
		if r == '\t' {
			c.width = tabWidth - column%tabWidth
			c.text = strings.Repeat(" ", c.width)
		}
		cells = append(cells, c)
		column += c.width
		at += size
	}
	return cells
}

// window returns which cells of a line are shown when the one with an index has to be among them.
func window(cells []cell, index int) (from, to int) {
	total, before := 0, 0
	for i, c := range cells {
		total += c.width
		if i < index {
			before += c.width
		}
	}
	if total <= maxExcerpt {
		return 0, len(cells)
	}
	for skip := min(before-leadIn, total-maxExcerpt); skip > 0 && from < len(cells); from++ {
		skip -= cells[from].width
	}
	room := maxExcerpt
	for to = from; to < len(cells) && room >= cells[to].width; to++ {
		room -= cells[to].width
	}
	return from, to
}
