package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/wpsgen/wpsgen/generator"
	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/generator/gomod"
	"github.com/wpsgen/wpsgen/generator/scaffold"
)

type newOptions struct {
	function    scaffold.Function
	kind        string
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

// newRun is what new is about to do.
type newRun struct {
	wd  string
	pkg *scaffold.Package
	app *generator.App // nil when no function of it is known
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
	if f.Hub, err = r.hub(f.Hub); err != nil {
		return err
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
	return generateIn(cmd, r.pkg.Dir, r.wd)
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

// openPackage reads the package in a folder and the app that it belongs to.
func openPackage(ctx context.Context, dir string) (*newRun, error) {
	wd, err := workingDir()
	if err != nil {
		return nil, err
	}
	if dir, err = filepath.EvalSymlinks(filepath.Join(wd, dir)); err != nil {
		return nil, err
	}
	r := &newRun{wd: wd}
	if r.pkg, err = scaffold.ReadPackage(dir); err != nil {
		return nil, err
	}
	if r.pkg.Name == "" {
		return nil, fmt.Errorf("%s has no Go package; start an app there with wpsgen init, or go to the folder of one", diag.Relative(wd, dir))
	}
	root, err := gomod.Root(ctx, dir)
	if err != nil {
		return nil, err
	}
	src, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil || !gomod.Requires(src) {
		return nil, errors.New("the module does not require " + gomod.Module + "; run wpsgen init first, which adds what is lacking")
	}
	result, err := generator.Run(generator.Config{Dir: dir})
	if err != nil {
		return nil, err
	}
	r.app = r.pkg.Find(result)
	return r, nil
}

// askFor asks for what was not given.
func (r *newRun) askFor(p *prompter, f *scaffold.Function) error {
	if f.Kind.Name == "" {
		fmt.Fprintln(p.out, kindsHelp())
		name, err := p.ask("Kind", "event", func(name string) error { _, err := scaffold.KindOf(name); return err })
		if err != nil {
			return err
		}
		f.Kind, _ = scaffold.KindOf(name) // it has been checked
	}
	checked := func(set func(*scaffold.Function, string)) func(string) error {
		return func(answer string) error {
			trial := *f
			set(&trial, answer)
			trial.Hub = cmp.Or(trial.Hub, defaultHub) // which has a question of its own
			trial.Name = cmp.Or(trial.Name, "Name")
			return trial.Check(r.pkg)
		}
	}
	questions := []struct {
		text, byDefault string
		needed          bool
		at              *string
	}{
		{"Name of the Go function", f.Name, f.Name == "", &f.Name},
		{"Hub", cmp.Or(f.Hub, r.knownHub()), f.Hub == "" && r.pkg.Defaults["hub"] == "", &f.Hub},
		{"User event (empty for the name)", f.Event, f.Kind.Has(scaffold.OptionEvent) && f.Event == "", &f.Event},
		{"Route (empty for the name)", f.Route, f.Kind.Has(scaffold.OptionRoute) && f.Route == "", &f.Route},
		{"Schedule (empty for every ten seconds)", f.Schedule, f.Kind.Has(scaffold.OptionSchedule) && f.Schedule == "", &f.Schedule},
	}
	for i, q := range questions {
		if !q.needed {
			continue
		}
		answer, err := p.ask(q.text, q.byDefault, checked(func(trial *scaffold.Function, answer string) {
			*[]*string{&trial.Name, &trial.Hub, &trial.Event, &trial.Route, &trial.Schedule}[i] = answer
		}))
		if err != nil {
			return err
		}
		*q.at = answer
	}
	return nil
}

// hub returns the hub to write into directives, "" where the package's default is it.
func (r *newRun) hub(given string) (string, error) {
	byDefault := r.pkg.Defaults["hub"]
	switch {
	case given != "" && strings.EqualFold(given, byDefault), given == "" && byDefault != "":
		return "", nil
	case given != "":
		return given, nil
	}
	if hubs := r.hubs(); len(hubs) > 1 {
		return "", fmt.Errorf("the app has the hubs %s; name one with --hub", strings.Join(hubs, ", "))
	}
	return r.knownHub(), nil
}

// knownHub is the one hub that the app's functions have, "" when they have none or several.
func (r *newRun) knownHub() string {
	if hubs := r.hubs(); len(hubs) == 1 {
		return hubs[0]
	}
	return ""
}

// hubs are those of the app's functions. Case does not count.
func (r *newRun) hubs() []string {
	var hubs []string
	if r.app == nil {
		return nil
	}
	for _, fn := range r.app.Functions() {
		for _, b := range fn.Bindings {
			if b.IsOther() {
				continue
			}
			hub := b.Value("hub")
			if hub != "" && !slices.ContainsFunc(hubs, func(h string) bool { return strings.EqualFold(h, hub) }) {
				hubs = append(hubs, hub)
			}
		}
	}
	slices.Sort(hubs)
	return hubs
}

// files returns the function's files, once nothing stands against them.
func (r *newRun) files(f scaffold.Function) ([]scaffold.File, error) {
	if err := f.Check(r.pkg); err != nil {
		return nil, err
	}
	files, err := f.Files(r.pkg)
	if err != nil {
		return nil, err
	}
	return files, f.Conflicts(r.pkg, r.app, files, r.wd)
}

func (r *newRun) write(files []scaffold.File, dryRun bool) error {
	if !dryRun {
		return scaffold.Write(r.pkg.Dir, files)
	}
	there, err := scaffold.Existing(r.pkg.Dir, files)
	if err == nil && len(there) > 0 {
		err = &scaffold.ExistsError{Names: there}
	}
	return err
}
