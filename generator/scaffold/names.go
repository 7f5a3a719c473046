package scaffold

import (
	"go/ast"
	"path"
	"regexp"
	"strconv"

	"github.com/wpsgen/wpsgen/internal/expr"
)

// runtimePath is the import path of package wps.
const runtimePath = "github.com/wpsgen/wpsgen/runtime"

// importName is the name that a file imports a package by, "" where it imports it for nothing or everything.
func importName(spec *ast.ImportSpec) string {
	if spec.Name != nil {
		if name := spec.Name.Name; name != "_" && name != "." {
			return name
		}
		return ""
	}
	importPath, _ := strconv.Unquote(spec.Path.Value) // it has been parsed
	if importPath == runtimePath {
		return "wps"
	}
	return path.Base(importPath)
}

// free returns a name that the package does not have yet, with the lowest number behind it that makes it so.
func (p *Package) free(name string) string {
	if _, taken := p.names[name]; !taken {
		return name
	}
	return p.numbered(name, 2)
}

func (p *Package) numbered(name string, from int) string {
	for n := from; ; n++ {
		candidate := name + strconv.Itoa(n)
		if _, taken := p.names[candidate]; !taken {
			return candidate
		}
	}
}

// helpers are the functions that the tests of a package's functions share.
type helpers struct {
	Start, Find, Serve, URL, Dial, Receive string

	file    string
	isThere bool
}

func namedHelpers(suffix string) helpers {
	return helpers{
		Start: "startEmulator" + suffix, Find: "findFunction" + suffix, Serve: "serveFunction" + suffix,
		URL: "clientURL" + suffix, Dial: "dialClient" + suffix, Receive: "receiveText" + suffix,
		file: "emulator" + suffix + "_test.go",
	}
}

func (h helpers) names() []string {
	return []string{h.Start, h.Find, h.Serve, h.URL, h.Dial, h.Receive}
}

// helpers returns those that the package has, or the first names for them that are free altogether.
func (p *Package) helpers() helpers {
	h := namedHelpers("")
	for n := 2; ; n++ {
		taken := 0
		for _, name := range h.names() {
			if _, ok := p.names[name]; ok {
				taken++
			}
		}
		if h.isThere = taken == len(h.names()); h.isThere || taken == 0 && !p.files[h.file] {
			return h
		}
		h = namedHelpers(strconv.Itoa(n))
	}
}

// resolver puts values in the place of %settings%, as a test needs them, and remembers which.
type resolver struct {
	settings []setting
	values   map[string]string
}

// resolve returns a text with its settings replaced, each by its value if it has one already, else by this one.
func (r *resolver) resolve(text, value string) string {
	resolved, err := expr.ResolveSettings(text, func(name string) (string, bool) {
		if _, known := r.values[name]; !known {
			r.values[name] = value
			r.settings = append(r.settings, setting{name, value})
		}
		return r.values[name], true
	})
	if err != nil {
		return text // Check has said so
	}
	return resolved
}

// parameter is one of a route, without constraints.
var parameter = regexp.MustCompile(`\{\*{0,2}[^{}:]*\}`)

// fillRoute makes a path of a route.
func fillRoute(route string) string { return parameter.ReplaceAllString(route, "1") }
