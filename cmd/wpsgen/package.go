package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/wpsgen/wpsgen/generator"
	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/generator/pack"
	"github.com/wpsgen/wpsgen/internal/dev"
)

type packageOptions struct {
	findingOptions
	target pack.Target
	both   string // the target in one word, "" when none was given
	output string
	list   bool
}

func newPackageCommand() *cobra.Command {
	opts := packageOptions{target: pack.DefaultTarget()}
	cmd := &cobra.Command{
		Use:   "package [app folder]",
		Short: "Make the zip that Azure Functions deploys",
		Long: help(`Package builds the program of an app, the one in the current folder by default, and
puts it into a zip with host.json, each function.json and the other files of the app's
folder. The program gets the name that host.json has in defaultExecutablePath, and the
right to run. Generated files have to be up to date. What the host would not find or run
is a finding, and nothing is written. Nor is it when something else fails: a zip of before
stays.`,
			`Never packed are Go sources, go.mod and its like, local.settings.json, environment
files, .git, other apps in folders below, and links that lead out of the app.
.funcignore leaves out more, with the syntax of .gitignore. Hidden files, testdata,
vendor, node_modules, wpsgen.yaml with the binding definitions it names, and zips beside
host.json are left out, too, unless a line such as !.well-known takes them in.`,
			`The program is built without cgo, paths of this machine and debugging data. Tags are
given in GOFLAGS. The same sources, wpsgen and Go make the same zip, byte for byte.`,
			`One line is printed: the file, its size and the number of files in it.`,
			findingsHelp+` Findings go to stderr. A JSON document or SARIF
goes to stdout, and the line to stderr.`),
		Example: "  wpsgen package\n  wpsgen package --list ./examples/chat\n  wpsgen package --target linux/arm64 -o chat-arm64.zip ./examples/chat\n" +
			"  az functionapp deployment source config-zip -g GROUP -n APP --src chat.zip",
		Args: arguments(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runPackage(cmd, opts, append(args, ".")[0])
		},
	}
	opts.addFlags(cmd)
	return cmd
}

func (o *packageOptions) addFlags(cmd *cobra.Command) {
	o.findingOptions.addFlags(cmd)
	cmd.Flags().StringVar(&o.target.OS, "goos", o.target.OS, "system to build for: linux or windows")
	cmd.Flags().StringVar(&o.target.Arch, "goarch", o.target.Arch, "processor to build for")
	cmd.Flags().StringVar(&o.both, "target", "", "both in one word, such as linux/arm64")
	cmd.Flags().StringVarP(&o.output, "output", "o", "", "the zip (default the name of the app's folder, in the current one)")
	cmd.Flags().BoolVar(&o.list, "list", false, "build and write nothing; print the names of the files in the zip")
	cmd.MarkFlagsMutuallyExclusive("target", "goos")
	cmd.MarkFlagsMutuallyExclusive("target", "goarch")
	completeWords(cmd, "goos", "linux", "windows")
	completeWords(cmd, "goarch", "amd64", "arm64")
	completeWords(cmd, "target", "linux/amd64", "linux/arm64", "windows/amd64")
}

// check returns what is wrong with the options, before anything is done. It takes the target from where it
// was given.
func (o *packageOptions) check() (err error) {
	if o.both != "" {
		if o.target, err = pack.ParseTarget(o.both); err != nil {
			return err
		}
	}
	return errors.Join(o.target.Check(), o.findingOptions.check())
}

func runPackage(cmd *cobra.Command, opts packageOptions, dir string) error {
	if err := cmp.Or(opts.check(), isFolder(dir)); err != nil {
		return err
	}
	app, report, err := currentApp(cmd, opts.findingOptions, dir)
	if err != nil {
		return err
	}
	opts.output = cmp.Or(opts.output, filepath.Base(app.Dir)+".zip")
	contents, err := pack.Collect(pack.Config{Dir: app.Dir, Target: opts.target, Output: opts.output})
	if err != nil {
		return err
	}
	report.Findings = append(report.Findings, contents.Findings...)
	out, findings := opts.streams(cmd)
	if err := opts.write(findings, cmd.ErrOrStderr(), report); err != nil {
		return err
	}
	if err := opts.failed(report.Findings); err != nil {
		return err
	}
	if opts.list {
		return printEntries(out, contents)
	}
	size, err := writePackage(cmd, opts, app.Dir, contents)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "%s: %d bytes, %d files\n", filepath.ToSlash(opts.output), size, len(contents.Entries))
	return err
}

// currentApp returns the one app of a folder whose generated files are up to date, with a report of the warnings
// about it. Else it prints the findings, and names the files that are not.
func currentApp(cmd *cobra.Command, opts findingOptions, dir string) (*generator.App, *diag.Report, error) {
	wd, err := workingDir()
	if err != nil {
		return nil, nil, err
	}
	result, err := generator.Run(generator.Config{Dir: dir})
	if err != nil {
		return nil, nil, err
	}
	report := &diag.Report{Findings: result.Findings, Root: wd}
	if failed := stale(result, opts.failed(result.Findings)); failed != nil {
		if err := printStale(cmd, opts, result, report); err != nil {
			return nil, nil, err
		}
		return nil, nil, failed
	}
	app, err := theApp(result, dir, wd)
	return app, report, err
}

// printStale prints the findings, and the files that are not up to date.
func printStale(cmd *cobra.Command, opts findingOptions, result *generator.Result, report *diag.Report) error {
	_, findings := opts.streams(cmd)
	if err := opts.write(findings, cmd.ErrOrStderr(), report); err != nil {
		return err
	}
	if len(result.Changes) > 0 {
		fmt.Fprintln(cmd.ErrOrStderr(), "generated files are not up to date; run wpsgen generate:")
		printChanges(cmd.ErrOrStderr(), result, report.Root)
	}
	return nil
}

// writePackage builds the program and writes the zip.
func writePackage(cmd *cobra.Command, opts packageOptions, dir string, contents *pack.Contents) (size int64, err error) {
	if err := pack.CheckOutput(opts.output); err != nil {
		return 0, err
	}
	pkg, err := dev.MainPackage(cmd.Context(), dir)
	if err != nil {
		return 0, err
	}
	tmp, err := os.MkdirTemp("", "wpsgen-package-")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(tmp)
	if errOut := cmd.ErrOrStderr(); isTerminal(errOut) {
		fmt.Fprintf(errOut, "building %s for %s\n", pkg, opts.target)
	}
	program := filepath.Join(tmp, "program")
	if err := pack.Build(cmd.Context(), opts.target, dir, pkg, program); err != nil {
		return 0, fmt.Errorf("the app does not build for %s:\n%w", opts.target, buildProblem(err))
	}
	return contents.Write(opts.output, program)
}

// printEntries prints the names in a zip.
func printEntries(w io.Writer, contents *pack.Contents) error {
	for _, e := range contents.Entries {
		if _, err := fmt.Fprintln(w, diag.Printable(e.Name)); err != nil {
			return err
		}
	}
	return nil
}
