package generator

import (
	"go/ast"
	"os"
	"path/filepath"
	"slices"

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
