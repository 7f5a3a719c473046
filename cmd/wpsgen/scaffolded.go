package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/wpsgen/wpsgen/generator"
	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/generator/gomod"
)

// generateIn generates in a folder in which sources have just been written, and names what it writes.
func generateIn(cmd *cobra.Command, dir, wd string) error {
	cfg := generator.Config{Dir: dir}
	vendored := gomod.IsVendored(cmd.Context(), dir)
	if vendored {
		cfg.Env = append(os.Environ(), "GOFLAGS="+os.Getenv("GOFLAGS")+" -mod=mod") // vendor is what go.mod was before
	}
	result, err := generator.Run(cfg)
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
	if vendored {
		fmt.Fprintf(cmd.ErrOrStderr(), "wpsgen %s: the module is vendored; run go mod vendor\n", cmd.Name())
	}
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
