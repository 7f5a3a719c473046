package generator

import (
	"go/token"
	"path/filepath"
	"slices"

	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/generator/directive"
	"github.com/wpsgen/wpsgen/generator/project"
)

// Result is what a run found. Nothing has been written yet.
type Result struct {
	// Apps are the apps found, by folder.
	Apps []*App
	// Findings are all mistakes, in order of place.
	Findings []diag.Finding
	// Changes are the files that are not as they ought to be, by path.
	Changes []Change

	modules []string // the folders of the modules that are worked on
}

// Modules are the folders of the modules that are worked on, which is where changes to the sources are.
func (r *Result) Modules() []string { return slices.Clone(r.modules) }

// Run generates for the packages of cfg, and for the rest of the apps they belong to, since names are
// unique in an app. The error is about what kept it from looking, such as a pattern that matches
// nothing; mistakes in sources are findings of the result.
func Run(cfg Config) (*Result, error) {
	cfg, err := cfg.resolved()
	if err != nil {
		return nil, err
	}
	g := newRun(cfg)
	if err := g.loadApps(); err != nil {
		return nil, err
	}
	return g.result()
}

// result makes the models of the packages loaded, checks them and works out the files.
func (g *run) result() (*Result, error) {
	for _, pkg := range g.packages {
		pkg.appDir = g.finder.appDir(pkg.dir, pkg.module)
	}
	g.resolveAll()
	g.bindSignatures()
	apps := g.sortedApps()
	for _, app := range apps {
		if err := g.readApp(app); err != nil {
			return nil, err
		}
		g.checkApp(app)
	}
	g.holdBack()
	changes, err := g.plan(apps)
	if err != nil {
		return nil, err
	}
	return &Result{Apps: apps, Findings: diag.Sort(adjusted(apps, g.findings)), Changes: changes, modules: g.modules}, nil
}

// adjusted gives the findings the severities that the projects of the apps they are in have for them. What
// holds files back has been decided by their own.
func adjusted(apps []*App, findings []diag.Finding) []diag.Finding {
	var all []diag.Finding
	for _, f := range findings {
		one := []diag.Finding{f}
		var owner *App
		for _, app := range apps {
			if within(app.Dir, f.Place.File) && (owner == nil || within(owner.Dir, app.Dir)) {
				owner = app
			}
		}
		if owner != nil {
			one = owner.rules.Apply(one)
		}
		all = append(all, one...)
	}
	return all
}

func newRun(cfg Config) *run {
	return &run{
		cfg: cfg, fset: token.NewFileSet(), apps: make(map[string]*App),
		broken: make(map[*directive.Directive]bool), finder: newAppFinder(), world: newWorld(cfg),
	}
}

// run is the state of one Run.
type run struct {
	cfg      Config
	fset     *token.FileSet
	packages []*loaded
	outputs  []string
	texts    map[string][]byte // contents of outputs
	modules  []string          // folders of the modules that are worked on
	covered  []string          // folders whose packages have all been loaded
	finder   *appFinder
	world    *world
	apps     map[string]*App
	built    []*Package
	unsound  []string // folders of packages with errors
	broken   map[*directive.Directive]bool
	findings []diag.Finding
}

// alsoUnsound keeps the files of a function's package as they are, when the finding is at another place.
func (g *run) alsoUnsound(fn *Function) { g.unsound = append(g.unsound, fn.Package.Dir) }

func (g *run) report(f ...diag.Finding) { g.findings = append(g.findings, f...) }

// holdBack keeps the files of packages with an error as they are.
func (g *run) holdBack() {
	for _, f := range g.findings {
		if f.Severity() == diag.Error {
			g.unsound = append(g.unsound, filepath.Dir(f.Place.File))
		}
	}
	for _, pkg := range g.built {
		pkg.sound = !slices.Contains(g.unsound, pkg.Dir)
	}
}

// plan works out what to write for the sound packages and what to remove.
func (g *run) plan(apps []*App) ([]Change, error) {
	p := &plan{wanted: make(map[string][]byte), texts: g.texts, missing: make(map[string]error)}
	for _, app := range apps {
		if app.Upstream == project.HTTP && g.soundBelow(app.Dir) {
			if err := p.wantApp(app); err != nil {
				return nil, err
			}
		}
		if err := p.wantPackages(app); err != nil {
			return nil, err
		}
		for _, pkg := range app.Packages {
			if !pkg.sound {
				g.unsound = append(g.unsound, pkg.Dir)
			}
		}
	}
	g.report(p.findings...)
	err := p.compare(g.outputs, g.removable)
	return p.changes, err
}

// soundBelow reports whether no error keeps the files of a package in a folder or below it as they are.
func (g *run) soundBelow(root string) bool {
	return !slices.ContainsFunc(g.unsound, func(dir string) bool { return within(root, dir) })
}

// removable reports whether a generated file that nothing wants may go: all that could want it has been
// read, and was sound. A function.json may belong to any package of its app, and host.json to all.
func (g *run) removable(path string) bool {
	if !g.covers(path) {
		return false
	}
	owner := filepath.Dir(path)
	if filepath.Base(path) != glueFile {
		if filepath.Base(path) == functionFile {
			owner = filepath.Dir(owner)
		}
		return g.soundBelow(owner)
	}
	return !slices.Contains(g.unsound, owner)
}
