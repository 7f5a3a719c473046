package main

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/wpsgen/wpsgen/generator"
	"github.com/wpsgen/wpsgen/generator/diag"
)

// generateIn generates in a folder in which sources have just been written, and names what it writes.
func generateIn(cmd *cobra.Command, dir, wd string) error {
	result, err := generator.Run(generator.Config{Dir: dir})
	if err != nil {
		return err
	}
	var findings findingOptions
	if err := findings.write(cmd.ErrOrStderr(), cmd.ErrOrStderr(), &diag.Report{Findings: result.Findings, Root: wd}); err != nil {
		return err
	}
	if err := result.Write(); err != nil {
		return err
	}
	printChanges(cmd.OutOrStdout(), result, wd)
	return findings.failed(result.Findings)
}

// quoteForShell spells a word so that a shell takes it as it is.
func quoteForShell(word string) string {
	if strings.ContainsFunc(word, func(r rune) bool {
		return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune("._-/+:@\\", r))
	}) {
		return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
	}
	return word
}
