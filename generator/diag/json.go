package diag

import (
	"encoding/json"
	"io"
)

// jsonVersion is that of the document's schema. It changes when a member goes or means something else,
// not when one is added.
const jsonVersion = 1

// JSON writes one JSON document, whose members are a contract:
//
//	version   1
//	findings  what is wrong, in order of place
//	fixed     what was mended; only after --fix
//	summary   errors, warnings and fixed as numbers
//
// A finding has code, severity (error or warning), title (that of the code), message, place, and where
// there are any hint, related (place, message) and edits (place, newText). A place has file, relative to
// the current folder where that is shorter and with slashes, and as far as known line, column, endLine,
// endColumn, which count from 1, columns in bytes; the end is exclusive. Edits that would repeat a secret
// are left out.
type JSON struct{}

// Write writes the document. The error is that of writing.
func (JSON) Write(w io.Writer, r *Report) error {
	doc := jsonReport{Version: jsonVersion, Findings: jsonFindings(r, r.Findings)}
	if r.Fixed != nil {
		fixed := jsonFindings(r, r.Fixed)
		doc.Fixed = &fixed
	}
	doc.Summary.Fixed = len(r.Fixed)
	for _, f := range r.Findings {
		if f.Severity() == Error {
			doc.Summary.Errors++
		} else {
			doc.Summary.Warnings++
		}
	}
	return encode(w, doc)
}

// encode writes a value as indented JSON that people can read.
func encode(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

type jsonReport struct {
	Version  int            `json:"version"`
	Findings []jsonFinding  `json:"findings"`
	Fixed    *[]jsonFinding `json:"fixed,omitempty"`
	Summary  struct {
		Errors   int `json:"errors"`
		Warnings int `json:"warnings"`
		Fixed    int `json:"fixed"`
	} `json:"summary"`
}

type jsonFinding struct {
	Code     Code          `json:"code"`
	Severity Severity      `json:"severity"`
	Title    string        `json:"title"`
	Message  string        `json:"message"`
	Hint     string        `json:"hint,omitempty"`
	Place    jsonPlace     `json:"place"`
	Related  []jsonRelated `json:"related,omitempty"`
	Edits    []jsonEdit    `json:"edits,omitempty"`
}

type jsonPlace struct {
	File      string `json:"file"`
	Line      int    `json:"line,omitempty"`
	Column    int    `json:"column,omitempty"`
	EndLine   int    `json:"endLine,omitempty"`
	EndColumn int    `json:"endColumn,omitempty"`
}

type jsonRelated struct {
	Place   jsonPlace `json:"place"`
	Message string    `json:"message"`
}

type jsonEdit struct {
	Place   jsonPlace `json:"place"`
	NewText string    `json:"newText"`
}

func jsonFindings(r *Report, findings []Finding) []jsonFinding {
	out := make([]jsonFinding, 0, len(findings))
	for _, f := range findings {
		d := f.Code.Declaration()
		j := jsonFinding{Code: f.Code, Severity: f.Severity(), Title: d.Title, Message: f.Message, Hint: f.Hint, Place: r.jsonPlace(f.Place)}
		for _, other := range f.Related {
			j.Related = append(j.Related, jsonRelated{r.jsonPlace(other.Place), other.Message})
		}
		for _, e := range withoutSecrets(f.Edits) {
			j.Edits = append(j.Edits, jsonEdit{r.jsonPlace(e.Place), e.NewText})
		}
		out = append(out, j)
	}
	return out
}

func (r *Report) jsonPlace(p Place) jsonPlace {
	p.File = Relative(r.Root, p.File)
	return jsonPlace(p)
}
