package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/generator"
	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/generator/gomod"
	"github.com/wpsgen/wpsgen/generator/scaffold"
)

// newRun is what new is about to do.
type newRun struct {
	wd  string
	pkg *scaffold.Package
	app *generator.App // nil when no function of it is known
}

// isFirst reports whether the package had no function.
func (r *newRun) isFirst() bool { return r.pkg.ImportPath == "" }

// openPackage reads the package in a folder and the app that it belongs to.
func openPackage(ctx context.Context, dir string) (*newRun, error) {
	wd, err := workingDir()
	if err != nil {
		return nil, err
	}
	if dir, err = filepath.Abs(dir); err != nil {
		return nil, err
	}
	if dir, err = filepath.EvalSymlinks(dir); err != nil {
		return nil, err
	}
	r := &newRun{wd: wd}
	if r.pkg, err = scaffold.ReadPackage(dir); err != nil {
		return nil, err
	}
	if r.pkg.Name == "" {
		return nil, fmt.Errorf("%s has no Go package; start an app there with wpsgen init, or go to the folder of one", diag.Relative(wd, dir))
	}
	root, err := gomod.Root(ctx, dir)
	if err != nil {
		return nil, err
	}
	src, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil || !gomod.Requires(src) {
		return nil, errors.New("the module does not require " + gomod.Module + "; run wpsgen init first, which adds what is lacking")
	}
	result, err := generator.Run(generator.Config{Dir: dir})
	if err != nil {
		return nil, err
	}
	r.app = r.pkg.Find(result)
	return r, nil
}

// hub returns the hub to write into directives, "" where the package's default is it.
func (r *newRun) hub(given string) (string, error) {
	byDefault := r.pkg.Defaults["hub"]
	switch {
	case given != "" && strings.EqualFold(given, byDefault), given == "" && byDefault != "":
		return "", nil
	case given != "":
		return given, nil
	}
	if hubs := r.hubs(); len(hubs) > 1 {
		return "", fmt.Errorf("the app has the hubs %s; name one with --hub", strings.Join(hubs, ", "))
	}
	if hub := r.knownHub(); hub != "" {
		return hub, nil
	}
	return "", errors.New("no hub is known here; name one with --hub, or put //wps:defaults hub= above a package clause")
}

// knownHub is the one hub that the app's functions have, "" when they have none or several.
func (r *newRun) knownHub() string {
	if hubs := r.hubs(); len(hubs) == 1 {
		return hubs[0]
	}
	return ""
}

// hubs are those of the app's functions. Case does not count.
func (r *newRun) hubs() []string {
	var hubs []string
	if r.app == nil {
		return nil
	}
	for _, fn := range r.app.Functions() {
		for _, b := range fn.Bindings {
			if b.IsOther() {
				continue
			}
			hub := b.Value("hub")
			if hub != "" && !slices.ContainsFunc(hubs, func(h string) bool { return strings.EqualFold(h, hub) }) {
				hubs = append(hubs, hub)
			}
		}
	}
	slices.Sort(hubs)
	return hubs
}

// files returns the function's files, once nothing stands against them.
func (r *newRun) files(f scaffold.Function) ([]scaffold.File, error) {
	trial := f
	hub, noHub := r.hub(f.Hub)
	if trial.Hub = hub; noHub != nil {
		trial.Hub = defaultHub // something else may be wrong that can be said first
	}
	if err := cmp.Or(trial.Check(r.pkg), noHub); err != nil {
		return nil, err
	}
	f.Hub = hub
	files, err := f.Files(r.pkg)
	if err != nil {
		return nil, err
	}
	return files, f.Conflicts(r.pkg, r.app, files, r.wd)
}

func (r *newRun) write(files []scaffold.File, dryRun bool) error {
	if !dryRun {
		_, err := scaffold.Write(r.pkg.Dir, files)
		return err
	}
	there, err := scaffold.Existing(r.pkg.Dir, files)
	if err == nil && len(there) > 0 {
		err = &scaffold.ExistsError{Names: there}
	}
	return err
}
