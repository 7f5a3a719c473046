package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/wpsgen/wpsgen/emulator"
	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/generator/gomod"
	"github.com/wpsgen/wpsgen/generator/project"
	"github.com/wpsgen/wpsgen/generator/scaffold"
)

// initRun is what init is about to do.
type initRun struct {
	dir, wd string
	plan    *gomod.Plan
	files   []scaffold.File // those to write
	kept    []string        // names of those that are there
	sources bool            // the app is a new one
	hub     string
}

// newInitRun finds the folder under the name without symbolic links, as far as it is there.
func newInitRun(dir string) (*initRun, error) {
	wd, err := workingDir()
	if err != nil {
		return nil, err
	}
	if dir, err = filepath.Abs(dir); err != nil {
		return nil, err
	}
	if dir, err = resolved(dir); err != nil {
		return nil, err
	}
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		return nil, fmt.Errorf("%s is not a folder", dir)
	}
	return &initRun{dir: dir, wd: wd}, nil
}

// resolved is the name without symbolic links of a path that need not be there.
func resolved(path string) (string, error) {
	real, err := filepath.EvalSymlinks(path)
	if !errors.Is(err, fs.ErrNotExist) || path == filepath.Dir(path) {
		return real, err
	}
	parent, err := resolved(filepath.Dir(path))
	return filepath.Join(parent, filepath.Base(path)), err
}

// askFor asks for what can be chosen; what the options say is the default.
func (r *initRun) askFor(p *prompter, opts *initOptions) error {
	plan, err := gomod.NewPlan(p.ctx, r.dir, opts.module, opts.replace)
	if err != nil {
		return err
	}
	if plan.IsNew {
		if opts.module, err = p.ask("Module", cmp.Or(opts.module, gomod.DefaultPath(r.dir)), gomod.CheckPath); err != nil {
			return err
		}
	}
	opts.hub, err = p.ask("Hub", opts.hub, func(hub string) error {
		return scaffold.App{Hub: hub, Upstream: project.Trigger}.Check()
	})
	if err != nil {
		return err
	}
	known, err := r.upstream("")
	if err != nil {
		return err
	}
	opts.upstream, err = p.ask("Upstream: trigger, or http for every plan of Azure Functions", cmp.Or(opts.upstream, string(known)), func(upstream string) error {
		return scaffold.App{Hub: opts.hub, Upstream: project.Upstream(upstream)}.Check()
	})
	return err
}

// prepare works out what to write, and writes nothing.
func (r *initRun) prepare(ctx context.Context, opts initOptions) error {
	upstream, err := r.upstream(opts.upstream)
	if err != nil {
		return err
	}
	r.hub = opts.hub
	app := scaffold.App{Hub: opts.hub, Upstream: upstream, Connection: localConnection}
	if err := app.Check(); err != nil {
		return err
	}
	if r.plan, err = gomod.NewPlan(ctx, r.dir, opts.module, opts.replace); err != nil {
		return err
	}
	app.ImportPath = r.plan.ImportPath
	if rel, err := filepath.Rel(r.plan.Root, r.dir); err == nil && rel != "." {
		app.Path = filepath.ToSlash(rel)
	}
	pkg := &scaffold.Package{}
	if _, err := os.Stat(r.dir); err == nil {
		if pkg, err = scaffold.ReadPackage(r.dir); err != nil {
			return err
		}
	}
	r.sources = pkg.Name == ""
	files, err := app.Files(pkg)
	if err != nil {
		return err
	}
	return r.choose(files)
}

// upstream is what wpsgen.yaml says, where it is there, else what was asked for, "" for nothing.
func (r *initRun) upstream(asked string) (project.Upstream, error) {
	file := filepath.Join(r.dir, project.File)
	src, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return project.Upstream(cmp.Or(asked, string(project.Trigger))), nil
	}
	if err != nil {
		return "", err
	}
	settings, findings := project.Read(diag.Relative(r.wd, file), src)
	if diag.HasErrors(findings) {
		return "", errors.New(findings[0].String())
	}
	if asked != "" && asked != string(settings.Upstream) {
		return "", fmt.Errorf("%s is there and says upstream: %s; change it there", diag.Relative(r.wd, file), settings.Upstream)
	}
	return settings.Upstream, nil
}

// localConnection reaches the emulator that wpsgen emulator runs.
const localConnection = "Endpoint=http://127.0.0.1:8081;AccessKey=" + emulator.DefaultAccessKey + ";Version=1.0;"

// choose tells the files that are lacking from those that are there.
func (r *initRun) choose(files []scaffold.File) (err error) {
	if r.kept, err = scaffold.Existing(r.dir, files); err != nil {
		return err
	}
	kept := make(map[string]bool)
	for _, name := range r.kept {
		kept[name] = true
	}
	for _, f := range files {
		if !kept[f.Name] {
			r.files = append(r.files, f)
		}
	}
	return nil
}
