package generator

import (
	"cmp"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"sync"

	"golang.org/x/tools/go/packages"

	"github.com/wpsgen/wpsgen/generator/diag"
)

// world finds the declarations of the packages that a program imports, so that aliases and names behind
// dot imports can be followed there. It reads their declarations and compiles nothing: a package that
// does not compile, or is not there at all, stands in nobody's way.
type world struct {
	cfg    Config
	mu     sync.Mutex                   // guards what follows
	answer *goAnswer                    // finds the standard library, nil when the go command has to
	files  map[string]*packages.Package // what the go command said of a package, by path
	scopes map[string]*scope            // those read so far
}

func newWorld(cfg Config) *world {
	return &world{cfg: cfg, files: make(map[string]*packages.Package), scopes: make(map[string]*scope)}
}

// add tells of packages that have been listed.
func (w *world) add(l *listing) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.know(l.listed)
	w.answer = cmp.Or(w.answer, l.answer)
}

func (w *world) know(listed []*packages.Package) {
	for _, p := range listed {
		w.files[p.PkgPath] = p
	}
}

// list asks the go command for packages that it has not been asked for yet. One it does not know has no declarations.
func (w *world) list(paths []string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.ask(paths)
}

func (w *world) ask(paths []string) {
	paths = slices.DeleteFunc(slices.Clone(paths), func(path string) bool {
		_, known := w.files[path]
		return known || path == "" || path == "C" || path == "unsafe"
	})
	if w.cfg.Dir == "" || len(paths) == 0 {
		return
	}
	slices.Sort(paths)
	for _, path := range paths {
		w.files[path] = w.answer.standard(path)
	}
	paths = slices.DeleteFunc(paths, func(path string) bool { return w.files[path] != nil })
	if len(paths) == 0 {
		return
	}
	listed, err := packages.Load(&packages.Config{
		Mode: packages.NeedName | packages.NeedFiles, Dir: w.cfg.Dir, Env: w.cfg.Env,
	}, slices.Compact(paths)...)
	if err == nil {
		w.know(listed)
	}
}

// nameOf returns the name of a package: what the go command says, else what its path shows.
func (w *world) nameOf(path string) string {
	if known, ok := knownPackages[path]; ok {
		return known
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if p := w.files[path]; p != nil && p.Name != "" {
		return p.Name
	}
	return lastElement(path)
}

// scope returns the declarations of a package, nil when they cannot be read.
func (w *world) scope(path string) *scope {
	w.mu.Lock()
	defer w.mu.Unlock()
	if s, done := w.scopes[path]; done {
		return s
	}
	w.scopes[path] = nil
	w.ask([]string{path})
	if p := w.files[path]; p != nil {
		w.scopes[path] = newScope(prefixOf(path), parseDeclarations(p.GoFiles), w)
	}
	return w.scopes[path]
}

// parseDeclarations parses files as far as they can be.
func parseDeclarations(paths []string) []*ast.File {
	fset := token.NewFileSet()
	var files []*ast.File
	for _, path := range paths {
		if f, _ := parser.ParseFile(fset, path, nil, parser.SkipObjectResolution); f != nil {
			files = append(files, f)
		}
	}
	return files
}

// bindSignatures binds the parameters and results of all functions. It asks at once for all packages whose
// declarations their types may need.
func (g *run) bindSignatures() {
	fns := g.functions()
	var paths []string
	for _, fn := range fns {
		paths = append(paths, fn.Package.scope.importsOf(fn.file, fn.decl.Type, make(map[string]bool))...)
	}
	g.world.list(paths)
	findings := make([][]diag.Finding, len(fns))
	parallel(len(fns), func(i int) { findings[i] = bindSignature(g.fset, fns[i]) })
	g.report(slices.Concat(findings...)...)
}

// functions are those of which it can be told what they may take: where a directive is wrong, nothing can be said.
func (g *run) functions() []*Function {
	var fns []*Function
	for _, pkg := range g.built {
		for _, fn := range pkg.Functions {
			if fn.triggerUse() != nil && !slices.ContainsFunc(fn.uses, func(u *use) bool { return u.wrong }) {
				fns = append(fns, fn)
			}
		}
	}
	return fns
}
