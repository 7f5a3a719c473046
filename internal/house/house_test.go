// Package house holds the shape of the house: who may import whom, and what the public packages offer.
package house

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/wpsgen/wpsgen"

// area is a part of the house. Its packages, which are those that no area before it has, import each other
// and the standard library, what imports lists, and nothing else.
type area struct {
	// path is the area's package below the module; one that ends in /... has all below it, too.
	path string
	// imports are packages of the house, spelled like path, and modules of others.
	imports []string
}

// anything stands for all packages of the house.
const anything = "..."

// areas are all there are. The first that has a package is its own.
var areas = []area{
	// The leaves import none but leaves, and two of them a module each.
	{"internal/wire", []string{"internal/jsonio", "github.com/golang-jwt/jwt/v5"}},
	{"internal/dev", []string{"github.com/fsnotify/fsnotify"}},
	{"internal/...", []string{"internal/..."}},

	// What costs a program more is in packages of its own, which package runtime cannot import.
	{"runtime/entra", []string{"runtime", "github.com/golang-jwt/jwt/v5", "github.com/Azure/azure-sdk-for-go/sdk/azcore", "github.com/Azure/azure-sdk-for-go/sdk/azidentity"}},
	{"runtime/otel", []string{"runtime", "go.opentelemetry.io/otel"}},

	// What a generated program imports is the standard library, one module and leaves.
	{"runtime/...", []string{"internal/wire", "internal/expr", "internal/jsonio", "internal/route", "internal/schedule", "github.com/golang-jwt/jwt/v5"}},

	{"emulator/...", []string{"internal/wire", "internal/expr", "internal/route", "github.com/golang-jwt/jwt/v5", "github.com/coder/websocket"}},

	{"generator/diag", []string{"golang.org/x/tools"}},
	{"generator/directive", []string{"generator/diag", "internal/suggest"}},
	{"generator/binding", []string{"generator/diag", "internal/expr", "internal/jsonschema", "internal/markdown", "internal/route", "internal/schedule", "internal/suggest", "gopkg.in/yaml.v3"}},
	{"generator/project", []string{"generator/diag", "internal/jsonschema", "internal/markdown", "internal/suggest", "gopkg.in/yaml.v3"}},
	{"generator/appfiles", []string{"generator/diag"}},
	{"generator/validate", []string{
		"generator", "generator/appfiles", "generator/binding", "generator/diag", "generator/project",
		"internal/expr", "internal/route", "internal/schedule", "internal/suggest", "internal/wire",
	}},
	{"generator/pack", []string{"generator/diag", "generator/appfiles", "generator/project"}},
	{"generator/importer", []string{
		"generator", "generator/appfiles", "generator/binding", "generator/diag", "generator/directive", "generator/gomod", "generator/validate",
		"internal/route", "internal/suggest", "templates",
	}},
	{"generator/hub", []string{"generator", "internal/expr", "internal/wire"}},
	{"generator/gomod", []string{"generator", "internal/dev", "golang.org/x/mod"}},
	{"generator/scaffold", []string{
		"generator", "generator/appfiles", "generator/binding", "generator/diag", "generator/directive", "generator/project",
		"templates", "internal/expr", "internal/suggest",
	}},
	{"generator/lint", []string{"generator", "generator/diag", "golang.org/x/tools/go/analysis"}},
	{"generator/...", []string{
		"generator/diag", "generator/directive", "generator/binding", "generator/appfiles", "generator/project", "templates",
		"internal/expr", "internal/route", "internal/suggest", "golang.org/x/tools/go/packages", "golang.org/x/mod/modfile", "golang.org/x/mod/module",
	}},
	{"templates", nil},

	// Only the program, and what shows and tries it, joins them.
	{"cmd/...", []string{anything, "github.com/spf13/cobra", "github.com/spf13/pflag", "github.com/rogpeppe/go-internal", "golang.org/x/tools/go/analysis"}},
	{"examples/...", []string{"runtime/..."}},
	{"e2e/...", []string{anything, "github.com/coder/websocket"}},
}

// TestImports holds every package's imports, not those of its tests, against its area.
func TestImports(t *testing.T) {
	for _, p := range listPackages(t) {
		a, ok := areaOf(p.name())
		if !ok {
			t.Errorf("%s is in no area: say in areas what it may import", p.ImportPath)
			continue
		}
		for _, path := range p.Imports {
			if !a.mayImport(path) {
				t.Errorf("%s imports %s, which %s may not", p.ImportPath, path, a.path)
			}
		}
	}
}

