package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/wpsgen/wpsgen/internal/suggest"
)

// arguments is how many words a command takes: at least least, at most most. What is wrong is said in the words
// of the command's usage line, with its first example.
func arguments(least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		_, takes, _ := strings.Cut(cmd.Use, " ")
		switch {
		case len(args) < least:
			return fmt.Errorf("%s needs %s, as in %s", cmd.Name(), takes, firstExample(cmd))
		case len(args) > most && most == 0:
			return fmt.Errorf("%s takes flags alone, and %q is none; see %s --help", cmd.Name(), args[0], cmd.CommandPath())
		case len(args) > most:
			return fmt.Errorf("%s takes one %s, and %q is another; see %s --help", cmd.Name(), strings.Trim(takes, "[]"), args[most], cmd.CommandPath())
		}
		return nil
	}
}

func firstExample(cmd *cobra.Command) string {
	line, _, _ := strings.Cut(strings.TrimSpace(cmd.Example), "\n")
	return line
}

// flagError adds a way out to a flag that there is none of.
func flagError(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) {
		return fmt.Errorf("%w; see %s --help", err, cmd.CommandPath())
	}
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if !f.Hidden {
			names = append(names, f.Name)
		}
	})
	if near := suggest.Nearest(unknown.GetSpecifiedName(), names); near != "" {
		return fmt.Errorf("%w; did you mean --%s?", err, near)
	}
	return fmt.Errorf("%w; %s --help names the flags of %s", err, cmd.CommandPath(), cmd.Name())
}

// looksLikePackages reports whether a first word that is no command was meant for generate.
func looksLikePackages(word string) bool {
	return strings.ContainsAny(word, `/\`) || strings.Trim(word, ".") == "" || strings.HasSuffix(word, ".go")
}
