package generator

import (
	"bytes"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/generator/diag"
)

// Fixes are what mends findings. Nothing has been written yet.
type Fixes struct {
	// Changes are the files mended, by path.
	Changes []Change
	// Fixed are the findings that they mend, Left the others.
	Fixed, Left []diag.Finding
}

// Fix makes the edits of all findings that fit together. It leaves alone generated files, files outside the
// modules that are worked on, and what would no longer be Go; files that were as gofmt has them stay so.
// Mending one thing can bring another to light, which the next Run finds.
func (r *Result) Fix() *Fixes {
	byFile := make(map[string][]int)
	for i, f := range r.Findings {
		if len(f.Edits) > 0 {
			byFile[f.Edits[0].Place.File] = append(byFile[f.Edits[0].Place.File], i)
		}
	}
	fixes := &Fixes{}
	fixed := make([]bool, len(r.Findings))
	for file, indices := range byFile {
		if change, applied := r.fixFile(file, indices); applied != nil {
			fixes.Changes = append(fixes.Changes, change)
			for i, index := range indices {
				fixed[index] = applied[i]
			}
		}
	}
	slices.SortFunc(fixes.Changes, func(a, b Change) int { return strings.Compare(a.Path, b.Path) })
	for i, f := range r.Findings {
		if fixed[i] {
			fixes.Fixed = append(fixes.Fixed, f)
		} else {
			fixes.Left = append(fixes.Left, f)
		}
	}
	return fixes
}

// Write writes the files mended. A file that cannot be written does not stop the others; the error joins
// one for each that failed.
func (f *Fixes) Write() error { return writeAll(f.Changes) }

// fixFile mends one file as far as the findings with these indices can; applied is nil when nothing is to
// be done.
func (r *Result) fixFile(file string, indices []int) (c Change, applied []bool) {
	if !r.mayFix(file) {
		return Change{}, nil
	}
	src, err := os.ReadFile(file)
	if err != nil || IsGenerated(src) {
		return Change{}, nil
	}
	findings := make([]diag.Finding, len(indices))
	for i, index := range indices {
		findings[i] = r.Findings[index]
	}
	out, applied := diag.Apply(file, src, findings)
	if filepath.Ext(file) == ".go" {
		out = formatted(src, out)
	}
	if out == nil || bytes.Equal(out, src) {
		return Change{}, nil
	}
	return Change{Path: file, Old: src, New: out}, applied
}

// mayFix reports whether a file is the user's own: in a module that is worked on, neither a link nor reached
// by one, and not in what other modules were copied to.
func (r *Result) mayFix(file string) bool {
	if IsLinked(file) {
		return false
	}
	return slices.ContainsFunc(r.modules, func(root string) bool {
		rel, err := filepath.Rel(root, file)
		return err == nil && filepath.IsLocal(rel) && !slices.Contains(strings.Split(filepath.ToSlash(rel), "/"), "vendor") &&
			!otherModule(root, filepath.Dir(file))
	})
}

// IsLinked reports whether a file, named by an absolute path, is a link, is reached by one, or is gone. To
// write it would change a file somewhere else.
func IsLinked(file string) bool {
	real, err := filepath.EvalSymlinks(file)
	return err != nil || real != file
}

// IsGenerated reports whether a program wrote a Go file, or this one a JSON file.
func IsGenerated(src []byte) bool {
	f, err := parser.ParseFile(token.NewFileSet(), "", src, parser.PackageClauseOnly|parser.ParseComments)
	return err == nil && ast.IsGenerated(f) || isOurJSON(src)
}

// formatted returns out as gofmt has it if src was so; nil if it is no longer Go and src was.
func formatted(src, out []byte) []byte {
	if _, err := parser.ParseFile(token.NewFileSet(), "", src, parser.ParseComments); err != nil {
		return out
	}
	clean, err := format.Source(out)
	switch before, _ := format.Source(src); {
	case err != nil:
		return nil
	case bytes.Equal(before, src):
		return clean
	}
	return out
}
