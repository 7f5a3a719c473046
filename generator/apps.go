package generator

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
)

// loadApps loads the packages asked for and then the whole of each app they belong to.
func (g *run) loadApps() error {
	asked, err := load(g.cfg, g.fset, g.finder)
	if err != nil {
		return err
	}
	g.packages, g.outputs, g.texts, g.modules = asked.packages, asked.outputs, asked.texts, asked.modules
	g.world.add(asked)
	if slices.Contains(g.cfg.Patterns, "./...") {
		g.covered = append(g.covered, g.cfg.Dir)
	}
	for _, root := range asked.apps {
		if g.covers(root) {
			continue
		}
		cfg := g.cfg
		cfg.Dir, cfg.Patterns = root, []string{"./..."}
		more, err := load(cfg, g.fset, g.finder)
		if err != nil {
			return err
		}
		g.merge(more.packages)
		g.world.add(more)
		g.outputs = append(g.outputs, more.outputs...)
		maps.Copy(g.texts, more.texts)
		g.modules = append(g.modules, more.modules...)
		g.covered = append(g.covered, root)
	}
	slices.Sort(g.outputs)
	g.outputs = slices.Compact(g.outputs)
	return nil
}

// merge adds packages. Of one that is there already it takes the later reading, which was done in its
// app and so has seen its strays too.
func (g *run) merge(more []*loaded) {
	for _, m := range more {
		if i := slices.IndexFunc(g.packages, func(l *loaded) bool { return l.dir == m.dir }); i >= 0 {
			g.packages[i] = m
			continue
		}
		g.packages = append(g.packages, m)
	}
	slices.SortFunc(g.packages, func(a, b *loaded) int {
		if c := strings.Compare(a.path, b.path); c != 0 {
			return c
		}
		return strings.Compare(a.dir, b.dir)
	})
}

// covers reports whether all packages and outputs around a path of some app have been loaded.
func (g *run) covers(path string) bool {
	return slices.ContainsFunc(g.covered, func(root string) bool { return within(root, path) && !otherModule(root, path) })
}

func within(root, path string) bool {
	rel, err := filepath.Rel(root, path)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// otherModule reports whether a module begins between root and a path below it.
func otherModule(root, path string) bool {
	for d := path; d != root && d != filepath.Dir(d); d = filepath.Dir(d) {
		if _, err := os.Stat(filepath.Join(d, "go.mod")); err == nil {
			return true
		}
	}
	return false
}

// appDirs returns the apps of packages: of those with directives, and of all in modules that are being
// worked on, since those may have had directives before.
func (a *appFinder) appDirs(listed []*packages.Package, withDirectives []*loaded) []string {
	var dirs []string
	for _, p := range listed {
		if dir := packageDir(p); dir != "" && p.Module != nil && p.Module.Main {
			dirs = append(dirs, a.appDir(dir, p.Module.Dir))
		}
	}
	for _, l := range withDirectives {
		dirs = append(dirs, a.appDir(l.dir, l.module))
	}
	slices.Sort(dirs)
	return slices.Compact(dirs)
}

func (g *run) sortedApps() []*App {
	for _, pkg := range g.built {
		dir := pkg.appDir
		if g.apps[dir] == nil {
			g.apps[dir] = &App{Dir: dir}
		}
		g.apps[dir].Packages = append(g.apps[dir].Packages, pkg)
	}
	var apps []*App
	for _, app := range g.apps {
		apps = append(apps, app)
	}
	slices.SortFunc(apps, func(a, b *App) int { return strings.Compare(a.Dir, b.Dir) })
	return apps
}
