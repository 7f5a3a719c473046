package importer

import (
	"cmp"
	"fmt"
	"go/token"
	"go/types"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/wpsgen/wpsgen/generator/appfiles"
)

// folderName matches what the host takes for a function's name (host-spec 5.1).
var folderName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]{0,127}$`)

// mainPackage is the package of the functions unless another is asked for.
const mainPackage = "main"

// checkNames checks the names that people choose, and makes those that they do not.
func (c *importing) checkNames() error {
	c.cfg.Package = cmp.Or(c.cfg.Package, mainPackage)
	if p := c.cfg.Package; !token.IsIdentifier(p) || p == "_" || p == "wps" {
		return fmt.Errorf("%q cannot be the package of the functions; write a word of lower-case letters, other than wps", p)
	}
	if c.cfg.Module == "" {
		c.cfg.Module = "example.com/" + c.ownName()
	}
	return checkModulePath(c.cfg.Module)
}

var notInNames = regexp.MustCompile(`[^a-z0-9]+`)

// ownName is the name of the app's folder in lower-case letters, digits and dashes.
func (c *importing) ownName() string {
	return cmp.Or(strings.Trim(notInNames.ReplaceAllString(strings.ToLower(filepath.Base(c.dir)), "-"), "-"), "app")
}

// nameProgram gives the program the name that go build gives it, unless a function's folder has that.
func (c *importing) nameProgram() {
	name := appfiles.Program(c.cfg.Module)
	for c.hasFolder(name) {
		name += "-app"
	}
	c.program = name
}

func (c *importing) hasFolder(name string) bool {
	return strings.EqualFold(name, c.cfg.Package) || slices.ContainsFunc(c.functions, func(fn *function) bool { return strings.EqualFold(fn.name, name) })
}

// takenNames are those that the glue declares in the functions' package.
var takenNames = []string{"Functions"}

// nameFunctions gives the functions their names in Go.
func (c *importing) nameFunctions() {
	taken := slices.Clone(takenNames)
	for _, fn := range c.imported() {
		fn.goName = free(goName(fn.name), taken)
		taken = append(taken, fn.goName)
	}
}

// goName is the exported Go name for a function's: get-token becomes GetToken.
func goName(name string) string {
	var b strings.Builder
	for _, word := range strings.FieldsFunc(name, func(r rune) bool { return r == '-' || r == '_' }) {
		b.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return b.String()
}

// folderOf is the folder that wpsgen gives a function of a Go name.
func folderOf(goName string) string { return strings.ToLower(goName[:1]) + goName[1:] }

// free returns a name, with a number behind it if it is taken.
func free(name string, taken []string) string {
	is := func(name string) bool {
		return slices.ContainsFunc(taken, func(t string) bool { return strings.EqualFold(t, name) })
	}
	for n, unique := 2, name; ; n++ {
		if !is(unique) {
			return unique
		}
		unique = name + strconv.Itoa(n)
	}
}

// isReserved reports whether a parameter of that name would hide something from the function's body, or is no
// name at all.
func isReserved(name string) bool {
	return token.IsKeyword(name) || types.Universe.Lookup(name) != nil || slices.Contains([]string{"wps", "http", "json"}, name)
}
