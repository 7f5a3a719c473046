package main

import (
	"github.com/spf13/cobra"

	"github.com/wpsgen/wpsgen/generator/diag"
)

func newCheckCommand() *cobra.Command {
	var strict bool
	cmd := &cobra.Command{
		Use:   "check [packages]",
		Short: "Report mistakes, write nothing",
		Long: help(`Check reports every mistake in the directives and the functions below them, all in
one run, and writes nothing. It does not mind files that are not up to date; that is
what wpsgen generate --check is for.`,
			`Each finding has a permanent code; wpsgen explain CODE says more about it.`,
			`What one package alone shows, go vet -vettool=$(which wpsgen) ./... reports as well.`),
		Example: "  wpsgen check ./...\n  wpsgen check --strict ./chat",
		RunE: func(cmd *cobra.Command, args []string) error {
			result, wd, err := analyse(args)
			if err != nil {
				return err
			}
			if err := diag.WriteText(cmd.OutOrStdout(), result.Findings, wd); err != nil {
				return err
			}
			if bad(result.Findings, strict) {
				return errFindings
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&strict, "strict", false, "let warnings make the exit status 1")
	return cmd
}
