package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/wpsgen/wpsgen/generator/appfiles"
	"github.com/wpsgen/wpsgen/generator/binding"
	"github.com/wpsgen/wpsgen/generator/project"
	"github.com/wpsgen/wpsgen/internal/jsonschema"
)

// schemaDefinitions is what schema calls a file of binding definitions, which may have any name.
const schemaDefinitions = "definitions"

// described is a kind of file that has a schema.
type described struct {
	name, doc string
	schema    func(*binding.Set) *jsonschema.Schema
}

// describedFiles are the kinds of files that schema knows, the default first.
var describedFiles = []described{
	{project.File, "what an app tells wpsgen", func(*binding.Set) *jsonschema.Schema { return project.Schema() }},
	{appfiles.FunctionFile, "a function of any language with Web PubSub bindings, and those of your own definitions", binding.FunctionSchema},
	{schemaDefinitions, "binding definitions of your own", func(*binding.Set) *jsonschema.Schema { return binding.DefinitionSchema() }},
}

func newSchemaCommand() *cobra.Command {
	var words []string
	var list strings.Builder
	for _, d := range describedFiles {
		words = append(words, cobra.CompletionWithDesc(d.name, d.doc))
		fmt.Fprintf(&list, "\n  %-15s%s", d.name, d.doc)
	}
	return &cobra.Command{
		Use:   "schema [FILE]",
		Short: "Print the JSON Schema of a file that wpsgen reads or writes",
		Long: help(`Schema prints a JSON Schema (draft 7, the one that editors know whole) of:
`+list.String(),
			`Editors with yaml-language-server take one by a comment at the head of the file:`,
			`  # yaml-language-server: $schema=wpsgen.schema.json`,
			`Editors with a JSON server take one by their settings. What a schema finds, wpsgen check and
wpsgen validate find as well, and more.`),
		Example:           "  wpsgen schema >wpsgen.schema.json\n  wpsgen schema function.json >function.schema.json\n  wpsgen schema definitions >definitions.schema.json",
		Args:              arguments(0, 1),
		ValidArgsFunction: cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp),
		RunE: func(cmd *cobra.Command, args []string) error {
			return printSchema(cmd, append(args, project.File)[0])
		},
	}
}

func printSchema(cmd *cobra.Command, name string) error {
	i := slices.IndexFunc(describedFiles, func(d described) bool { return d.name == name })
	if i < 0 {
		var names []string
		for _, d := range describedFiles {
			names = append(names, d.name)
		}
		return fmt.Errorf("there is no schema of %s; %s", name, nearest(name, names))
	}
	set, err := knownDefinitions(cmd.ErrOrStderr())
	if err != nil {
		return err
	}
	text, err := describedFiles[i].schema(set).Text()
	if err != nil {
		return err
	}
	_, err = cmd.OutOrStdout().Write(text)
	return err
}
