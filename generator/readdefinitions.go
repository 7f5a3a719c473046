package generator

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/generator/binding"
	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/generator/project"
)

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
