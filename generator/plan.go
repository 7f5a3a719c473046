package generator

import (
	"bytes"
	"errors"
	"io/fs"
	"maps"
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
	changes  []Change
	findings []diag.Finding
}

// wantApp plans what an app with upstream: http has beside its functions: the one that takes the events,
// and a host.json unless there is one. They depend on every package, and a file in the way of
// them is in the way of all.
func (p *plan) wantApp(app *App) error {
	if fn := app.webhook; fn != nil {
		path := filepath.Join(app.Dir, fn.Name, functionFile)
		if p.inTheWay(path, isOurJSON, fn, "remove or move that file") {
			for _, pkg := range app.Packages {
				pkg.sound = false
			}
			return nil
		}
		content, err := functionJSON(fn.Bindings)
		if err != nil {
			return err
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

// want plans the outputs of one sound package. A file that is in the way and not ours is a finding,
// and nothing of the package is planned.
func (p *plan) want(app *App, pkg *Package) error {
	files := make(map[string][]byte)
	glue, err := renderGlue(app, pkg)
	if err != nil {
		return err
	}
	path := filepath.Join(pkg.Dir, glueFile)
	files[path] = glue
	blocked := p.inTheWay(path, isOurGo, pkg.Functions[0], "remove or rename that file")
	for _, f := range pkg.Functions {
		bindings := app.hostBindings(f)
		if bindings == nil {
			continue
		}
		path := filepath.Join(app.Dir, f.Name, functionFile)
		if files[path], err = functionJSON(bindings); err != nil {
			return err
		}
		blocked = p.inTheWay(path, isOurJSON, f, "remove or move that file, or name the function otherwise with //wps:function name=") || blocked
	}
	if blocked {
		pkg.sound = false
		return nil
	}
	maps.Copy(p.wanted, files)
	return nil
}

// inTheWay reports a file that stands where one of ours belongs.
func (p *plan) inTheWay(path string, ours func([]byte) bool, f *Function, hint string) bool {
	if old, err := os.ReadFile(path); err == nil && ours(old) || err != nil && !isDir(path) {
		return false
	}
	p.findings = append(p.findings, diag.Finding{
		Code:    diag.ForeignFile,
		Place:   f.Place,
		Message: "function " + f.Name + " needs " + filepath.Base(filepath.Dir(path)) + "/" + filepath.Base(path) + ", which wpsgen did not write",
		Hint:    hint,
		Related: []diag.Related{{Place: diag.Place{File: path}, Message: "what is in the way"}},
	})
	return true
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
		old, err := os.ReadFile(path)
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
		old, err := os.ReadFile(path)
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
