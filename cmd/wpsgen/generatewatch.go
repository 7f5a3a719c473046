package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"

	"github.com/spf13/cobra"

	"github.com/wpsgen/wpsgen/generator/appfiles"
	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/generator/project"
	"github.com/wpsgen/wpsgen/internal/dev"
)

// watchSession is one run of wpsgen generate --watch. What it said last it does not say again.
type watchSession struct {
	opts        generateOptions
	patterns    []string
	out, errOut io.Writer
	watcher     *dev.Watcher
	modules     []string // those that are watched
	own         ownFiles
	findings    []diag.Finding
	line        string
}

// runWatch generates, and again after every change, until it is interrupted.
func runWatch(cmd *cobra.Command, opts generateOptions, patterns []string) error {
	if err := opts.refuseWatch(); err != nil {
		return err
	}
	wd, err := workingDir()
	if err != nil {
		return err
	}
	s := &watchSession{opts: opts, patterns: patterns, out: cmd.OutOrStdout(), errOut: cmd.ErrOrStderr()}
	// Watching comes first, so that no change while it generates for the first time is lost.
	if s.watcher, err = dev.Watch([]string{wd}, s.ignores); err != nil {
		return err
	}
	defer s.watcher.Close()
	ctx := cmd.Context()
	if err := s.begin(ctx, wd); err != nil && ctx.Err() == nil {
		return err
	}
	s.serve(ctx)
	return nil
}

// refuseWatch says what does not go together with watching.
func (o *generateOptions) refuseWatch() error {
	switch {
	case o.check || o.diff:
		return errors.New("--watch writes files, and --check and --diff write nothing; give one of them")
	case o.format == diag.FormatJSON || o.format == diag.FormatSARIF:
		return fmt.Errorf("--format %s is one document, which --watch would never end; take text, short or github", o.format)
	}
	return nil
}

// begin generates for the first time.
func (s *watchSession) begin(ctx context.Context, wd string) error {
	workspace, err := dev.Workspace(ctx, wd)
	if err != nil {
		return err
	}
	if workspace != "" {
		if err := s.watcher.AddFolder(filepath.Dir(workspace)); err != nil {
			return err
		}
	}
	if err := s.round(); err != nil {
		return err
	}
	_, err = fmt.Fprintln(s.errOut, "wpsgen: watching for changes; Ctrl-C ends it")
	return err
}

// serve generates after every change. What a round cannot do, the next one may.
func (s *watchSession) serve(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.watcher.Changes():
		}
		err := s.round()
		if ctx.Err() != nil {
			return // the go command was interrupted as well
		}
		if err != nil {
			s.findings = nil
			s.sayOnce(err.Error())
		}
	}
}

// round generates once, and says what is new.
func (s *watchSession) round() error {
	defer collectLess()()
	result, wd, err := analyse(s.patterns)
	if err != nil {
		return err
	}
	if err := s.watchModules(result.Modules()); err != nil {
		return err
	}
	if !reflect.DeepEqual(result.Findings, s.findings) {
		if err := s.opts.write(s.errOut, s.errOut, &diag.Report{Findings: result.Findings, Root: wd}); err != nil {
			return err
		}
		s.findings = result.Findings
	}
	s.own.expect(result.Changes)
	if err := result.Write(); err != nil {
		return err
	}
	if len(result.Changes) == 0 {
		s.sayOnce(summary(result))
		return nil
	}
	printChanges(s.out, result, wd)
	s.say(summary(result))
	return nil
}

// watchModules adds modules that packages were found in outside the current folder.
func (s *watchSession) watchModules(modules []string) error {
	for _, dir := range modules {
		if slices.Contains(s.modules, dir) {
			continue
		}
		if err := s.watcher.Add(dir); err != nil {
			return err
		}
		s.modules = append(s.modules, dir)
	}
	return nil
}

func (s *watchSession) say(line string) {
	s.line = line
	fmt.Fprintf(s.errOut, "wpsgen: %s\n", line)
}

func (s *watchSession) sayOnce(line string) {
	if line != s.line {
		s.say(line)
	}
}

// ignores reports whether a change of a path is no reason to generate: generate does not read it, or has
// written it. What is gone may have been a folder with sources.
func (s *watchSession) ignores(path string) bool {
	name := filepath.Base(path)
	if leftover(name) || s.own.has(path) {
		return true
	}
	info, err := os.Lstat(path)
	return err == nil && !info.IsDir() && !isRead(name)
}

// isRead reports whether generate reads files of a name.
func isRead(name string) bool {
	switch name {
	case "go.mod", "go.sum", "go.work", project.File, appfiles.HostFile, appfiles.FunctionFile:
		return true
	}
	return slices.Contains([]string{".go", ".yaml", ".yml"}, filepath.Ext(name)) // YAML may hold binding definitions
}
