package appfiles

import (
	"path"
	"regexp"
)

var majorVersion = regexp.MustCompile(`^v[0-9]+$`)

// Program returns what go build calls the program of a main package: the last word of its import path, the one
// before where that is a major version.
func Program(importPath string) string {
	base := path.Base(importPath)
	if !majorVersion.MatchString(base) || path.Dir(importPath) == "." {
		return base
	}
	return path.Base(path.Dir(importPath))
}
