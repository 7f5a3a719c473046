package main

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/generator/gomod"
	"github.com/wpsgen/wpsgen/generator/project"
	"github.com/wpsgen/wpsgen/generator/scaffold"
)

type initOptions struct {
	module      string
	hub         string
	upstream    string
	replace     string
	interactive bool
	dryRun      bool
}

// defaultHub is the hub of an app that nobody named one for.
const defaultHub = "chat"

func newInitCommand() *cobra.Command {
	var opts initOptions
	cmd := &cobra.Command{
		Use:   "init [dir]",
		Short: "Start an app",
		Long: help(`Init makes an app in a folder, the current one by default: a program with a page, functions
for it and a test of each that uses the emulator, host.json, local.settings.json and
ignore files. It generates at once: the result passes check, go vet and its own tests,
and go tool wpsgen dev runs it.`,
			`In a folder without a go.mod it begins a module, unless one is around the folder and no
--module is given. It has wpsgen as a tool, which go generate runs. While wpsgen is run
from a checkout, go.mod finds it there by a replace. A go.work around the folder gets it.`,
			`What is there stays as it is: init adds what is lacking, and its Go files only where the
folder has none. go.mod and go.work are added to. With --dry-run it says what it would
write and writes nothing.`,
			`The names of the files go to stdout, what to do next to stderr. With --interactive it
asks for what can be chosen; the end of the answers, or Ctrl-C, ends it and nothing is
written.`),
		Example: "  wpsgen init chat\n  wpsgen init chat --module github.com/me/chat --hub lobby\n  wpsgen init --upstream http   # for every plan of Azure Functions\n  wpsgen init --interactive",
		Args:    arguments(0, 1),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return nil, cobra.ShellCompDirectiveFilterDirs
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return runInit(cmd, opts, append(args, ".")[0])
		},
	}
	cmd.Flags().StringVar(&opts.module, "module", "", "path of the module to begin (default example.com/ and the folder's name)")
	cmd.Flags().StringVar(&opts.hub, "hub", defaultHub, "hub of the functions")
	cmd.Flags().StringVar(&opts.upstream, "upstream", "", "how the Functions host passes events on: trigger or http (default trigger)")
	cmd.Flags().StringVar(&opts.replace, "replace", "", "checkout of wpsgen to build against (default the one it was built in)")
	cmd.Flags().BoolVarP(&opts.interactive, "interactive", "i", false, "ask for what can be chosen")
	cmd.Flags().BoolVar(&opts.dryRun, "dry-run", false, "write nothing; name the files that would be written")
	completeWords(cmd, "upstream", string(project.Trigger), string(project.HTTP))
	return cmd
}

func runInit(cmd *cobra.Command, opts initOptions, dir string) error {
	r, err := newInitRun(dir)
	if err != nil {
		return err
	}
	if opts.interactive {
		if err := r.askFor(newPrompter(cmd), &opts); err != nil {
			return err
		}
	}
	if err := r.prepare(cmd.Context(), opts); err != nil {
		return err
	}
	out, errOut := cmd.OutOrStdout(), cmd.ErrOrStderr()
	if opts.dryRun {
		r.print(out)
		return nil
	}
	if err := r.write(); err != nil {
		return err
	}
	r.print(out)
	completed := gomod.Complete(cmd.Context(), r.dir)
	if completed != nil {
		completed = fmt.Errorf("the files are written, but go.mod may not be complete; run go mod tidy:\n%w", completed)
	}
	if err := generateIn(cmd, r.dir, r.wd); err != nil {
		return errors.Join(completed, err)
	}
	if completed == nil {
		r.sayNext(errOut)
	}
	return completed
}

// write writes all or nothing.
func (r *initRun) write() error {
	undo, err := scaffold.Write(r.dir, r.files)
	if err != nil {
		return err
	}
	if err := r.plan.Write(); err != nil {
		return errors.Join(err, undo())
	}
	return nil
}

// print names the files, with the verbs that generate has.
func (r *initRun) print(w io.Writer) {
	for _, c := range r.plan.Changes {
		fmt.Fprintf(w, "%s %s\n", c.Verb(), diag.Relative(r.wd, c.Path))
	}
	for _, f := range r.files {
		fmt.Fprintf(w, "create %s\n", diag.Relative(r.wd, filepath.Join(r.dir, filepath.FromSlash(f.Name))))
	}
	for _, name := range r.kept {
		fmt.Fprintf(w, "keep %s\n", diag.Relative(r.wd, filepath.Join(r.dir, filepath.FromSlash(name))))
	}
}

// sayNext says what can be done now.
func (r *initRun) sayNext(w io.Writer) {
	if len(r.files)+len(r.plan.Changes) == 0 {
		fmt.Fprintln(w, "wpsgen init: there was nothing to add")
		return
	}
	if dir := r.plan.Checkout; dir != "" {
		fmt.Fprintf(w, "wpsgen init: go.mod finds wpsgen in %s by a replace; take it out when you require a published version\n", dir)
	}
	fmt.Fprint(w, "\nNext:\n")
	if rel := diag.Relative(r.wd, r.dir); r.dir != r.wd {
		fmt.Fprintf(w, "  cd %s\n", quoteForShell(rel))
	}
	if r.sources {
		fmt.Fprintln(w, "  go tool wpsgen dev                     # run the app beside an emulator; open the page it prints, twice")
		fmt.Fprintln(w, "  go test ./...                          # test each function with the emulator")
	}
	hub := ""
	if !r.sources {
		hub = " --hub " + quoteForShell(r.hub)
	}
	fmt.Fprintf(w, "  go tool wpsgen new connected Welcome%s   # add a function; go tool wpsgen new --help names the kinds\n", hub)
}
