package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/wpsgen/wpsgen/generator"
	"github.com/wpsgen/wpsgen/generator/appfiles"
	"github.com/wpsgen/wpsgen/generator/diag"
)

type generateOptions struct {
	findingOptions
	check   bool
	diff    bool
	watch   bool
	verbose bool
	adopt   []string
}

func (o *generateOptions) addFlags(cmd *cobra.Command) {
	o.findingOptions.addFlags(cmd)
	cmd.Flags().BoolVar(&o.check, "check", false, "write nothing; name the files that are not up to date and exit with 1")
	cmd.Flags().BoolVar(&o.diff, "diff", false, "write nothing; print what would change as a diff and exit with 1 if anything would")
	cmd.Flags().BoolVarP(&o.watch, "watch", "w", false, "generate again whenever a source changes, until interrupted")
	cmd.Flags().BoolVarP(&o.verbose, "verbose", "v", false, "name the files written and removed")
	cmd.Flags().StringSliceVar(&o.adopt, "adopt", nil, "take over the function.json of these functions, though wpsgen did not write it")
	cmd.MarkFlagsMutuallyExclusive("watch", "adopt")
	if err := cmd.RegisterFlagCompletionFunc("adopt", completeInTheWay); err != nil {
		panic(err) // there is no such flag
	}
}

func newGenerateCommand() *cobra.Command {
	var opts generateOptions
	cmd := &cobra.Command{
		Use:   "generate [packages]",
		Short: "Write function.json files and glue",
		Long: help(`Generate brings what is generated up to date with the directives: a folder with a
function.json for each function, a wps_gen.go for each package. Packages are those of
./... if none are named; the apps they belong to are generated whole.`,
			`It is silent when there is nothing to do, touches no file that is up to date, writes
each file whole or not at all, removes what it generated for functions that are gone,
and never overwrites a file it did not write, but for the function.json of a function
that --adopt names. A package with an error keeps the files
it has, and the other packages are generated.`,
			`With --watch it goes on: a change of what it reads, which is Go files, go.mod, go.work,
host.json, function.json, wpsgen.yaml and the binding definitions it names, is generated
at once. It names the files written and prints findings when they are others than before.
Findings do not end it; Ctrl-C does, with status 0. Trouble at the start ends it, trouble
later is waited out.`,
			findingsHelp+` Findings go to stderr. A JSON document or SARIF
goes to stdout, and the names of files and the diff to stderr.`),
		Example: "  wpsgen generate\n  wpsgen generate --check ./...   # in CI\n  wpsgen generate --watch\n  wpsgen generate --strict --format json\n  //go:generate go tool wpsgen",
		RunE: func(cmd *cobra.Command, args []string) error {
			return runGenerate(cmd, opts, args)
		},
	}
	opts.addFlags(cmd)
	return cmd
}

func runGenerate(cmd *cobra.Command, opts generateOptions, patterns []string) error {
	if err := opts.findingOptions.check(); err != nil {
		return err
	}
	if opts.watch {
		return runWatch(cmd, opts, patterns)
	}
	result, wd, err := analyse(patterns, opts.adopt...)
	if err != nil {
		return err
	}
	out, findings := opts.streams(cmd)
	if err := opts.write(findings, cmd.ErrOrStderr(), &diag.Report{Findings: result.Findings, Root: wd}); err != nil {
		return err
	}
	failed := opts.failed(result.Findings)
	switch {
	case opts.diff:
		if err := printDiff(out, result.Changes, wd); err != nil {
			return err
		}
		return stale(result, failed)
	case opts.check:
		printChanges(out, result, wd)
		return stale(result, failed)
	}
	if err := result.Write(); err != nil {
		return err
	}
	if opts.verbose {
		printChanges(out, result, wd)
	}
	return failed
}

// completeInTheWay offers the functions whose function.json somebody else wrote.
func completeInTheWay(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	result, _, err := analyse(nil)
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	var names []string
	for _, f := range result.Findings {
		for _, r := range f.Related {
			if f.Code == diag.ForeignFile && filepath.Base(r.Place.File) == appfiles.FunctionFile {
				names = append(names, filepath.Base(filepath.Dir(r.Place.File)))
			}
		}
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

// analyse runs the generator for the current folder, which findings are named relative to.
func analyse(patterns []string, adopt ...string) (result *generator.Result, wd string, err error) {
	if wd, err = workingDir(); err != nil {
		return nil, "", err
	}
	result, err = generator.Run(generator.Config{Dir: wd, Patterns: patterns, Adopt: adopt})
	return result, wd, err
}

// workingDir is the current folder under the name that findings have, which is the one without symbolic links.
func workingDir() (string, error) {
	wd, err := os.Getwd()
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(wd)
}

func stale(result *generator.Result, failed error) error {
	if len(result.Changes) > 0 {
		failed = errors.Join(failed, errFindings)
	}
	return failed
}

func printChanges(w io.Writer, result *generator.Result, wd string) {
	for _, c := range result.Changes {
		fmt.Fprintf(w, "%s %s\n", c.Verb(), diag.Relative(wd, c.Path))
	}
}

// sideName names one side of a diff as patch and git expect for files that do not exist.
func sideName(content []byte, name string) string {
	if content == nil {
		return os.DevNull
	}
	return name
}