// TestAreas keeps the rules themselves from being weakened by a slip.
func TestAreas(t *testing.T) {
	packages := listPackages(t)
	for _, a := range areas {
		if !slices.ContainsFunc(packages, func(p listed) bool { return contains(a.path, p.name()) }) {
			t.Errorf("there is no package %s", a.path)
		}
	}
	for _, tt := range []struct {
		from, to string
		want     bool
	}{
		{"runtime", "net/http", true},
		{"runtime", module + "/internal/wire", true},
		{"runtime/glue", module + "/runtime", true},
		{"runtime", module + "/emulator", false},
		{"runtime", module + "/generator/diag", false},
		{"runtime", "github.com/coder/websocket", false},
		{"runtime", module + "/runtime/entra", false},
		{"runtime/glue", module + "/runtime/otel", false},
		{"runtime", "go.opentelemetry.io/otel", false},
		{"runtime/entra", module + "/runtime", true},
		{"runtime/entra", module + "/internal/wire", false},
		{"runtime/entra", "github.com/Azure/azure-sdk-for-go/sdk/azcore/policy", true},
		{"runtime/otel", module + "/runtime/entra", false},
		{"emulator", module + "/runtime", false},
		{"emulator", module + "/generator", false},
		{"generator", module + "/runtime", false},
		{"generator/hub", module + "/emulator", false},
		{"generator/pack", module + "/generator/appfiles", true},
		{"generator/pack", module + "/generator", false},
		{"generator", module + "/generator/pack", false},
		{"generator", "gopkg.in/yaml.v3", false},
		{"generator/binding", "gopkg.in/yaml.v3", true},
		{"generator/project", "gopkg.in/yaml.v3", true},
		{"generator/appfiles", "gopkg.in/yaml.v3", false},
		{"generator/validate", module + "/generator", true},
		{"generator/validate", module + "/emulator", false},
		{"generator", module + "/generator/validate", false},
		{"generator/importer", module + "/generator/validate", true},
		{"generator/importer", module + "/runtime", false},
		{"generator", module + "/generator/importer", false},
		{"generator/gomod", "golang.org/x/mod/modfile", true},
		{"generator", "golang.org/x/mod/modfile", true},
		{"generator", "golang.org/x/mod/zip", false},
		{"generator/scaffold", module + "/templates", true},
		{"generator/scaffold", module + "/generator/gomod", false},
		{"generator", "github.com/spf13/cobra", false},
		{"generator", "golang.org/x/tools/go/packages", true},
		{"generator", "golang.org/x/tools/go/analysis", false},
		{"generator/lint", "golang.org/x/tools/go/analysis", true},
		{"generator/lint", module + "/runtime", false},
		{"cmd/wpsgen", "golang.org/x/tools/go/analysis/unitchecker", true},
		{"internal/wire", module + "/runtime", false},
		{"internal/some", module + "/internal/wire", true},
		{"internal/some", "gopkg.in/yaml.v3", false},
		{"runtime", module + "/internal/dev", false},
		{"internal/dev", module + "/generator", false},
		{"cmd/wpsgen", module + "/emulator", true},
		{"examples/chat", module + "/runtime/otel", true},
		{"examples/chat", module + "/emulator", false},
	} {
		a, ok := areaOf(tt.from)
		if !ok {
			t.Errorf("%s is in no area", tt.from)
		} else if got := a.mayImport(tt.to); got != tt.want {
			t.Errorf("%s may import %s: %v, want %v", tt.from, tt.to, got, tt.want)
		}
	}
}

// listed is what go list says of a package.
type listed struct {
	ImportPath string
	Imports    []string
}

// name is the package's path below the module.
func (p listed) name() string { return strings.TrimPrefix(p.ImportPath, module+"/") }

func areaOf(name string) (area, bool) {
	i := slices.IndexFunc(areas, func(a area) bool { return contains(a.path, name) })
	if i < 0 {
		return area{}, false
	}
	return areas[i], true
}

// mayImport reports whether packages of the area may import a package.
func (a area) mayImport(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	if !strings.Contains(first, ".") {
		return true // the standard library
	}
	name, ours := strings.CutPrefix(path, module+"/")
	if own, ok := areaOf(name); ours && ok && own.path == a.path {
		return true
	}
	return slices.ContainsFunc(a.imports, func(allowed string) bool {
		if ours {
			return allowed == anything || contains(allowed, name)
		}
		return path == allowed || strings.HasPrefix(path, allowed+"/")
	})
}

// contains reports whether a pattern is a package or has it below it.
func contains(pattern, name string) bool {
	root, all := strings.CutSuffix(pattern, "/...")
	return name == root || all && strings.HasPrefix(name, root+"/")
}

// listPackages lists all packages of the module.
func listPackages(t *testing.T) []listed {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports", "./...")
	cmd.Dir = root(t)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, stderr.String())
	}
	var all []listed
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

// root is the module's folder.
func root(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	return dir
}
