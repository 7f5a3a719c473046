package generator

import (
	"errors"
	"fmt"
	"go/ast"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/generator/binding"
	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/generator/directive"
	"github.com/wpsgen/wpsgen/generator/project"
)

// Definitions are the bindings that an app knows.
type Definitions struct {
	// Dir is the app's folder.
	Dir string
	// Set has the built-in definitions and then the app's own. While those have faults, it is the built-in
	// ones alone.
	Set *binding.Set
	// Files are the files with the app's own, by path.
	Files []string
	// Findings are the faults of the files, and of what wpsgen.yaml says of them.
	Findings []diag.Finding
}

func (d *Definitions) broken() bool { return len(d.Findings) > 0 }

// understood leaves out directives with unknown verbs while definitions have faults, and all others of the same
// functions: what they would say is unknown, and the fault is reported.
func (d *Definitions) understood(list []directive.Found) []directive.Found {
	if !d.broken() {
		return list
	}
	unknown := make(map[ast.Decl]bool)
	for _, f := range list {
		if d.Set.Verb(f.Verb) == nil {
			unknown[f.Decl] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(list), func(f directive.Found) bool { return unknown[f.Decl] })
}

// triggerVerbs are the directives that say when a function runs.
func (d *Definitions) triggerVerbs() []string {
	var verbs []string
	for _, def := range d.Set.Definitions() {
		if def.IsTrigger() {
			verbs = append(verbs, "//wps:"+def.Verb)
		}
	}
	return verbs
}

// DefinitionsOf returns the definitions of the app that a folder is in: the nearest one upwards with
// wpsgen.yaml or host.json, within the folder's module. The error is about files that cannot be looked for.
func DefinitionsOf(dir string) (*Definitions, error) {
	set, err := binding.Builtin()
	if err != nil {
		return nil, err
	}
	g := newRun(Config{Definitions: set})
	return g.definitions(g.finder.appDir(dir, moduleOf(dir)))
}

// moduleOf returns the nearest folder upwards with a go.mod, "" when there is none.
func moduleOf(dir string) string {
	for d := dir; ; d = filepath.Dir(d) {
		if _, err := os.Stat(filepath.Join(d, "go.mod")); err == nil {
			return d
		}
		if d == filepath.Dir(d) {
			return ""
		}
	}
}

// definitions returns the definitions of an app. It reads them, and reports their faults, once.
func (g *run) definitions(appDir string) (*Definitions, error) {
	if d := g.defs[appDir]; d != nil {
		return d, nil
	}
	source := g.finder.source(appDir)
	if source.err != nil {
		return nil, source.err
	}
	settings, _ := project.Read(filepath.Join(appDir, project.File), source.settings) // readApp reports the rest
	d := ReadDefinitions(appDir, settings, g.cfg.Definitions)
	g.defs[appDir] = d
	g.report(d.Findings...)
	return d, nil
}

// ReadDefinitions adds to a set the definitions that an app's settings name.
func ReadDefinitions(appDir string, settings project.Settings, base *binding.Set) *Definitions {
	d := &Definitions{Dir: appDir, Set: base}
	if len(settings.Bindings) == 0 {
		return d
	}
	all := base.Definitions()
	for _, p := range settings.Bindings {
		for _, path := range d.files(appDir, p) {
			all = append(all, d.read(path, p)...)
		}
	}
	if d.broken() {
		return d // whether they fit together would be told of some alone
	}
	set, err := binding.NewSet(all...)
	d.reportAll(err)
	if err == nil {
		d.Set = set
	}
	return d
}

// files finds the files of a pattern that have not been found before, sorted.
func (d *Definitions) files(appDir string, p project.Pattern) []string {
	found, err := filepath.Glob(filepath.Join(literal(appDir), filepath.FromSlash(p.Text)))
	found = slices.DeleteFunc(found, func(path string) bool {
		info, err := os.Stat(path)
		return err != nil || !info.Mode().IsRegular() || filepath.Base(path) == project.File
	})
	if err != nil || len(found) == 0 {
		d.Findings = append(d.Findings, diag.Finding{
			Code: diag.BadSettings, Place: p.Place, Message: fmt.Sprintf("there is no file %s", p.Text),
			Hint: "it is relative to the folder of " + project.File,
		})
		return nil
	}
	slices.Sort(found)
	found = slices.DeleteFunc(found, func(path string) bool { return slices.Contains(d.Files, path) })
	d.Files = append(d.Files, found...)
	return found
}

// literal spells a folder as a pattern that matches it alone.
func literal(dir string) string {
	if filepath.Separator == '\\' {
		return dir // where a backslash cannot escape
	}
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(dir)
}

func (d *Definitions) read(path string, p project.Pattern) []*binding.Definition {
	src, err := os.ReadFile(path)
	if err != nil {
		d.Findings = append(d.Findings, diag.Finding{Code: diag.BadSettings, Place: p.Place, Message: err.Error()})
		return nil
	}
	defs, err := binding.ReadOwn(path, src)
	d.reportAll(err)
	return defs
}

// reportAll makes findings of the faults that an error joins.
func (d *Definitions) reportAll(err error) {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		for _, one := range joined.Unwrap() {
			d.reportAll(one)
		}
		return
	}
	var fault *binding.Error
	if !errors.As(err, &fault) {
		return
	}
	f := diag.Finding{Code: diag.BadDefinition, Place: fault.Place, Message: fault.Message, Hint: fault.Hint}
	if fault.Other.File != "" {
		f.Related = []diag.Related{{Place: fault.Other, Message: fault.OtherIs}}
	}
	d.Findings = append(d.Findings, f)
}
