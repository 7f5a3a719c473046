package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/wpsgen/wpsgen/generator"
	"github.com/wpsgen/wpsgen/generator/binding"
	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/internal/suggest"
)

// explainFormats are the values of --format.
var explainFormats = []string{"text", "markdown", "json"}

func newExplainCommand() *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "explain CODE|VERB|VERB.KEY|TYPE",
		Short: "Explain a finding's code, a directive, one of its keys, or a binding type",
		Long: help(`Explain says what a code such as WPS203 means and what to do about it, with an example
that is wrong and one that is right; or everything about a directive: its keys and their
values, what function.json it becomes, and the parameters and results it lets a function
have; or about one key, as trigger.eventType; or about a binding type of function.json,
such as webPubSubTrigger.`,
			`Directives that an app defines itself, in files that its wpsgen.yaml names, are known in the
app's folder and below it.`),
		Example:           "  wpsgen explain WPS203\n  wpsgen explain trigger\n  wpsgen explain trigger.eventType\n  wpsgen explain webPubSubTrigger --format markdown",
		Args:              arguments(1, 1),
		ValidArgsFunction: completeExplain,
		RunE: func(cmd *cobra.Command, args []string) error {
			return explain(cmd, args[0], format)
		},
	}
	cmd.Flags().StringVar(&format, "format", "text", "how it is explained: text, markdown or json")
	completeWords(cmd, "format", explainFormats...)
	return cmd
}

func explain(cmd *cobra.Command, word, format string) error {
	w := cmd.OutOrStdout()
	for _, d := range diag.Declarations() {
		if strings.EqualFold(string(d.Code), word) || string(d.Code) == "WPS"+word {
			return diag.Explain(w, d, format)
		}
	}
	set, err := knownDefinitions(cmd.ErrOrStderr())
	if err != nil {
		return err
	}
	verb, key, hasKey := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(word, "//"), "wps:"), ".")
	if def := set.Verb(verb); def != nil {
		if hasKey {
			return explainKey(w, def, key, format)
		}
		return binding.Explain(w, def, format)
	}
	if known, err := binding.ExplainType(w, set, word, format); known || err != nil {
		return err
	}
	return unknownWord(set, word, verb)
}

func explainKey(w io.Writer, def *binding.Definition, key, format string) error {
	p := def.Property(key)
	if p == nil {
		return fmt.Errorf("//wps:%s has no key %s; %s", def.Verb, key, nearest(key, def.Keys()))
	}
	return binding.ExplainKey(w, def, p, format)
}

// keyOwner is the first directive that has a key.
func keyOwner(set *binding.Set, key string) *binding.Definition {
	for _, def := range set.Definitions() {
		if def.Property(key) != nil {
			return def
		}
	}
	return nil
}

func looksLikeCode(word string) bool {
	return len(word) > 3 && strings.EqualFold(word[:3], "WPS") && strings.Trim(word[3:], "0123456789") == ""
}

func unknownWord(set *binding.Set, word, verb string) error {
	if near := suggest.Nearest(verb, append(set.Verbs(), set.Types()...)); near != "" {
		return fmt.Errorf("%s is neither a code, a directive nor a binding type; did you mean %s?", word, near)
	}
	if def := keyOwner(set, word); def != nil {
		return fmt.Errorf("%s is a key: write wpsgen explain %s.%s, or the verb of another directive that has it", word, def.Verb, word)
	}
	if looksLikeCode(word) {
		return fmt.Errorf("there is no finding %s; wpsgen explain WPS<Tab> completes those there are, and docs/codes.md has all", word)
	}
	return fmt.Errorf("%s is neither a code, a directive nor a binding type; directives are %s", word, strings.Join(set.Verbs(), ", "))
}

// nearest is a hint for a word that is none of several.
func nearest(word string, words []string) string {
	if near := suggest.Nearest(word, words); near != "" {
		return "did you mean " + near + "?"
	}
	return "there are " + strings.Join(words, ", ")
}

// knownDefinitions are the bindings that the app around the current folder knows. While its own have faults,
// which is said on stderr, they are the built-in ones.
func knownDefinitions(errOut io.Writer) (*binding.Set, error) {
	wd, err := workingDir()
	if err != nil {
		return nil, err
	}
	known, err := generator.DefinitionsOf(wd)
	if err != nil {
		return nil, err
	}
	if len(known.Findings) > 0 {
		fmt.Fprintln(errOut, "wpsgen: the app's own binding definitions have faults and are left out; wpsgen check names them")
	}
	return known.Set, nil
}

// completeExplain offers verbs, then the keys of one behind a point, binding types and codes.
func completeExplain(cmd *cobra.Command, args []string, toComplete string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	set, err := knownDefinitions(cmd.ErrOrStderr())
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	if verb, _, hasKey := strings.Cut(toComplete, "."); hasKey {
		return completeKeys(set.Verb(verb)), cobra.ShellCompDirectiveNoFileComp
	}
	var words []string
	for _, def := range set.Definitions() {
		words = append(words, cobra.CompletionWithDesc(def.Verb, def.Summary()))
	}
	for _, t := range set.Types() {
		words = append(words, cobra.CompletionWithDesc(t, "binding type"))
	}
	for _, d := range diag.Declarations() {
		words = append(words, cobra.CompletionWithDesc(string(d.Code), d.Title))
	}
	return words, cobra.ShellCompDirectiveNoFileComp
}

func completeKeys(def *binding.Definition) []string {
	if def == nil {
		return nil
	}
	var words []string
	for _, p := range def.Properties {
		words = append(words, cobra.CompletionWithDesc(def.Verb+"."+p.Name, p.Summary()))
	}
	return words
}
