package diag

import (
	"fmt"
	"io"
	"strings"
)

// GitHub writes workflow commands, which GitHub Actions shows as annotations at the lines they are about.
// Root has to be the repository's folder, which Actions takes names as relative to.
type GitHub struct{}

// Write writes a command for each finding. The error is that of writing.
func (GitHub) Write(w io.Writer, r *Report) error {
	for _, f := range r.Findings {
		d := f.Code.Declaration()
		title := strings.TrimSuffix(string(f.Code)+": "+d.Title, ": ")
		var message strings.Builder
		message.WriteString(f.text())
		for _, other := range f.Related {
			other.Place.File = Relative(r.Root, other.Place.File)
			message.WriteString("\n" + other.String())
		}
		_, err := fmt.Fprintf(w, "::%s %s,title=%s::%s\n", f.Severity(), r.githubPlace(f.Place), escapeProperty(title), escapeData(message.String()))
		if err != nil {
			return err
		}
	}
	return nil
}

// githubPlace spells a place as properties. Columns mean something to Actions within one line only.
func (r *Report) githubPlace(p Place) string {
	s := "file=" + escapeProperty(Relative(r.Root, p.File))
	if p.Line > 0 {
		s += fmt.Sprintf(",line=%d", p.Line)
	}
	if p.EndLine > 0 {
		s += fmt.Sprintf(",endLine=%d", p.EndLine)
	}
	if p.Column > 0 && (p.EndLine == 0 || p.EndLine == p.Line) {
		s += fmt.Sprintf(",col=%d", p.Column)
		if p.EndColumn > 0 {
			s += fmt.Sprintf(",endColumn=%d", p.EndColumn)
		}
	}
	return s
}

var (
	dataEscapes     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	propertyEscapes = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// escapeData escapes what follows a command, escapeProperty the value of one of its properties.
func escapeData(s string) string     { return dataEscapes.Replace(s) }
func escapeProperty(s string) string { return propertyEscapes.Replace(s) }
