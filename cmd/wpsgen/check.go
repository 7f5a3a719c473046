package main

import (
	"errors"

	"github.com/spf13/cobra"

	"github.com/wpsgen/wpsgen/generator"
	"github.com/wpsgen/wpsgen/generator/diag"
)

type checkOptions struct {
	findingOptions
	fix  bool
	diff bool
}

func newCheckCommand() *cobra.Command {
	var opts checkOptions
	cmd := &cobra.Command{
		Use:   "check [packages]",
		Short: "Report mistakes, and mend those that can be mended",
		Long: help(`Check reports every mistake in the directives and the functions below them, all in
one run. It does not mind files that are not up to date; that is what wpsgen generate
--check is for.`,
			`Each finding has a permanent code; wpsgen explain CODE says more about it.`,
			`What one package alone shows, go vet -vettool=$(which wpsgen) ./... reports as well.`,
			findingsHelp,
			`With --fix, what can be mended without asking is mended in the sources, each file whole
or not at all, until nothing is left to mend. What was mended is named on stderr, and the
exit status is about what is left. Generated files and other modules are not touched.
With --diff as well, nothing is written and a diff is printed, with findings on stderr;
the exit status is 1 if anything would be mended. A JSON document or SARIF goes to stdout,
and the diff to stderr.`),
		Example: "  wpsgen check ./...\n  wpsgen check --fix --diff\n  wpsgen check --strict --format sarif ./... >findings.sarif",
		RunE: func(cmd *cobra.Command, args []string) error {
			return runCheck(cmd, opts, args)
		},
	}
	opts.addFlags(cmd)
	cmd.Flags().BoolVar(&opts.fix, "fix", false, "mend what can be mended without asking")
	cmd.Flags().BoolVar(&opts.diff, "diff", false, "with --fix: write nothing, print a diff")
	return cmd
}

func runCheck(cmd *cobra.Command, opts checkOptions, patterns []string) error {
	if opts.diff && !opts.fix {
		return errors.New("--diff shows what --fix would do; give both")
	}
	if err := opts.check(); err != nil {
		return err
	}
	result, wd, err := analyse(patterns)
	if err != nil {
		return err
	}
	report := &diag.Report{Findings: result.Findings, Root: wd}
	switch {
	case opts.diff:
		return showFixes(cmd, opts, result.Fix(), wd)
	case opts.fix:
		if err := mendSources(result, report, patterns); err != nil {
			return err
		}
		if err := printFixed(cmd.ErrOrStderr(), report); err != nil {
			return err
		}
	}
	if err := opts.write(cmd.OutOrStdout(), cmd.ErrOrStderr(), report); err != nil {
		return err
	}
	return opts.failed(report.Findings)
}

// mendSources mends what check found, as [mend] does.
func mendSources(result *generator.Result, report *diag.Report, patterns []string) error {
	return mend(report, func() (*generator.Fixes, error) { return result.Fix(), nil }, func() ([]diag.Finding, error) {
		again, _, err := analyse(patterns)
		if err != nil {
			return nil, err
		}
		result = again
		return result.Findings, nil
	})
}
