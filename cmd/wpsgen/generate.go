package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/rogpeppe/go-internal/diff"
	"github.com/spf13/cobra"

	"github.com/wpsgen/wpsgen/generator"
	"github.com/wpsgen/wpsgen/generator/diag"
)

type generateOptions struct {
	check   bool
	diff    bool
	strict  bool
	verbose bool
}

func (o *generateOptions) addFlags(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&o.check, "check", false, "write nothing; name the files that are not up to date and exit with 1")
	cmd.Flags().BoolVar(&o.diff, "diff", false, "write nothing; print what would change as a diff and exit with 1 if anything would")
	cmd.Flags().BoolVar(&o.strict, "strict", false, "let warnings make the exit status 1")
	cmd.Flags().BoolVarP(&o.verbose, "verbose", "v", false, "name the files written and removed")
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
and never overwrites a file it did not write. A package with an error keeps the files
it has, and the other packages are generated.`),
		Example: "  wpsgen generate\n  wpsgen generate --check ./...   # in CI\n  //go:generate go tool wpsgen",
		RunE: func(cmd *cobra.Command, args []string) error {
			return runGenerate(cmd, opts, args)
		},
	}
	opts.addFlags(cmd)
	return cmd
}

func runGenerate(cmd *cobra.Command, opts generateOptions, patterns []string) error {
	result, wd, err := analyse(patterns)
	if err != nil {
		return err
	}
	if err := diag.WriteText(cmd.ErrOrStderr(), result.Findings, wd); err != nil {
		return err
	}
	var failed error
	if bad(result.Findings, opts.strict) {
		failed = errFindings
	}
	switch {
	case opts.diff:
		for _, c := range result.Changes {
			name := diag.Relative(wd, c.Path)
			if _, err := cmd.OutOrStdout().Write(diff.Diff(sideName(c.Old, name), c.Old, sideName(c.New, name), c.New)); err != nil {
				return err
			}
		}
		return stale(result, failed)
	case opts.check:
		printChanges(cmd, result, wd)
		return stale(result, failed)
	}
	if err := result.Write(); err != nil {
		return err
	}
	if opts.verbose {
		printChanges(cmd, result, wd)
	}
	return failed
}

// analyse runs the generator for the current folder, which findings are named relative to.
func analyse(patterns []string) (result *generator.Result, wd string, err error) {
	if wd, err = workingDir(); err != nil {
		return nil, "", err
	}
	result, err = generator.Run(generator.Config{Dir: wd, Patterns: patterns})
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

func bad(findings []diag.Finding, strict bool) bool {
	return diag.HasErrors(findings) || strict && len(findings) > 0
}

func stale(result *generator.Result, failed error) error {
	if len(result.Changes) > 0 {
		failed = errors.Join(failed, errFindings)
	}
	return failed
}

func printChanges(cmd *cobra.Command, result *generator.Result, wd string) {
	for _, c := range result.Changes {
		fmt.Fprintf(cmd.OutOrStdout(), "%s %s\n", c.Verb(), diag.Relative(wd, c.Path))
	}
}

// sideName names one side of a diff as patch and git expect for files that do not exist.
func sideName(content []byte, name string) string {
	if content == nil {
		return os.DevNull
	}
	return name
}
