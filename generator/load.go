package generator

import (
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"
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
	known  *Definitions
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
	// apps are the folders of the apps of all packages, those that have lost their directives too.
	apps []string
	// outputs are the files that bear the names of generated ones.
	outputs []string
	// modules are the folders of the modules that are worked on, not those of dependencies.
	modules []string
}

// load lists packages and reads sources at the same time. It asks the go command for names, files and
// modules only, so that nothing is compiled and code that does not compile does not stand in the way.
func load(cfg Config, fset *token.FileSet, finder *appFinder) (*listing, error) {
	type walked struct {
		tree *tree
		err  error
	}
	done := make(chan walked, 1)
	go func() {
		t, err := walk(cfg.Dir)
		done <- walked{t, err}
	}()
	listed, err := packages.Load(&packages.Config{
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedModule,
		Dir:  cfg.Dir,
		Env:  cfg.Env,
	}, cfg.Patterns...)
	w := <-done
	if err != nil {
		return nil, fmt.Errorf("cannot list packages: %s", goSaid(err))
	}
	if w.err != nil {
		return nil, w.err
	}
	l := &listing{listed: listed, outputs: w.tree.outputs, modules: mainModules(listed)}
	if l.packages, err = parsePackages(fset, listed, w.tree); err != nil {
		return nil, err
	}
	l.apps = finder.appDirs(listed, l.packages)
	if slices.Contains(cfg.Patterns, "./...") {
		l.packages = append(l.packages, parseUnlisted(fset, listed, w.tree)...)
	}
	return l, nil
}

// goSaid is what the go command itself printed, without what go/packages puts around it.
func goSaid(err error) string {
	said := err.Error()
	if _, text, ok := strings.Cut(said, "stderr: "); ok {
		said = text
	}
	return strings.TrimSpace(said)
}

func parsePackages(fset *token.FileSet, listed []*packages.Package, t *tree) ([]*loaded, error) {
	var pkgs []*loaded
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
		l := &loaded{path: p.PkgPath, name: p.Name, dir: dir, module: moduleDir(p)}
		l.parse(fset, slices.Sorted(slices.Values(p.GoFiles)), strays, t)
		pkgs = append(pkgs, l)
	}
	slices.SortFunc(pkgs, func(a, b *loaded) int { return strings.Compare(a.path, b.path) })
	return pkgs, nil
}

// listError returns what keeps the go command from listing a package at all, such as a pattern that
// matches nothing. Errors inside a package's files are found when they are parsed.
func listError(p *packages.Package) error {
	if len(p.GoFiles) > 0 || len(p.IgnoredFiles) > 0 || len(p.Errors) == 0 {
		return nil
	}
	for _, e := range p.Errors {
		if e.Kind == packages.ParseError || strings.Contains(e.Msg, "no Go files in") {
			return nil
		}
	}
	return errors.New(p.Errors[0].Msg)
}

func packageDir(p *packages.Package) string {
	if p.Dir != "" {
		return p.Dir
	}
	for _, f := range slices.Concat(p.GoFiles, p.IgnoredFiles) {
		return filepath.Dir(f)
	}
	return ""
}

func moduleDir(p *packages.Package) string {
	if p.Module == nil {
		return ""
	}
	return p.Module.Dir
}

// mainModules returns the folders of the modules that packages are worked on in.
func mainModules(listed []*packages.Package) []string {
	var dirs []string
	for _, p := range listed {
		if p.Module != nil && p.Module.Main && !slices.Contains(dirs, p.Module.Dir) {
			dirs = append(dirs, p.Module.Dir)
		}
	}
	return dirs
}
