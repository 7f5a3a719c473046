package generator

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
)

// listAndWalk lists the packages of the patterns and walks the folder. Where ./... is all that is asked for,
// the walk has found the packages, unless something about them is for the go command alone to say.
func listAndWalk(cfg Config) (*listing, *tree, error) {
	var t *tree
	var walkErr error
	walked := make(chan struct{})
	go func() {
		t, walkErr = walk(cfg.Dir)
		close(walked)
	}()
	if slices.Equal(cfg.Patterns, []string{"./..."}) {
		answer := askGo(cfg)
		if <-walked; walkErr == nil {
			if listed, ok := answer.list(cfg.Dir, t); ok {
				return &listing{listed: listed, answer: answer}, t, nil
			}
		}
	}
	listed, err := packages.Load(&packages.Config{
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedModule,
		Dir:  cfg.Dir,
		Env:  cfg.Env,
	}, cfg.Patterns...)
	<-walked
	if err != nil {
		return nil, nil, fmt.Errorf("cannot list packages: %s", withWayOut(goSaid(err)))
	}
	return &listing{listed: listed}, t, walkErr
}

// goSaid is what the go command itself printed, without what go/packages puts around it.
func goSaid(err error) string {
	said := strings.TrimSpace(err.Error())
	if before, text, ok := strings.Cut(said, "stderr:"); ok {
		said = cmp.Or(strings.TrimSpace(text), strings.TrimRight(before, ": ")) // it says nothing when it is not there
	}
	return strings.TrimPrefix(said, "err: ")
}

// withWayOut adds to what the go command said what to do, where it does not say so itself.
func withWayOut(said string) string {
	switch {
	case strings.Contains(said, "does not contain main module"), strings.Contains(said, "go.mod file not found"), strings.Contains(said, "cannot find main module"):
		return said + "; go to the folder of a module, or start an app with wpsgen init"
	case strings.Contains(said, "go command required, not found"):
		return said + "; install Go (https://go.dev/dl) and put its bin folder into PATH"
	}
	return said
}

// listError returns what keeps the go command from listing a package at all, such as a pattern that
// matches nothing. Errors inside a package's files are found when they are parsed.
func listError(p *packages.Package) error {
	if len(p.GoFiles) > 0 || len(p.IgnoredFiles) > 0 || len(p.Errors) == 0 {
		return nil
	}
	for _, e := range p.Errors {
		if e.Kind == packages.ParseError || strings.Contains(e.Msg, "no Go files in") {
			return nil
		}
	}
	return errors.New(withWayOut(p.Errors[0].Msg))
}

func packageDir(p *packages.Package) string {
	if p.Dir != "" {
		return p.Dir
	}
	for _, f := range slices.Concat(p.GoFiles, p.IgnoredFiles) {
		return filepath.Dir(f)
	}
	return ""
}

func moduleDir(p *packages.Package) string {
	if p.Module == nil {
		return ""
	}
	return p.Module.Dir
}

// mainModules returns the folders of the modules that packages are worked on in.
func mainModules(listed []*packages.Package) []string {
	var dirs []string
	for _, p := range listed {
		if p.Module != nil && p.Module.Main && !slices.Contains(dirs, p.Module.Dir) {
			dirs = append(dirs, p.Module.Dir)
		}
	}
	return dirs
}
