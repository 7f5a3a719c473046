package importer

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/wpsgen/wpsgen/generator/gomod"
)

// carriedModule is the one module of others that an app's program carries; a test of the house holds that.
const carriedModule = "github.com/golang-jwt/jwt/v5"

// moduleFiles returns the text of the go.mod of an app, and that of its go.sum: nil where go mod tidy has to make it.
// The error is that of reading the checkout.
func moduleFiles(module string, from gomod.Source, ignored []string) (mod, sum []byte, err error) {
	data := struct {
		Module, Go, Runtime, Version, Checkout string
		Carried                                string // the requirement of the checkout, as its go.mod has it
		Ignored                                []string
	}{Module: module, Go: gomod.GoVersion, Runtime: gomod.Module, Version: from.Version, Ignored: ignored}
	if from.Dir != "" {
		data.Checkout = quotedPath(from.Dir)
		if data.Carried, sum, err = carried(from.Dir); err != nil {
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

// checkModulePath returns what is wrong with the path of an app's module, with the way out.
func checkModulePath(path string) error {
	if path == gomod.Module || strings.HasPrefix(path, gomod.Module+"/") {
		return fmt.Errorf("%s is wpsgen's own module; give the app a path of its own, such as example.com/chat", path)
	}
	return gomod.CheckPath(path)
}
