package diag

import (
	"bufio"
	"fmt"
	"io"
	"path/filepath"
)

// Text is for people: what [Short] prints, and below each place the line of source that it is about, with
// marks under the part that is meant. A file that cannot be read just has no such lines.
type Text struct {
	// Color adds the escape sequences that terminals make colours of.
	Color bool
}

// Write prints the findings of a report. The error is that of writing.
func (t Text) Write(w io.Writer, r *Report) error {
	p := &textPrinter{Writer: bufio.NewWriter(w), report: r}
	if t.Color {
		p.palette = ansi
	}
	for _, f := range r.Findings {
		p.finding(f)
	}
	return p.Flush()
}

// textPrinter prints one report. Its writer keeps the first error until it is flushed.
type textPrinter struct {
	*bufio.Writer
	report  *Report
	palette palette
}

func (p *textPrinter) finding(f Finding) {
	at := f.Place
	at.File = Relative(p.report.Root, at.File)
	word, mark := p.palette.failure, p.palette.failure
	if f.Severity() == Warning {
		word, mark = p.palette.warning, p.palette.warning
	}
	fmt.Fprintf(p, "%s: %s: %s", p.palette.place.paint(Printable(at.String())), word.paint(f.label()), Printable(f.Message))
	if f.Hint != "" {
		fmt.Fprintf(p, "; %s", p.palette.hint.paint(Printable(f.Hint)))
	}
	p.WriteByte('\n')
	p.excerpt(f.Place, mark, '^')
	for _, other := range f.Related {
		at := other.Place
		at.File = Relative(p.report.Root, at.File)
		fmt.Fprintf(p, "\t%s: %s\n", p.palette.place.paint(Printable(at.String())), Printable(other.Message))
		p.excerpt(other.Place, p.palette.other, '-')
	}
}

// excerpt prints the line of a place and marks the place in it.
func (p *textPrinter) excerpt(at Place, style style, mark byte) {
	line, ok := p.report.sources().Line(at.File, at.Line)
	if !ok {
		return
	}
	shown := newExcerpt(line, at)
	fmt.Fprintf(p, "%s %s\n", p.palette.gutter.paint(fmt.Sprintf("%5d |", at.Line)), shown.text)
	if marks := shown.marks(mark); marks != "" {
		fmt.Fprintf(p, "%s %*s%s\n", p.palette.gutter.paint("      |"), shown.pad, "", style.paint(marks))
	}
}

// WriteText prints findings as [Short] does. Files are named as [Relative] has them. The error is that of writing.
func WriteText(w io.Writer, findings []Finding, dir string) error {
	return Short{}.Write(w, &Report{Findings: findings, Root: dir})
}

// Relative names a file relative to a folder where that is the shorter name, with slashes on every system.
func Relative(dir, file string) string {
	rel, err := filepath.Rel(dir, file)
	if err != nil || len(rel) > len(file) {
		rel = file
	}
	return filepath.ToSlash(rel)
}
