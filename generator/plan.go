package generator

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/wpsgen/wpsgen/generator/appfiles"
	"github.com/wpsgen/wpsgen/generator/diag"
)

// Change is one file that is not as it ought to be.
type Change struct {
	// Path is the file's absolute path.
	Path string
	// Old is what is there, nil when the file does not exist.
	Old []byte
	// New is what ought to be there, nil when the file ought to go.
	New []byte
}

// Verb says what Write does to the file: create, update or remove.
func (c Change) Verb() string {
	switch {
	case c.New == nil:
		return "remove"
	case c.Old == nil:
		return "create"
	}
	return "update"
}

// plan collects the files wanted and compares them with those there.
type plan struct {
	wanted   map[string][]byte
	texts    map[string][]byte // what the walk has read of those there
	missing  map[string]error
	adopt    []string // names of functions whose function.json is taken over
	changes  []Change
	findings []diag.Finding
}

// wantApp plans what an app with upstream: http has beside its functions: the one that takes the events,
// and a host.json unless there is one. They depend on every package, and a file in the way of
// them is in the way of all.
func (p *plan) wantApp(app *App) error {
	if fn := app.webhook; fn != nil {
		path := filepath.Join(app.Dir, fn.Name, functionFile)
		content, err := functionJSON(fn.Bindings)
		if err != nil {
			return err
		}
		if o := (output{path, content, fn}); p.inTheWay(o) {
			p.reportInTheWay(o, "remove or move that file")
			for _, pkg := range app.Packages {
				pkg.sound = false
			}
			return nil
		}
		p.wanted[path] = content
	}
	if !app.ownsHost {
		return nil
	}
	content, err := hostJSON(app)
	p.wanted[filepath.Join(app.Dir, appfiles.HostFile)] = content
	return err
}

// wantPackages plans the outputs of an app's sound packages.
func (p *plan) wantPackages(app *App) error {
	outputs := make([][]output, len(app.Packages))
	failed := make([]error, len(app.Packages))
	parallel(len(app.Packages), func(i int) {
		if pkg := app.Packages[i]; pkg.sound && len(pkg.Functions) > 0 {
			outputs[i], failed[i] = render(app, pkg)
		}
	})
	if err := errors.Join(failed...); err != nil {
		return err
	}
	for i, pkg := range app.Packages {
		p.want(pkg, outputs[i])
	}
	return nil
}

// output is a file wanted, and the function that wants it.
type output struct {
	path    string
	content []byte
	fn      *Function
}

// render renders the outputs of one package, its glue first.
func render(app *App, pkg *Package) ([]output, error) {
	glue, err := renderGlue(app, pkg)
	if err != nil {
		return nil, err
	}
	outputs := []output{{filepath.Join(pkg.Dir, glueFile), glue, pkg.Functions[0]}}
	for _, f := range pkg.Functions {
		bindings := app.hostBindings(f)
		if bindings == nil {
			continue
		}
		content, err := functionJSON(bindings)
		if err != nil {
			return nil, err
		}
		outputs = append(outputs, output{filepath.Join(app.Dir, f.Name, functionFile), content, f})
	}
	return outputs, nil
}

// want plans the outputs of one package. A file that is in the way and not ours is a finding, and nothing
// of the package is planned.
func (p *plan) want(pkg *Package, outputs []output) {
	blocked := false
	for _, o := range outputs {
		if p.inTheWay(o) {
			p.reportInTheWay(o, wayAround(o))
			blocked = true
		}
	}
	if blocked {
		pkg.sound = false
		return
	}
	for _, o := range outputs {
		p.wanted[o.path] = o.content
	}
}

// inTheWay reports whether a file that is not to be replaced stands where one of ours belongs.
func (p *plan) inTheWay(o output) bool {
	old, err := p.read(o.path)
	if err != nil {
		return !errors.Is(err, fs.ErrNotExist) && isDir(o.path)
	}
	return !bytes.Equal(old, o.content) && !Wrote(o.path, old) && !p.adopts(o)
}

// wayAround is the way out where something is in the way of a package's output.
func wayAround(o output) string {
	const rename = ", or name the function otherwise with //wps:function name="
	switch {
	case filepath.Base(o.path) == glueFile:
		return "remove or rename that file"
	case isDir(o.path):
		return "remove or move that folder" + rename
	}
	return "remove or move that file, take it over with wpsgen generate --adopt " + o.fn.Name + rename
}

func (p *plan) reportInTheWay(o output, hint string) {
	p.findings = append(p.findings, diag.Finding{
		Code:    diag.ForeignFile,
		Place:   o.fn.Place,
		Message: "function " + o.fn.Name + " needs " + filepath.Base(filepath.Dir(o.path)) + "/" + filepath.Base(o.path) + ", which wpsgen did not write",
		Hint:    hint,
		Related: []diag.Related{{Place: diag.Place{File: o.path}, Message: "what is in the way"}},
	})
}

// adopts reports whether a file is to be taken over, whoever wrote it.
func (p *plan) adopts(o output) bool {
	return filepath.Base(o.path) == functionFile && slices.Contains(p.adopt, o.fn.Name)
}

// read returns the content of an output, from what the walk has read where it can. What is not there is
// looked for once.
func (p *plan) read(path string) ([]byte, error) {
	if text, ok := p.texts[path]; ok {
		return text, nil
	}
	if err := p.missing[path]; err != nil {
		return nil, err
	}
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		p.missing[path] = err
	}
	return text, err
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// compare works out the changes, given the generated-looking files the walk saw and a test for those
// that may be removed.
func (p *plan) compare(outputs []string, removable func(path string) bool) error {
	for path, content := range p.wanted {
		// A file where a folder of the path belongs (ENOTDIR) is left for Write to report.
		old, err := p.read(path)
		if err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR) {
			return err
		}
		if err != nil {
			old = nil
		}
		if !bytes.Equal(old, content) || old == nil {
			p.changes = append(p.changes, Change{Path: path, Old: old, New: content})
		}
	}
	for _, path := range outputs {
		if _, wanted := p.wanted[path]; wanted || !removable(path) {
			continue
		}
		old, err := p.read(path)
		if err != nil {
			return err
		}
		if Wrote(path, old) {
			p.changes = append(p.changes, Change{Path: path, Old: old})
		}
	}
	slices.SortFunc(p.changes, func(a, b Change) int { return strings.Compare(a.Path, b.Path) })
	return nil
}

// Wrote reports whether a file with the name of a generated one is what wpsgen wrote, by its text.
func Wrote(path string, src []byte) bool {
	if filepath.Base(path) == glueFile {
		return isOurGo(src)
	}
	return isOurJSON(src)
}
