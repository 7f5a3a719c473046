package diag

import (
	"fmt"
	"io"
	"path/filepath"
)

// WriteText prints findings one a line, the other places of each indented below it. Files are
// named as [Relative] has them. The error is that of writing.
func WriteText(w io.Writer, findings []Finding, dir string) error {
	for _, f := range findings {
		f.Place.File = Relative(dir, f.Place.File)
		if _, err := fmt.Fprintln(w, f); err != nil {
			return err
		}
		for _, r := range f.Related {
			r.Place.File = Relative(dir, r.Place.File)
			if _, err := fmt.Fprintf(w, "\t%s: %s\n", r.Place, r.Message); err != nil {
				return err
			}
		}
	}
	return nil
}

// Relative names a file relative to a folder where that is the shorter name, with slashes on every system.
func Relative(dir, file string) string {
	rel, err := filepath.Rel(dir, file)
	if err != nil || len(rel) > len(file) {
		rel = file
	}
	return filepath.ToSlash(rel)
}
