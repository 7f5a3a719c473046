package validate

import (
	"os"
	"slices"

	"github.com/wpsgen/wpsgen/generator"
	"github.com/wpsgen/wpsgen/generator/diag"
)

// Fix makes the edits of all findings that fit together. Nothing is written yet. Files reached by links, and
// those that wpsgen generate writes from directives, are left alone. Mending one thing can bring another to
// light, which the next Run finds. The error is that of a file that cannot be read any more.
func (r *Result) Fix() (*generator.Fixes, error) {
	var files []string
	for _, f := range r.Findings {
		for _, e := range f.Edits {
			files = append(files, e.Place.File)
		}
	}
	slices.Sort(files)
	fixes := &generator.Fixes{}
	fixed := make([]bool, len(r.Findings))
	for _, file := range slices.Compact(files) {
		src, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		if generator.IsLinked(file) || generator.IsGenerated(src) {
			continue
		}
		out, applied := diag.Apply(file, src, r.Findings)
		if !slices.Contains(applied, true) {
			continue
		}
		fixes.Changes = append(fixes.Changes, generator.Change{Path: file, Old: src, New: out})
		for i := range applied {
			fixed[i] = fixed[i] || applied[i]
		}
	}
	for i, f := range r.Findings {
		if fixed[i] {
			fixes.Fixed = append(fixes.Fixed, f)
		} else {
			fixes.Left = append(fixes.Left, f)
		}
	}
	return fixes, nil
}
