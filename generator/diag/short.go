package diag

import (
	"fmt"
	"io"
)

// Short is text for programs and for eyes in a hurry: a line for each finding, and one, indented by a tab,
// for each other place it involves.
type Short struct{}

// Write prints the findings of a report. The error is that of writing.
func (Short) Write(w io.Writer, r *Report) error {
	for _, f := range r.Findings {
		f.Place.File = Relative(r.Root, f.Place.File)
		if _, err := fmt.Fprintln(w, Printable(f.String())); err != nil {
			return err
		}
		for _, other := range f.Related {
			other.Place.File = Relative(r.Root, other.Place.File)
			if _, err := fmt.Fprintf(w, "\t%s\n", Printable(other.String())); err != nil {
				return err
			}
		}
	}
	return nil
}
