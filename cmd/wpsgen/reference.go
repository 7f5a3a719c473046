package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/wpsgen/wpsgen/generator/binding"
	"github.com/wpsgen/wpsgen/generator/project"
)

//go:generate go run . reference ../../docs

// newReferenceCommand returns the command that writes the pages of docs which say what the program knows
// itself. It is for this repository, and for those who package the program with its documentation.
func newReferenceCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "reference DIR",
		Short:   "Write the reference of directives, bindings, commands and settings",
		Long:    help(`Reference writes the pages and schemas of the documentation into a folder, which has to exist.`),
		Example: "  wpsgen reference ./docs",
		Args:    cobra.ExactArgs(1),
		Hidden:  true,
		RunE: func(cmd *cobra.Command, args []string) error {
			pages, err := referencePages(cmd.Root())
			if err != nil {
				return err
			}
			for _, p := range pages {
				path := filepath.Join(args[0], filepath.FromSlash(p.name))
				if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
					return err
				}
				if err := os.WriteFile(path, []byte(p.text), 0o666); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

// page is a file of the reference.
type page struct{ name, text string }

// referencePages are the files of the reference, with the built-in definitions alone.
func referencePages(root *cobra.Command) ([]page, error) {
	set, err := binding.Builtin()
	if err != nil {
		return nil, err
	}
	pages := []page{
		{"directives.md", binding.DirectivesPage(set)},
		{"bindings.md", binding.BindingsPage(set)},
		{"definitions.md", binding.DefinitionsPage()},
		{"wpsgen.yaml.md", project.Page()},
		{"commands.md", commandsPage(root)},
	}
	for _, d := range describedFiles {
		text, err := d.schema(set).Text()
		if err != nil {
			return nil, fmt.Errorf("schema of %s: %w", d.name, err)
		}
		name := d.name[:len(d.name)-len(filepath.Ext(d.name))]
		pages = append(pages, page{"schema/" + name + ".schema.json", string(text)})
	}
	return pages, nil
}
