package generator

import (
	"go/build"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
)

// has reports whether a file mentions directives. A file outside the walk is read now.
func (t *tree) has(path string) bool {
	if filepath.Base(path) == glueFile {
		return false
	}
	if _, ok := t.marked[path]; ok {
		return true
	}
	if t.seen[path] {
		return false
	}
	src, err := os.ReadFile(path)
	if err != nil || !mentionsDirective(src) {
		return false
	}
	t.marked[path] = src
	return true
}

// straysIn returns the files of a package's folder that mention directives and are not part of it.
func straysIn(dir string, p *packages.Package, t *tree) []string {
	var out []string
	for path := range t.marked {
		if filepath.Dir(path) == dir && filepath.Base(path) != glueFile && !slices.Contains(p.GoFiles, path) {
			out = append(out, path)
		}
	}
	slices.Sort(out)
	return out
}

// parseUnlisted reads the files with directives in folders where build constraints exclude every file,
// which ./... passes over in silence.
func parseUnlisted(fset *token.FileSet, listed []*packages.Package, t *tree) []*loaded {
	known := make(map[string]bool, len(listed))
	for _, p := range listed {
		known[packageDir(p)] = true
	}
	strays := make(map[string][]string)
	for path := range t.marked {
		dir, name := filepath.Split(path)
		dir = filepath.Clean(dir)
		if known[dir] {
			continue
		}
		// A file that is not excluded lies where the go command does not look for other reasons.
		if match, err := build.Default.MatchFile(dir, name); err == nil && !match {
			strays[dir] = append(strays[dir], path)
		}
	}
	var out []*loaded
	for dir, paths := range strays {
		l := &loaded{dir: dir}
		l.parse(fset, nil, slices.Sorted(slices.Values(paths)), t)
		out = append(out, l)
	}
	slices.SortFunc(out, func(a, b *loaded) int { return strings.Compare(a.dir, b.dir) })
	return out
}
