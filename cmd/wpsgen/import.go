package main

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/wpsgen/wpsgen/generator"
	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/generator/gomod"
	"github.com/wpsgen/wpsgen/generator/importer"
	"github.com/wpsgen/wpsgen/generator/validate"
	"github.com/wpsgen/wpsgen/internal/dev"
)

type importOptions struct {
	findingOptions
	to      string
	inPlace bool
	module  string
	pkg     string
	replace string
	dryRun  bool
	diff    bool
}

func newImportCommand() *cobra.Command {
	var opts importOptions
	cmd := &cobra.Command{
		Use:   "import DIR",
		Short: "Make a Go app of a function.json app in another language",
		Long: help(`Import reads a Functions app whose bindings are in function.json files, in JavaScript,
TypeScript, Python, C# script or any other language, and makes a Go app of it in a new
folder, DIR-go unless --to names another. Each function becomes an annotated Go function
with the same name, route and bindings and an answer that does no harm: clients are let
in, events accepted, connections given out, pages served. Code is not translated.`,
			`host.json, local.settings.json, .funcignore and .gitignore come along, made fit for a
custom handler; values of settings are kept and never printed. Names of before the
extension's first release become today's. The new app passes wpsgen check, builds, and runs
with wpsgen dev. What was changed, what was left out and whose code is to be carried over
are findings with their places; a function that is left out makes the exit status 1.`,
			`Apps whose bindings are in code, as in Node.js model v4, Python model v2, .NET and Java,
are told apart and refused. The new folder must be empty or not be there, and nothing is
written before all of the app is ready.`,
			`With --in-place, the Go files are written beside the original's. Its function.json files
become generated ones, host.json, the settings, .funcignore and .gitignore are changed, and
its code stays. No Go file, go.mod or go.sum may be there. --diff shows what would change.`,
			findingsHelp+` Findings go to stderr. A JSON document or SARIF
goes to stdout, and the names of files and the diff to stderr.`),
		Example: "  wpsgen import ./chat && wpsgen dev ./chat-go\n  wpsgen import --to ./go --module example.com/team/chat ./chat\n  wpsgen import --in-place --diff ./chat",
		Args:    arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runImport(cmd, opts, args[0])
		},
	}
	opts.addFlags(cmd)
	return cmd
}

func (o *importOptions) addFlags(cmd *cobra.Command) {
	o.findingOptions.addFlags(cmd)
	cmd.Flags().StringVar(&o.to, "to", "", "the new app's folder (default DIR with -go behind it)")
	cmd.Flags().BoolVar(&o.inPlace, "in-place", false, "write beside the original's files, and take over its function.json files")
	cmd.Flags().StringVar(&o.module, "module", "", "path of the new module (default example.com/ and the folder's name)")
	cmd.Flags().StringVar(&o.pkg, "package", "", "package of the functions, in a folder of its own (default main)")
	cmd.Flags().StringVar(&o.replace, "replace", "", "checkout of wpsgen to build against (default the one it was built in)")
	cmd.Flags().BoolVar(&o.dryRun, "dry-run", false, "write nothing; name the files that would be written")
	cmd.Flags().BoolVar(&o.diff, "diff", false, "write nothing; print what would be written as a diff")
	cmd.MarkFlagsMutuallyExclusive("to", "in-place")
	cmd.MarkFlagsMutuallyExclusive("dry-run", "diff")
}

// target is the folder of the new app, absolute and, as far as it is there, without symbolic links.
func (o *importOptions) target(dir, wd string) string {
	if o.to != "" {
		return inFolder(wd, o.to)
	}
	dir = inFolder(wd, dir)
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		dir = real
	}
	if o.inPlace {
		return dir
	}
	return dir + "-go"
}

// inFolder is a path as seen from a folder.
func inFolder(dir, path string) string {
	if filepath.IsAbs(path) {
		return filepath.Clean(path)
	}
	return filepath.Join(dir, path)
}

func runImport(cmd *cobra.Command, opts importOptions, dir string) error {
	if err := opts.findingOptions.check(); err != nil {
		return err
	}
	wd, err := workingDir()
	if err != nil {
		return err
	}
	from, err := gomod.Find(cmd.Context(), opts.replace, wd)
	if err != nil {
		return err
	}
	cfg := importer.Config{Dir: dir, InPlace: opts.inPlace, Module: opts.module, Package: opts.pkg, Runtime: from}
	result, stage, err := importer.Make(cfg, opts.target(dir, wd), nil)
	if err != nil {
		return err
	}
	out, findings := opts.streams(cmd)
	if err := opts.write(findings, cmd.ErrOrStderr(), &diag.Report{Findings: result.Findings, Root: wd}); err != nil {
		return err
	}
	failed := opts.failed(result.Findings)
	if stage == nil {
		return failed
	}
	if opts.diff {
		return errors.Join(printNewFiles(out, cmd.ErrOrStderr(), stage.Changes, wd), failed)
	}
	if !opts.dryRun {
		if cmd.Context().Err() != nil {
			return errors.New("interrupted; nothing was written")
		}
		if err := stage.Commit(); err != nil {
			return err
		}
	}
	for _, c := range stage.Changes {
		fmt.Fprintf(out, "%s %s\n", c.Verb(), diag.Printable(diag.Relative(wd, c.Path)))
	}
	if !opts.dryRun {
		sayNext(cmd, result, from, diag.Relative(wd, stage.Target()))
	}
	return failed
}

// printNewFiles prints changes as a diff. Lines of settings may be secrets and are not shown.
func printNewFiles(out, errOut io.Writer, changes []generator.Change, wd string) error {
	shown := slices.DeleteFunc(slices.Clone(changes), func(c generator.Change) bool {
		if !validate.IsSettings(c.Path) {
			return false
		}
		fmt.Fprintf(errOut, "%s would be written; its lines are not shown\n", diag.Printable(diag.Relative(wd, c.Path)))
		return true
	})
	return printDiff(out, shown, wd)
}

// sayNext says what there is now and what to do with it.
func sayNext(cmd *cobra.Command, result *importer.Result, from gomod.Source, target string) {
	errOut := cmd.ErrOrStderr()
	noun := "functions"
	if len(result.Functions) == 1 {
		noun = "function"
	}
	where := filepath.ToSlash(filepath.Join(target, result.Source))
	fmt.Fprintf(errOut, "%d %s imported; the code goes into %s\n", len(result.Functions), noun, diag.Printable(where))
	fmt.Fprintf(errOut, "try it: wpsgen dev %s\n", diag.Printable(target))
	if from.Dir == "" {
		fmt.Fprintf(errOut, "first, in %s: go mod tidy\n", diag.Printable(target))
	}
	if work, err := dev.Workspace(cmd.Context(), target); err == nil && work != "" {
		fmt.Fprintf(errOut, "first, in %s, since it is below %s: go work use .\n", diag.Printable(target), diag.Printable(work))
	}
}
