package gomod

import (
	"errors"
	"fmt"
	"go/version"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"
)

// Names of the go command's files.
const (
	modFile = "go.mod"
	sumFile = "go.sum"
)

// CheckPath returns what is wrong with a module's path, with the way out.
func CheckPath(modulePath string) error {
	err := module.CheckImportPath(modulePath)
	if invalid := (*module.InvalidPathError)(nil); errors.As(err, &invalid) {
		err = invalid.Err
	}
	if err != nil {
		return fmt.Errorf("%q is no path of a module: %w; write one such as example.com/chat", modulePath, err)
	}
	return nil
}

// Path returns the path of the module that a go.mod declares, "" when it declares none.
func Path(src []byte) string { return modfile.ModulePath(src) }

// New returns the text of a go.mod for a new module.
func New(modulePath string) ([]byte, error) {
	if err := CheckPath(modulePath); err != nil {
		return nil, err
	}
	f := new(modfile.File)
	if err := f.AddModuleStmt(modulePath); err != nil {
		return nil, err
	}
	if err := f.AddGoStmt(GoVersion); err != nil {
		return nil, err
	}
	return f.Format()
}

// Edit adds to the text of a go.mod, whose path errors name, what it lacks to build against wpsgen and to have it
// as a tool. What it has stays, other versions and replacements of wpsgen among it. wpsgen's own module lacks nothing.
func Edit(file string, src []byte, s Source) ([]byte, error) {
	f, err := modfile.Parse(file, src, nil)
	if err != nil {
		return nil, err
	}
	if f.Module == nil {
		return nil, fmt.Errorf("%s has no module line", file)
	}
	if f.Module.Mod.Path == Module {
		return src, nil
	}
	err = raiseGo(f.Go, f.AddGoStmt)
	if !requires(f) {
		err = errors.Join(err, f.AddRequire(Module, s.Version))
	}
	if s.Dir != "" && replacement(f) == nil {
		err = errors.Join(err, f.AddReplace(Module, "", filepath.ToSlash(s.Dir), ""))
	}
	if !hasTool(f) {
		err = errors.Join(err, f.AddTool(Tool))
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	f.Cleanup()
	text, err := f.Format()
	if err != nil {
		return nil, err
	}
	if _, err := modfile.Parse(file, text, nil); err != nil { // modfile keeps quotes off some names that need them
		return nil, fmt.Errorf("%s has names that cannot be written back, such as its module's: %w", file, err)
	}
	return text, nil
}

// EditWork adds a module's folder to the text of a go.work, whose path is given, and raises its version of Go, as
// far as either is lacking.
func EditWork(file string, src []byte, dir string) ([]byte, error) {
	f, err := modfile.ParseWork(file, src, nil)
	if err != nil {
		return nil, err
	}
	err = raiseGo(f.Go, f.AddGoStmt)
	if !slices.ContainsFunc(f.Use, func(u *modfile.Use) bool { return absolute(file, u.Path) == dir }) {
		err = errors.Join(err, f.AddUse(usePath(file, dir), ""))
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	f.Cleanup()
	text := modfile.Format(f.Syntax)
	if _, err := modfile.ParseWork(file, text, nil); err != nil { // as in Edit
		return nil, fmt.Errorf("%s has names that cannot be written back: %w", file, err)
	}
	return text, nil
}

// usePath is how a go.work names a folder.
func usePath(file, dir string) string {
	rel, err := filepath.Rel(filepath.Dir(file), dir)
	if err != nil {
		return filepath.ToSlash(dir) // on another volume
	}
	if !strings.HasPrefix(rel, "..") {
		rel = "." + string(filepath.Separator) + rel
	}
	return filepath.ToSlash(rel)
}

// absolute is a path in one of the go command's files, as the system has it.
func absolute(file, path string) string {
	path = filepath.FromSlash(path)
	if !filepath.IsAbs(path) {
		path = filepath.Join(filepath.Dir(file), path)
	}
	return filepath.Clean(path)
}

// raiseGo makes a file ask for a version of Go that wpsgen builds with.
func raiseGo(has *modfile.Go, set func(string) error) error {
	if has != nil && version.Compare("go"+has.Version, "go"+GoVersion) >= 0 {
		return nil
	}
	return set(GoVersion)
}

// Requires reports whether a module can build against wpsgen, by the text of its go.mod: it requires it, or is it.
func Requires(src []byte) bool {
	f, err := modfile.ParseLax(modFile, src, nil)
	return err == nil && (requires(f) || f.Module != nil && f.Module.Mod.Path == Module)
}

func requires(f *modfile.File) bool {
	return slices.ContainsFunc(f.Require, func(r *modfile.Require) bool { return r.Mod.Path == Module })
}

func hasTool(f *modfile.File) bool {
	return slices.ContainsFunc(f.Tool, func(t *modfile.Tool) bool { return t.Path == Tool })
}

// replacement returns what stands in the place of wpsgen, nil when nothing does.
func replacement(f *modfile.File) *modfile.Replace {
	for _, r := range f.Replace {
		if r.Old.Path == Module {
			return r
		}
	}
	return nil
}

// checkoutIn is checkoutOf for a text.
func checkoutIn(file string, src []byte) string {
	f, err := modfile.Parse(file, src, nil)
	if err != nil {
		return ""
	}
	return checkoutOf(file, f)
}

// checkoutOf returns the folder that a go.mod has in the place of wpsgen, "" when it has none.
func checkoutOf(file string, f *modfile.File) string {
	r := replacement(f)
	if r == nil || r.New.Version != "" {
		return ""
	}
	return absolute(file, r.New.Path)
}
