package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/spf13/cobra"

	"github.com/wpsgen/wpsgen/generator"
	"github.com/wpsgen/wpsgen/generator/appfiles"
	"github.com/wpsgen/wpsgen/generator/complete"
)

// completeFormats are the values of --format.
var completeFormats = []string{"text", "json"}

func newCompleteCommand() *cobra.Command {
	var format string
	var beside []string
	cmd := &cobra.Command{
		Use:   "complete LINE",
		Short: "Offer what may follow in a directive, for editors",
		Long: help(`Complete takes a line of source up to the cursor and prints what may take the place of its
last word: verbs behind //wps:, keys behind a verb, values behind an equals sign, items of
a list behind a comma. Keys that are needed come first; those that are given already, or
that one of them excludes, are left out. Names of hubs are those of the app around the
current folder, names of app settings those of its local.settings.json. No value of a
setting is read out.`,
			`With --beside, which names the function's other directives, verbs that they rule out are
left out, and an {expression} is offered what the trigger provides.`,
			`As text it is a line for each: the word, a tab, what it is. As JSON it is an object: from
is the byte of the line where the words take the place of the rest, and candidates have
text, kind (verb, key or value) and doc. A line that is no directive has no candidates.`),
		Example: "  wpsgen complete '//wps:tri'\n  wpsgen complete '//wps:trigger hub=chat eventType=sys'\n  wpsgen complete --format json '//wps:http methods=get,'\n  wpsgen complete --beside '//wps:http route=rooms/{room}' '//wps:connection userId={'",
		Args:    arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if !slices.Contains(completeFormats, format) {
				return fmt.Errorf("--format is text or json, not %q", format)
			}
			return runComplete(cmd.OutOrStdout(), args[0], beside, format)
		},
	}
	cmd.Flags().StringVar(&format, "format", "text", "how candidates are printed: text or json")
	cmd.Flags().StringArrayVar(&beside, "beside", nil, "another directive of the function; may be repeated")
	completeWords(cmd, "format", completeFormats...)
	return cmd
}

func runComplete(w io.Writer, line string, beside []string, format string) error {
	wd, err := workingDir()
	if err != nil {
		return err
	}
	known, err := generator.DefinitionsOf(wd)
	if err != nil {
		return err
	}
	c := complete.At(known.Set, line, beside, complete.Names{
		Settings: func() []string { return settingNames(known.Dir) },
		Hubs:     hubNames,
	})
	if format == "json" {
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		return enc.Encode(c)
	}
	for _, one := range c.Candidates {
		if _, err := fmt.Fprintf(w, "%s\t%s\n", one.Text, one.Doc); err != nil {
			return err
		}
	}
	return nil
}

// settingNames are the names of the app's settings, none where its file cannot be read.
func settingNames(dir string) []string {
	settings, err := appfiles.LocalSettings(dir)
	if err != nil {
		return nil
	}
	return slices.Sorted(maps.Keys(settings))
}

// hubNames are the hubs of the apps around the current folder, none where they cannot be read.
func hubNames() []string {
	result, wd, err := analyse(nil)
	if err != nil {
		return nil
	}
	var hubs []string
	for _, f := range listFunctions(result, wd) {
		hubs = append(hubs, f.Hub)
		for _, b := range f.Others {
			hubs = append(hubs, b.Hub)
		}
	}
	slices.Sort(hubs)
	return slices.DeleteFunc(slices.Compact(hubs), func(hub string) bool { return hub == "" })
}
