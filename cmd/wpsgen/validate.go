package main

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/wpsgen/wpsgen/generator"
	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/generator/validate"
)

func newValidateCommand() *cobra.Command {
	var opts checkOptions
	cmd := &cobra.Command{
		Use:   "validate [path]",
		Short: "Check function.json, host.json and local.settings.json of any language",
		Long: help(`Validate reads the files of a Functions app as its host does, and reports what the
host, its extension bundle or the Web PubSub service would not take: in each file, and in
what the files say together. The path is one file, an app's folder, or a folder with
several apps; without one it is the current folder. The app may be in any language.
Where there is Go with directives, files are held against these too. Nothing is
asked over the network, and no value of a setting is shown.`,
			`Of an app whose bindings are in code, as in .NET, Java, Node model v4 and Python
model v2, there is no function.json to validate; that is said and is no mistake.`,
			`A function is any folder right below host.json that has a function.json, also where it
is a link. Apps are not looked for in node_modules, bin, obj, vendor, testdata and hidden
folders. A file that cannot be read is a finding, and the others are validated all the same.`,
			`Each finding has a permanent code; wpsgen explain CODE says more about it. In
wpsgen.yaml, rules: {WPS439: off} turns one off in its app, warning and error change
its severity.`,
			findingsHelp,
			`With --fix, what can be mended without asking is mended in the files, each file whole
or not at all, until nothing is left to mend. With --diff as well, nothing is written and
a diff is printed.`),
		Example: "  wpsgen validate\n  wpsgen validate --strict ./api\n  wpsgen validate --fix connect/function.json",
		Args:    arguments(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runValidate(cmd, opts, append(args, ".")[0])
		},
	}
	opts.addFlags(cmd)
	cmd.Flags().BoolVar(&opts.fix, "fix", false, "mend what can be mended without asking")
	cmd.Flags().BoolVar(&opts.diff, "diff", false, "with --fix: write nothing, print a diff")
	return cmd
}

func runValidate(cmd *cobra.Command, opts checkOptions, path string) error {
	if opts.diff && !opts.fix {
		return errors.New("--diff shows what --fix would do; give both")
	}
	if err := opts.check(); err != nil {
		return err
	}
	wd, err := workingDir()
	if err != nil {
		return err
	}
	result, err := validate.Run(validate.Config{Path: path})
	if err != nil {
		return err
	}
	report := &diag.Report{Findings: result.Findings, Root: wd}
	switch {
	case opts.diff:
		return showFileFixes(cmd, opts, result, wd)
	case opts.fix:
		if result, err = mendFiles(result, report, path); err != nil {
			return err
		}
		if err := printFixed(cmd.ErrOrStderr(), report); err != nil {
			return err
		}
	}
	for _, note := range result.Notes {
		fmt.Fprintf(cmd.ErrOrStderr(), "%s: %s\n", cmp.Or(diag.Relative(wd, note.Path), "."), note.Text)
	}
	if err := opts.write(cmd.OutOrStdout(), cmd.ErrOrStderr(), report); err != nil {
		return err
	}
	return opts.failed(report.Findings)
}

// showFileFixes prints what --fix would do as a diff. Lines of settings may be secrets and are not shown.
func showFileFixes(cmd *cobra.Command, opts checkOptions, result *validate.Result, wd string) error {
	fixes, err := result.Fix()
	if err != nil {
		return err
	}
	hidden := false
	fixes.Changes = slices.DeleteFunc(fixes.Changes, func(c generator.Change) bool {
		if !validate.IsSettings(c.Path) {
			return false
		}
		hidden = true
		fmt.Fprintf(cmd.ErrOrStderr(), "%s would be mended; its lines are not shown\n", diag.Relative(wd, c.Path))
		return true
	})
	err = showFixes(cmd, opts, fixes, wd)
	if err == nil && hidden {
		return errFindings
	}
	return err
}

// mendFiles mends what validate found, as [mend] does.
func mendFiles(result *validate.Result, report *diag.Report, path string) (*validate.Result, error) {
	err := mend(report, func() (*generator.Fixes, error) { return result.Fix() }, func() ([]diag.Finding, error) {
		again, err := validate.Run(validate.Config{Path: path})
		if err != nil {
			return nil, err
		}
		result = again
		return result.Findings, nil
	})
	return result, err
}
