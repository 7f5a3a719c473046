package generator

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"

	"github.com/wpsgen/wpsgen/generator/diag"
)

// loaded is one package with directives, parsed.
type loaded struct {
	// path and name are those of the package, "" for a folder of which the go command builds nothing.
	path   string
	name   string
	dir    string
	module string // the module's folder
	appDir string // the app's, "" while nobody looked for it
	files  []*ast.File
	// strays are files of the folder that mention directives and are not part of the package.
	strays []*ast.File
	errors []diag.Finding
	// types and info are what the type checker says, nil when it has not run.
	types *types.Package
	info  *types.Info
}

// listing is what one question to the go command, and one walk, found.
type listing struct {
	// packages are those with directives, by import path.
	packages []*loaded
	// listed are all packages that the go command named.
	listed []*packages.Package
	// answer is what the go command said of modules, nil where it listed the packages itself.
	answer *goAnswer
	// apps are the folders of the apps of all packages, those that have lost their directives too.
	apps []string
	// outputs are the files that bear the names of generated ones.
	outputs []string
	// texts are the contents of outputs, of those that could be read.
	texts map[string][]byte
	// modules are the folders of the modules that are worked on, not those of dependencies.
	modules []string
}

// load lists packages and reads sources at the same time. It asks the go command for names, files and
// modules only, so that nothing is compiled and code that does not compile does not stand in the way.
func load(cfg Config, fset *token.FileSet, finder *appFinder) (*listing, error) {
	l, t, err := listAndWalk(cfg)
	if err != nil {
		return nil, err
	}
	listed := l.listed
	l.outputs, l.texts, l.modules = t.outputs, t.texts, mainModules(listed)
	if l.packages, err = parsePackages(fset, listed, t); err != nil {
		return nil, err
	}
	l.apps = finder.appDirs(listed, l.packages)
	if slices.Contains(cfg.Patterns, "./...") {
		l.packages = append(l.packages, parseUnlisted(fset, listed, t)...)
	}
	return l, nil
}

func parsePackages(fset *token.FileSet, listed []*packages.Package, t *tree) ([]*loaded, error) {
	var pkgs []*loaded
	var files, others [][]string
	for _, p := range listed {
		if err := listError(p); err != nil {
			return nil, err
		}
		dir := packageDir(p)
		if dir == "" {
			continue
		}
		strays := straysIn(dir, p, t)
		if !slices.ContainsFunc(p.GoFiles, func(f string) bool { return t.has(f) }) && len(strays) == 0 {
			continue
		}
		pkgs = append(pkgs, &loaded{path: p.PkgPath, name: p.Name, dir: dir, module: moduleDir(p)})
		files = append(files, slices.Sorted(slices.Values(p.GoFiles)))
		others = append(others, strays)
	}
	parallel(len(pkgs), func(i int) { pkgs[i].parse(fset, files[i], others[i], t) })
	slices.SortFunc(pkgs, func(a, b *loaded) int { return strings.Compare(a.path, b.path) })
	return pkgs, nil
}
