package main

import (
	"cmp"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/generator/validate"
)

func newValidateCommand() *cobra.Command {
	var strict bool
	cmd := &cobra.Command{
		Use:   "validate [path]",
		Short: "Check function.json, host.json and local.settings.json of any language",
		Long: help(`Validate reads the files of a Functions app as its host does, and reports what the
host, its extension bundle or the Web PubSub service would not take: in each file, and in
what the files say together. The path is one file, an app's folder, or a folder with
several apps; without one it is the current folder. The app may be in any language.
Where there is Go with directives, files are held against these too. Nothing is
written, nothing is asked over the network, and no value of a setting is shown.`,
			`Of an app whose bindings are in code, as in .NET, Java, Node model v4 and Python
model v2, there is no function.json to validate; that is said and is no mistake.`,
			`Each finding has a permanent code; wpsgen explain CODE says more about it. In
wpsgen.yaml, rules: {WPS439: off} turns one off in its app, warning and error change
its severity.`),
		Example: "  wpsgen validate\n  wpsgen validate --strict ./api\n  wpsgen validate connect/function.json",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runValidate(cmd, append(args, ".")[0], strict)
		},
	}
	cmd.Flags().BoolVar(&strict, "strict", false, "let warnings make the exit status 1")
	return cmd
}

func runValidate(cmd *cobra.Command, path string, strict bool) error {
	wd, err := workingDir()
	if err != nil {
		return err
	}
	result, err := validate.Run(validate.Config{Path: path})
	if err != nil {
		return err
	}
	for _, note := range result.Notes {
		fmt.Fprintf(cmd.ErrOrStderr(), "%s: %s\n", cmp.Or(diag.Relative(wd, note.Path), "."), note.Text)
	}
	if err := diag.WriteText(cmd.OutOrStdout(), result.Findings, wd); err != nil {
		return err
	}
	if bad(result.Findings, strict) {
		return errFindings
	}
	return nil
}
