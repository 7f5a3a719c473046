package scaffold

import (
	"cmp"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/generator"
	"github.com/wpsgen/wpsgen/generator/appfiles"
	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/generator/project"
)

// Conflicts returns what the function and its files would be in the way of, each with its place: names in the
// package and, where app is not nil, functions of the app that have its name, its event or its route. Places are
// named relative to wd.
func (f Function) Conflicts(p *Package, app *generator.App, files []File, wd string) error {
	wrong, err := p.takenNames(files, wd)
	if err != nil {
		return err
	}
	if app == nil {
		return errors.Join(wrong...)
	}
	if app.Upstream == project.HTTP && strings.EqualFold(f.functionName(), generator.WebhookName) {
		wrong = append(wrong, fmt.Errorf("with upstream: http the function %s takes the service's events; take another name", generator.WebhookName))
	}
	if program := appfiles.Program(p.ImportPath); p.Name == "main" && app.Dir == p.Dir && strings.EqualFold(f.functionName(), program) {
		wrong = append(wrong, fmt.Errorf("go build calls the program %s, as the function's folder would be called; take another name", program))
	}
	wrong = append(wrong, f.inTheWay(app, wd))
	for _, other := range app.Functions() {
		if said := f.clash(p, other); said != "" {
			wrong = append(wrong, fmt.Errorf("%s:%d: %s", diag.Relative(wd, other.Place.File), other.Place.Line, said))
		}
	}
	return errors.Join(wrong...)
}

// inTheWay returns what stands where generate would write the function's function.json.
func (f Function) inTheWay(app *generator.App, wd string) error {
	path := filepath.Join(app.Dir, f.functionName(), appfiles.FunctionFile)
	src, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) || err == nil && generator.Wrote(path, src) {
		return nil
	}
	if err != nil {
		return err
	}
	return fmt.Errorf("%s: wpsgen did not write this, and the function would need its place; take another name", diag.Relative(wd, path))
}

// clash says why the function cannot stand beside another one, "" when it can.
func (f Function) clash(p *Package, other *generator.Function) string {
	if strings.EqualFold(other.Name, f.functionName()) && (other.GoName != f.Name || other.Package.Dir != p.Dir) { // else the Go name is taken
		return fmt.Sprintf("the app has a function %s here already; take another name", other.Name)
	}
	t := other.Trigger()
	if t == nil {
		return ""
	}
	eventType, event := "system", f.Kind.system
	if f.Kind.Name == kindEvent {
		eventType, event = "user", f.event()
	}
	switch {
	case event != "" && strings.EqualFold(t.Value("eventType"), eventType) && strings.EqualFold(t.Value("eventName"), event) &&
		strings.EqualFold(t.Value("hub"), f.hub(p)) && slices.Contains([]string{"", "all"}, t.Value("clientProtocols")):
		way := "take another hub"
		if f.Kind.Name == kindEvent {
			way = "name another event with --event"
		}
		return fmt.Sprintf("function %s takes the %s event %s of hub %s already; %s", other.Name, eventType, event, f.hub(p), way)
	case f.Kind.Has(OptionRoute) && t.Type == "httpTrigger" && f.sharesRoute(t, other):
		return fmt.Sprintf("function %s has the route %s already; name another one with --route", other.Name, cmp.Or(f.Route, f.functionName()))
	}
	return ""
}

// sharesRoute reports whether an http function serves the same requests.
func (f Function) sharesRoute(t *generator.Binding, other *generator.Function) bool {
	mine := []string{"get"}
	if f.Kind.Name == kindContext {
		mine = []string{"post", "options"}
	}
	theirs := t.Values("methods")
	return strings.EqualFold(strings.Trim(cmp.Or(t.Value("route"), other.Name), "/"), strings.Trim(cmp.Or(f.Route, f.functionName()), "/")) &&
		(len(theirs) == 0 || slices.ContainsFunc(theirs, func(m string) bool { return slices.Contains(mine, strings.ToLower(m)) }))
}

// takenNames returns what of the files' declarations and imports the package has another thing by that name for.
func (p *Package) takenNames(files []File, wd string) ([]error, error) {
	var wrong []error
	report := func(name, what string, pos token.Pos) {
		wrong = append(wrong, fmt.Errorf("%s: %s is declared here, and %s needs the name; take another name", p.place(pos, wd), name, what))
	}
	said := make(map[string]bool)
	for _, file := range files {
		f, err := parser.ParseFile(token.NewFileSet(), file.Name, file.Content, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		for _, name := range declaredIn(f) {
			if pos, taken := p.names[name]; taken {
				report(name, file.Name, pos)
			} else if pos, taken := p.imports[name]; taken {
				report(name, file.Name, pos)
			}
		}
		for _, spec := range f.Imports {
			if pos, taken := p.names[importName(spec)]; taken && !said[importName(spec)] {
				said[importName(spec)] = true
				wrong = append(wrong, fmt.Errorf("%s: %s is declared here, and new files import the package of that name; rename this one", p.place(pos, wd), importName(spec)))
			}
		}
	}
	return wrong, nil
}

func declaredIn(f *ast.File) []string {
	p := &Package{names: make(map[string]token.Pos)}
	for _, d := range f.Decls {
		p.declare(d)
	}
	var names []string
	for name := range p.names {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
