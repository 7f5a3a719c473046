package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/wpsgen/wpsgen/generator"
	"github.com/wpsgen/wpsgen/generator/diag"
)

// listedFunction is one function as list prints it. The JSON names are a contract.
type listedFunction struct {
	Name     string          `json:"name"`
	Trigger  string          `json:"trigger"`
	Hub      string          `json:"hub,omitempty"`
	Event    string          `json:"event,omitempty"`
	Route    string          `json:"route,omitempty"`
	Methods  []string        `json:"methods,omitempty"`
	Schedule string          `json:"schedule,omitempty"`
	RunsOn   string          `json:"runsOn"`
	Others   []listedBinding `json:"bindings,omitempty"`
	Package  string          `json:"package"`
	GoName   string          `json:"goName"`
	File     string          `json:"file"`
	Line     int             `json:"line"`
}

type listedBinding struct {
	Name string `json:"name"`
	Type string `json:"type"`
	Hub  string `json:"hub,omitempty"`
}

func newListCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "list [packages]",
		Short: "List functions with their hubs, events and routes",
		Long: help(`List prints what the directives say: a line for each function with what it runs on,
its other bindings and where it stands. Functions with mistakes are listed as far as they
can be read; wpsgen check names the mistakes. With upstream: http in wpsgen.yaml, the
function that takes the service's events is among them, without a package.`),
		Example: "  wpsgen list\n  wpsgen list --json ./... | jq '.[].hub'",
		RunE: func(cmd *cobra.Command, args []string) error {
			result, wd, err := analyse(args)
			if err != nil {
				return err
			}
			functions := listFunctions(result, wd)
			if asJSON {
				enc := json.NewEncoder(cmd.OutOrStdout())
				enc.SetIndent("", "  ")
				return enc.Encode(functions)
			}
			if len(functions) == 0 {
				fmt.Fprintf(cmd.ErrOrStderr(), "wpsgen list: %s has no annotated functions; put //wps:trigger or //wps:http above one\n", cmp.Or(strings.Join(args, " "), "./..."))
			}
			return printFunctions(cmd.OutOrStdout(), functions)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print a JSON array")
	return cmd
}

func listFunctions(result *generator.Result, wd string) []listedFunction {
	functions := []listedFunction{}
	for _, app := range result.Apps {
		for _, f := range app.Functions() {
			functions = append(functions, listFunction(f, wd))
		}
		if f := app.Webhook(); f != nil {
			functions = append(functions, listFunction(f, wd))
		}
	}
	return functions
}

func listFunction(f *generator.Function, wd string) listedFunction {
	l := listedFunction{
		Name: f.Name, RunsOn: runsOn(f), Package: f.Package.Path, GoName: f.GoName,
		File: diag.Relative(wd, f.Place.File), Line: f.Place.Line,
	}
	for _, b := range f.Bindings {
		switch {
		case b.IsTrigger():
			l.Trigger = b.Type
			l.Hub, l.Event = b.Value("hub"), strings.TrimSpace(b.Value("eventType")+" "+b.Value("eventName"))
			l.Methods = b.Values("methods")
			l.Schedule = b.Value("schedule")
			if b.Type == "httpTrigger" {
				l.Route = routeOf(f, b)
			}
		case b.Type != "http":
			l.Others = append(l.Others, listedBinding{Name: b.Name, Type: b.Type, Hub: b.Value("hub")})
		}
	}
	return l
}

func printFunctions(w io.Writer, functions []listedFunction) error {
	if len(functions) == 0 {
		return nil
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "FUNCTION\tRUNS ON\tBINDINGS\tSOURCE")
	for _, f := range functions {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s:%d\n", f.Name, f.RunsOn, f.others(), f.File, f.Line)
	}
	return t.Flush()
}

func (f listedFunction) others() string {
	if len(f.Others) == 0 {
		return "-"
	}
	var words []string
	for _, b := range f.Others {
		words = append(words, b.Type+" "+b.Name)
	}
	return strings.Join(words, ", ")
}
