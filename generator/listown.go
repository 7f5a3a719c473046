package generator

import (
	"errors"
	"go/build"
	"go/version"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"
	gomodule "golang.org/x/mod/module"
	"golang.org/x/tools/go/packages"
)

// list returns the packages that the go command lists for ./... in root, which a walk has found, and whether
// it is sure of them: where anything is out of the ordinary, the go command has to say.
func (a *goAnswer) list(root string, t *tree) ([]*packages.Package, bool) {
	if a == nil || t.odd {
		return nil, false
	}
	m := a.moduleOf(root)
	if m == nil || !a.ordinary(m) {
		return nil, false
	}
	found := make([]*packages.Package, len(t.folders))
	sure := make([]bool, len(t.folders))
	parallel(len(t.folders), func(i int) { found[i], sure[i] = a.read(m, t.folders[i], t) })
	if slices.Contains(sure, false) {
		return nil, false
	}
	found = slices.DeleteFunc(found, func(p *packages.Package) bool { return p == nil })
	return found, !sameInFold(found)
}

// moduleOf returns the module that a folder is in, nil when it is in none that is worked on.
func (a *goAnswer) moduleOf(root string) *mainModule {
	for i, m := range a.modules {
		if within(m.dir, root) && !otherModule(m.dir, root) {
			return &a.modules[i]
		}
	}
	return nil
}

// ordinary reports whether the import paths of a module's folders mean those folders and nothing else: no
// standard library has them, no other module can, and go.mod leaves no folder out.
func (a *goAnswer) ordinary(m *mainModule) bool {
	first, _, _ := strings.Cut(m.path, "/")
	if !strings.Contains(first, ".") {
		if _, err := os.Stat(filepath.Join(a.goroot, "src", first)); err == nil || first == "std" || first == "cmd" {
			return false
		}
	}
	for _, main := range a.modules {
		if strings.HasPrefix(main.path, m.path+"/") || !main.leavesAlone(m.path) {
			return false
		}
	}
	return true
}

// leavesAlone reports whether a module's go.mod neither requires modules of longer paths than one, nor ignores
// folders. Before Go 1.17, it did not name all that it requires.
func (m mainModule) leavesAlone(longer string) bool {
	file := filepath.Join(m.dir, "go.mod")
	src, err := os.ReadFile(file)
	if err != nil {
		return false
	}
	mod, err := modfile.Parse(file, src, nil)
	if err != nil || len(mod.Ignore) > 0 || mod.Go == nil || version.Compare("go"+mod.Go.Version, "go1.17") < 0 {
		return false
	}
	return !slices.ContainsFunc(mod.Require, func(r *modfile.Require) bool { return strings.HasPrefix(r.Mod.Path, longer+"/") })
}

// read returns the package of a folder, nil when nothing in it is built, and whether that is sure.
func (a *goAnswer) read(m *mainModule, f folder, t *tree) (p *packages.Package, sure bool) {
	rel, err := filepath.Rel(m.dir, f.dir)
	if err != nil {
		return nil, false
	}
	importPath := path.Join(m.path, filepath.ToSlash(rel))
	if gomodule.CheckImportPath(importPath) != nil || slices.Contains(strings.Split(importPath, "/"), "vendor") {
		return nil, false
	}
	context := a.context
	context.ReadDir = func(string) ([]fs.FileInfo, error) { return f.infos(), nil }
	context.OpenFile = t.open
	built, err := context.ImportDir(f.dir, 0)
	if err != nil {
		var none *build.NoGoError
		return nil, errors.As(err, &none) && len(built.InvalidGoFiles) == 0
	}
	if len(built.GoFiles)+len(built.CgoFiles) == 0 && len(slices.Concat(built.CFiles, built.CXXFiles, built.MFiles, built.FFiles)) > 0 {
		return nil, false // the go command refuses tests beside C
	}
	return &packages.Package{
		ID: importPath, PkgPath: importPath, Name: built.Name, Dir: f.dir,
		GoFiles:      f.paths(built.GoFiles, built.CgoFiles),
		IgnoredFiles: f.paths(built.IgnoredGoFiles, built.IgnoredOtherFiles),
		Module:       &packages.Module{Path: m.path, Dir: m.dir, Main: true},
	}, true
}

// standard returns a package of the standard library, which goes before any other of its path; nil when it is
// none, or when that is for the go command to say.
func (a *goAnswer) standard(importPath string) *packages.Package {
	first, _, _ := strings.Cut(importPath, "/")
	if a == nil || a.context.Compiler != "gc" || strings.Contains(first, ".") {
		return nil
	}
	f := folder{dir: filepath.Join(a.goroot, "src", filepath.FromSlash(importPath))}
	built, err := a.context.ImportDir(f.dir, 0)
	if err != nil {
		return nil
	}
	return &packages.Package{
		ID: importPath, PkgPath: importPath, Name: built.Name, Dir: f.dir, GoFiles: f.paths(built.GoFiles, built.CgoFiles),
	}
}

// sameInFold reports whether import paths differ in case alone, which the go command takes for a mistake.
func sameInFold(listed []*packages.Package) bool {
	seen := make(map[string]bool, len(listed))
	for _, p := range listed {
		folded := strings.ToLower(p.PkgPath)
		if seen[folded] {
			return true
		}
		seen[folded] = true
	}
	return false
}
