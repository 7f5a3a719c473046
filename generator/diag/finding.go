// Package diag is the model of findings: what is wrong, where, what else is involved and the way out.
package diag

import (
	"cmp"
	"fmt"
	"slices"
)

// Place is a stretch of a file. Lines and columns count from 1, columns in bytes; a zero Line means the
// whole file and a zero EndLine means that the end is not known.
type Place struct {
	File      string
	Line      int
	Column    int
	EndLine   int
	EndColumn int
}

// String returns file:line:column, leaving out what is not known.
func (p Place) String() string {
	switch {
	case p.Line == 0:
		return p.File
	case p.Column == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// Related is another place a finding involves, with what stands there.
type Related struct {
	Place   Place
	Message string
}

// String returns the place and what stands there.
func (r Related) String() string { return fmt.Sprintf("%s: %s", r.Place, r.Message) }

// Edit replaces the text of a place, whose end is known.
type Edit struct {
	Place   Place
	NewText string
}

// Finding is one thing wrong at one place.
type Finding struct {
	// Code is permanent: WPS1xx syntax, 2xx meaning, 3xx signature, 4xx JSON files, 5xx output, 9xx internal.
	Code Code
	// Place is where to look first.
	Place Place
	// Message says what is wrong, in one line without a full stop.
	Message string
	// Hint is the way out, if there is one to name.
	Hint string
	// Related are the other places involved.
	Related []Related
	// Edits mend it, when that can be done without asking.
	Edits []Edit
	// Level, when not empty, is the severity that the project, or what is not known of the app, gives it in
	// place of the code's own.
	Level Severity
}

// Severity returns the finding's severity: its Level, else the one declared for its code.
func (f Finding) Severity() Severity { return cmp.Or(f.Level, f.Code.Declaration().Severity) }

// String returns place, code, message and hint in one line. A warning says that it is one before its code.
func (f Finding) String() string {
	return fmt.Sprintf("%s: %s: %s", f.Place, f.label(), f.text())
}

// label is the code, behind the severity where that is not the usual one.
func (f Finding) label() string {
	if f.Severity() == Warning {
		return string(Warning) + ": " + string(f.Code)
	}
	return string(f.Code)
}

// text is message and hint.
func (f Finding) text() string {
	if f.Hint == "" {
		return f.Message
	}
	return f.Message + "; " + f.Hint
}

// Sort orders findings by file, line, column, code and message, and drops exact repeats.
func Sort(findings []Finding) []Finding {
	slices.SortStableFunc(findings, func(a, b Finding) int {
		return cmp.Or(
			cmp.Compare(a.Place.File, b.Place.File),
			cmp.Compare(a.Place.Line, b.Place.Line),
			cmp.Compare(a.Place.Column, b.Place.Column),
			cmp.Compare(a.Code, b.Code),
			cmp.Compare(a.Message, b.Message),
		)
	})
	return slices.CompactFunc(findings, func(a, b Finding) bool {
		return a.Place == b.Place && a.Code == b.Code && a.Message == b.Message
	})
}

// HasErrors reports whether one of the findings is an error.
func HasErrors(findings []Finding) bool {
	return slices.ContainsFunc(findings, func(f Finding) bool { return f.Severity() == Error })
}
