package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/wpsgen/wpsgen/internal/suggest"
)

const exitStatusHelp = `
Exit status: 0 good, 1 findings or stale files, 2 trouble.`

func newRootCommand() *cobra.Command {
	var opts generateOptions
	root := &cobra.Command{
		Use:   "wpsgen",
		Short: "Azure Web PubSub functions in Go, from annotated source",
		Long: `Wpsgen reads Go functions annotated with //wps: directives, reports every mistake at
its place, and writes what Azure Functions needs to run them: a function.json for
each function, and a wps_gen.go with typed glue for each package.

Without a command it does what wpsgen generate does.
` + exitStatusHelp,
		Example:           "  wpsgen generate ./...\n  wpsgen dev ./examples/chat",
		Args:              noCommand,
		SilenceErrors:     true,
		SilenceUsage:      true,
		DisableAutoGenTag: true,
		PersistentPreRun:  collectRarely,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runGenerate(cmd, opts, nil)
		},
	}
	opts.addFlags(root)
	root.SetFlagErrorFunc(flagError)
	root.AddCommand(
		newInitCommand(),
		newNewCommand(),
		newGenerateCommand(),
		newCheckCommand(),
		newValidateCommand(),
		newListCommand(),
		newHubCommand(),
		newExplainCommand(),
		newCompleteCommand(),
		newSchemaCommand(),
		newImportCommand(),
		newDevCommand(),
		newPackageCommand(),
		newEmulatorCommand(),
		newVersionCommand(),
		newReferenceCommand(),
	)
	completeFolders(root)
	root.InitDefaultCompletionCmd()
	completeCompletionHelp(root)
	return root
}

// noCommand refuses a first word that is no command, and names the one that was probably meant.
func noCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if looksLikePackages(args[0]) {
		return fmt.Errorf("unknown command %q; packages stand behind a command, as in wpsgen generate %s", args[0], args[0])
	}
	var names []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			names = append(names, c.Name())
		}
	}
	if near := suggest.Nearest(args[0], names); near != "" {
		return fmt.Errorf("unknown command %q; did you mean %s?", args[0], near)
	}
	return fmt.Errorf("unknown command %q; there are %s", args[0], strings.Join(names, ", "))
}

// completeFolders makes completion offer folders where a command takes packages or an app.
func completeFolders(root *cobra.Command) {
	for _, c := range root.Commands() {
		if strings.HasSuffix(c.Use, "[packages]") || strings.HasSuffix(c.Use, "[dir]") || strings.HasSuffix(c.Use, "[app folder]") {
			c.ValidArgsFunction = func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
				return nil, cobra.ShellCompDirectiveFilterDirs
			}
		}
	}
}

// completeCompletionHelp gives the commands that cobra brings the same ends of their help as ours have.
func completeCompletionHelp(root *cobra.Command) {
	for _, c := range root.Commands() {
		if c.Name() != "completion" {
			continue
		}
		c.Long = help(strings.TrimSpace(c.Long))
		c.Example = "  source <(wpsgen completion bash)"
		c.Args, c.RunE = noShell, func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
		for _, shell := range c.Commands() {
			shell.Long = help(strings.TrimSpace(shell.Long))
		}
	}
}

// noShell refuses a shell that there is no completion for: a help text would be sourced in its place.
func noShell(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var shells []string
	for _, c := range cmd.Commands() {
		shells = append(shells, c.Name())
	}
	return fmt.Errorf("there is no completion for %q; there are %s", args[0], strings.Join(shells, ", "))
}

// help joins the paragraphs of a command's long text and ends it with the exit statuses.
func help(paragraphs ...string) string {
	return strings.Join(paragraphs, "\n\n") + "\n" + exitStatusHelp
}
