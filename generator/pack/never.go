package pack

import (
	"path"
	"slices"
	"strings"
)

// isSource reports whether a file is Go source, or says what it is built of. The host runs the program alone.
func isSource(name string) bool {
	base := strings.ToLower(path.Base(name))
	return strings.HasSuffix(base, ".go") || slices.Contains([]string{"go.mod", "go.sum", "go.work", "go.work.sum"}, base)
}

// isSecret reports whether the last part of a name is that of what holds secrets of a developer's machine:
// local.settings.json and copies of it, environment files, and all that was ever committed. No line of
// .funcignore takes these in.
func isSecret(name string) bool {
	base := strings.ToLower(path.Base(name))
	return base == ".git" || strings.Contains(base, "local.settings") ||
		base == ".env" || strings.HasPrefix(base, ".env.") || strings.HasSuffix(base, ".env")
}

// hasSecret is isSecret of any part of a name.
func hasSecret(name string) bool {
	return slices.ContainsFunc(strings.Split(name, "/"), isSecret)
}

// unwanted is what is left out unless .funcignore takes it in again: hidden files, what tests, packages and
// wpsgen need, and zips at the root, which are packages of before.
const unwanted = `
.*
testdata/
vendor/
node_modules/
/wpsgen.yaml
/*.zip
`
