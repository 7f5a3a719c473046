package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/wpsgen/wpsgen/generator/binding"
	"github.com/wpsgen/wpsgen/generator/diag"
)

func newExplainCommand() *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "explain CODE|VERB",
		Short: "Explain a finding's code or a directive",
		Long: help(`Explain says what a code such as WPS203 means and what to do about it, with an example
that is wrong and one that is right; or everything about a directive: its keys and their
values, what function.json it becomes, and the parameters and results it lets a function
have. Directives are explained as text only.`),
		Example:           "  wpsgen explain WPS203\n  wpsgen explain WPS203 --format markdown\n  wpsgen explain trigger",
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: completeExplain,
		RunE: func(cmd *cobra.Command, args []string) error {
			return explain(cmd.OutOrStdout(), args[0], format)
		},
	}
	cmd.Flags().StringVar(&format, "format", "text", "how a code is explained: text, markdown or json")
	completeWords(cmd, "format", "text", "markdown", "json")
	return cmd
}

func explain(w io.Writer, word, format string) error {
	for _, d := range diag.Declarations() {
		if strings.EqualFold(string(d.Code), word) {
			return diag.Explain(w, d, format)
		}
	}
	set, err := binding.Builtin()
	if err != nil {
		return err
	}
	if def := set.Verb(strings.TrimPrefix(strings.TrimPrefix(word, "//"), "wps:")); def != nil {
		if format != "text" {
			return fmt.Errorf("//wps:%s can be explained as text only, not as %q", def.Verb, format)
		}
		return binding.Explain(w, def)
	}
	return fmt.Errorf("%s is neither a code nor a directive; directives are %s", word, strings.Join(set.Verbs(), ", "))
}

func completeExplain(_ *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	var words []string
	if set, err := binding.Builtin(); err == nil {
		words = set.Verbs()
	}
	for _, d := range diag.Declarations() {
		words = append(words, string(d.Code)+"\t"+d.Title)
	}
	return words, cobra.ShellCompDirectiveNoFileComp
}
