package importer

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
)

// Module is wpsgen's own module, which the runtime of every app is in.
const Module = "github.com/wpsgen/wpsgen"

// goVersion is the version of Go that wpsgen's module asks for, and so does every app's.
const goVersion = "1.26.0"

// carriedModule is the one module of others that an app's program carries; a test of the house holds that.
const carriedModule = "github.com/golang-jwt/jwt/v5"

// Source is where an app gets its runtime from. The zero Source is not known.
type Source struct {
	// Version is the published version to require.
	Version string
	// Checkout is the folder of the sources that stand in for a version.
	Checkout string
}

// OwnSource is where this program's own sources are: in the checkout it was built from, while that is there, else in
// a published version.
func OwnSource() Source {
	if _, file, _, ok := runtime.Caller(0); ok {
		if root := filepath.Join(filepath.Dir(file), "..", ".."); isCheckout(root) {
			return Source{Checkout: root}
		}
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Path == Module && isPublished(info.Main.Version) {
		return Source{Version: info.Main.Version}
	}
	return Source{}
}

// isCheckout reports whether a folder holds wpsgen's sources, and not those the go command keeps of a version.
func isCheckout(root string) bool {
	src, err := os.ReadFile(filepath.Join(root, "go.mod"))
	return err == nil && filepath.IsAbs(root) && bytes.HasPrefix(src, []byte("module "+Module+"\n")) &&
		!strings.Contains(filepath.Base(root), "@")
}

// published matches versions that others can get; what is built from changed sources is none.
var published = regexp.MustCompile(`^v[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$`)

func isPublished(version string) bool { return published.MatchString(version) }

// moduleFiles returns the text of the go.mod of an app, and that of its go.sum: nil where go mod tidy has to make it.
// The error is that of reading the checkout.
func moduleFiles(module string, from Source, ignored []string) (mod, sum []byte, err error) {
	data := struct {
		Module, Go, Runtime, Version, Checkout string
		Carried                                string // the requirement of the checkout, as its go.mod has it
		Ignored                                []string
	}{Module: module, Go: goVersion, Runtime: Module, Version: from.Version, Ignored: ignored}
	if from.Checkout != "" {
		data.Checkout = quotedPath(from.Checkout)
		data.Version = "v0.0.0"
		if data.Carried, sum, err = carried(from.Checkout); err != nil {
			return nil, nil, err
		}
	}
	mod, err = execute("go.mod.tmpl", data)
	return mod, sum, err
}

var plainReplacement = regexp.MustCompile(`^[A-Za-z0-9_./@+~-]+$`)

// quotedPath is a path as go.mod has it.
func quotedPath(path string) string {
	if plainReplacement.MatchString(path) {
		return path
	}
	return strconv.Quote(path)
}

// requirement finds what a go.mod requires of the carried module.
var requirement = regexp.MustCompile(`(?m)^\s*(` + regexp.QuoteMeta(carriedModule) + ` v\S+)`)

// carried returns the requirement and the sums of the module that the runtime of a checkout carries.
func carried(checkout string) (require string, sum []byte, err error) {
	mod, err := os.ReadFile(filepath.Join(checkout, "go.mod"))
	if err != nil {
		return "", nil, err
	}
	sums, err := os.ReadFile(filepath.Join(checkout, "go.sum"))
	if err != nil {
		return "", nil, err
	}
	m := requirement.FindSubmatch(mod)
	if m == nil {
		return "", nil, fmt.Errorf("%s requires no %s", filepath.Join(checkout, "go.mod"), carriedModule)
	}
	for line := range bytes.Lines(sums) {
		if bytes.HasPrefix(line, append(m[1], '/')) || bytes.HasPrefix(line, append(m[1], ' ')) {
			sum = append(sum, line...)
		}
	}
	return string(m[1]), sum, nil
}

// modulePath matches the paths that name a module without a doubt.
var modulePath = regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9._~-]*(/[A-Za-z0-9_][A-Za-z0-9._~-]*)*$`)

// checkModulePath returns what is wrong with the path of a module, with the way out.
func checkModulePath(path string) error {
	switch {
	case !modulePath.MatchString(path) || strings.HasSuffix(path, "."):
		return fmt.Errorf("%q cannot be the path of a module; write words of letters, digits and - . _ ~ with slashes between, such as example.com/chat", path)
	case path == Module || strings.HasPrefix(path, Module+"/"):
		return fmt.Errorf("%s is wpsgen's own module; give the app a path of its own, such as example.com/chat", path)
	}
	return nil
}
