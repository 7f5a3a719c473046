package main

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/wpsgen/wpsgen/generator/diag"
)

// findingsHelp is the part of a command's help that says how findings are printed.
const findingsHelp = `Findings are printed with the line of source they are about (--format text), one a line
(short), as a JSON document (json), as SARIF 2.1.0 (sarif), or as GitHub annotations
(github). In GitHub Actions, when no format is given, annotations are added on stderr. Colours
are for terminals; NO_COLOR turns them off.`

// findingOptions say how findings are printed and what they do to the exit status.
type findingOptions struct {
	format string // "" when none was given
	color  string
	strict bool
}

func (o *findingOptions) addFlags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&o.format, "format", "", "how findings are printed: "+strings.Join(diag.FormatNames(), ", ")+" (default text)")
	cmd.Flags().StringVar(&o.color, "color", colorAuto, "colour text: auto, always or never")
	cmd.Flags().BoolVar(&o.strict, "strict", false, "let warnings make the exit status 1")
	completeWords(cmd, "format", diag.FormatNames()...)
	completeWords(cmd, "color", colorAuto, colorAlways, colorNever)
}

// completeWords makes completion offer the values of a flag that the command has.
func completeWords(cmd *cobra.Command, flag string, words ...string) {
	if err := cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp)); err != nil {
		panic(err) // there is no such flag
	}
}

// streams returns where a command with other data than findings prints that, and where the findings: to
// stderr, unless they are one document for a program. Then they are the data.
func (o *findingOptions) streams(cmd *cobra.Command) (data, findings io.Writer) {
	if o.format == diag.FormatJSON || o.format == diag.FormatSARIF {
		return cmd.ErrOrStderr(), cmd.OutOrStdout()
	}
	return cmd.OutOrStdout(), cmd.ErrOrStderr()
}

// check returns what is wrong with the options, before anything is done.
func (o *findingOptions) check() error {
	if _, err := diag.NewFormat(cmp.Or(o.format, diag.FormatText), false); err != nil {
		return err
	}
	_, err := o.colors(nil)
	return err
}

// write prints a report to w. In GitHub Actions, where nobody chose a format, annotations go to errOut.
func (o *findingOptions) write(w, errOut io.Writer, r *diag.Report) error {
	colors, err := o.colors(w)
	if err != nil {
		return err
	}
	format, err := diag.NewFormat(cmp.Or(o.format, diag.FormatText), colors)
	if err != nil {
		return err
	}
	r.Version = version()
	if o.format == diag.FormatSARIF || o.format == diag.FormatGitHub {
		r.Root = repository(r.Root)
	}
	if err := format.Write(w, r); err != nil || o.format != "" || os.Getenv("GITHUB_ACTIONS") != "true" {
		return err
	}
	annotated := *r
	annotated.Root = repository(r.Root)
	return diag.GitHub{}.Write(errOut, &annotated)
}

// failed returns errFindings when findings make the exit status 1.
func (o *findingOptions) failed(findings []diag.Finding) error {
	if diag.HasErrors(findings) || o.strict && len(findings) > 0 {
		return errFindings
	}
	return nil
}

// repository is the folder that GitHub takes names of files as relative to: the checkout in Actions, if dir
// is in it, else dir.
func repository(dir string) string {
	root, err := filepath.EvalSymlinks(os.Getenv("GITHUB_WORKSPACE"))
	if err != nil || root == "" {
		return dir
	}
	if rel, err := filepath.Rel(root, dir); err != nil || !filepath.IsLocal(rel) {
		return dir
	}
	return root
}

// Values of --color.
const (
	colorAuto   = "auto"
	colorAlways = "always"
	colorNever  = "never"
)

// colors decides whether text to w has colours: on a terminal, unless NO_COLOR (no-color.org) or the flag
// says otherwise.
func (o *findingOptions) colors(w io.Writer) (bool, error) {
	switch o.color {
	case colorAlways:
		return true, nil
	case colorNever:
		return false, nil
	case colorAuto, "":
		return os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && isTerminal(w), nil
	}
	return false, fmt.Errorf("--color is auto, always or never, not %q", o.color)
}

// isTerminal reports whether w is a terminal that takes escape sequences. Windows has such under names of
// their own.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok || os.Getenv("TERM") == "" && os.Getenv("WT_SESSION") == "" {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
