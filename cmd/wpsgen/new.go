package main

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/generator/gomod"
	"github.com/wpsgen/wpsgen/generator/scaffold"
)

type newOptions struct {
	function    scaffold.Function
	file        string
	interactive bool
	dryRun      bool
}

func newNewCommand() *cobra.Command {
	var opts newOptions
	cmd := &cobra.Command{
		Use:   "new KIND NAME",
		Short: "Add a function and its test",
		Long: help(`New makes a function in a file of its own, and beside it a test that uses the emulator. It
generates at once: the result passes check, go vet and the test. Kinds of functions are`,
			kindsHelp(),
			`NAME is the Go function's. It is made a method where the package's functions are methods,
and it has the package's hub, the one that all functions of the app have, or --hub.`,
			`Nothing is overwritten. A name, an event or a route that is taken is named with its
place, and nothing is written; nor is it with --dry-run, which names the files. What tests
share is written once, into emulator_test.go.`,
			`The names of the files go to stdout. With --interactive it asks for what was not given;
the end of the answers, or Ctrl-C, ends it and nothing is written.`),
		Example:           "  wpsgen new event Rename\n  wpsgen new connected Welcome --hub lobby\n  wpsgen new timer Tick --schedule \"0 */5 * * * *\"\n  wpsgen new negotiate Login --route login --file web/login.go",
		Args:              cobra.MaximumNArgs(2),
		ValidArgsFunction: completeKind,
		RunE: func(cmd *cobra.Command, args []string) error {
			return runNew(cmd, opts, args)
		},
	}
	f := &opts.function
	cmd.Flags().StringVar(&f.Hub, "hub", "", "hub of the function (default the package's, or the one of all functions of the app)")
	cmd.Flags().StringVar(&f.Event, scaffold.OptionEvent, "", "user event that runs an event function (default its name)")
	cmd.Flags().StringVar(&f.Route, scaffold.OptionRoute, "", "route of a negotiate or context function (default its name)")
	cmd.Flags().StringVar(&f.Schedule, scaffold.OptionSchedule, "", "schedule of a timer (default every ten seconds)")
	cmd.Flags().StringVar(&opts.file, "file", "", "file to make, in the folder of a package (default the name in lower case, here)")
	cmd.Flags().BoolVarP(&opts.interactive, "interactive", "i", false, "ask for what was not given")
	cmd.Flags().BoolVar(&opts.dryRun, "dry-run", false, "write nothing; name the files that would be written")
	return cmd
}

// kindsHelp lists the kinds.
func kindsHelp() string {
	var b strings.Builder
	for _, k := range scaffold.Kinds() {
		fmt.Fprintf(&b, "  %-13s %s\n", k.Name, k.Doc)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func completeKind(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	var words []string
	if len(args) == 0 {
		for _, k := range scaffold.Kinds() {
			words = append(words, k.Name+"\t"+k.Doc)
		}
	}
	return words, cobra.ShellCompDirectiveNoFileComp
}

func runNew(cmd *cobra.Command, opts newOptions, args []string) error {
	if err := opts.take(args); err != nil {
		return err
	}
	r, err := openPackage(cmd.Context(), filepath.Dir(opts.file))
	if err != nil {
		return err
	}
	f := &opts.function
	if opts.interactive {
		if err := r.askFor(newPrompter(cmd), f); err != nil {
			return err
		}
	}
	files, err := r.files(*f)
	if err != nil {
		return err
	}
	if err := r.write(files, opts.dryRun); err != nil {
		return err
	}
	for _, file := range files {
		fmt.Fprintf(cmd.OutOrStdout(), "create %s\n", diag.Relative(r.wd, filepath.Join(r.pkg.Dir, file.Name)))
	}
	if opts.dryRun {
		return nil
	}
	if err := gomod.Complete(cmd.Context(), r.pkg.Dir); err != nil {
		return fmt.Errorf("the files are written, but go.mod may not be complete; run go mod tidy:\n%w", err)
	}
	if err := generateIn(cmd, r.pkg.Dir, r.wd); err != nil {
		return err
	}
	if r.isFirst() {
		fmt.Fprintf(cmd.ErrOrStderr(), "wpsgen new: this is the first function of package %s; let package main give what its Functions returns to wps.Main\n", r.pkg.Name)
	}
	return nil
}

// take takes the arguments, of which only questions can replace any.
func (o *newOptions) take(args []string) (err error) {
	if len(args) < 2 && !o.interactive {
		return fmt.Errorf("new takes a kind and a name, such as new event Rename; kinds are %s", kindNames())
	}
	if len(args) > 0 {
		if o.function.Kind, err = scaffold.KindOf(args[0]); err != nil {
			return err
		}
	}
	if len(args) > 1 {
		o.function.Name = args[1]
	}
	if o.file != "" {
		o.function.File = filepath.Base(o.file)
	}
	return nil
}

func kindNames() string {
	var names []string
	for _, k := range scaffold.Kinds() {
		names = append(names, k.Name)
	}
	return strings.Join(names, ", ")
}
