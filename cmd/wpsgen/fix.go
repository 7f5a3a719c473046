package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/rogpeppe/go-internal/diff"
	"github.com/spf13/cobra"

	"github.com/wpsgen/wpsgen/generator"
	"github.com/wpsgen/wpsgen/generator/diag"
)

// maxRounds bounds how often sources are mended and looked at again, should one fix undo another.
const maxRounds = 10

// mend mends files until nothing is left that can be, and completes the report. fix makes the edits of what
// was found last, and look finds again.
func mend(report *diag.Report, fix func() (*generator.Fixes, error), look func() ([]diag.Finding, error)) error {
	report.Fixed = []diag.Finding{}
	for range maxRounds {
		fixes, err := fix()
		if err != nil {
			return err
		}
		if len(fixes.Changes) == 0 {
			break
		}
		if err := fixes.Write(); err != nil {
			return err
		}
		report.Fixed = append(report.Fixed, fixes.Fixed...)
		if report.Findings, err = look(); err != nil {
			return err
		}
	}
	return nil
}

// printFixed names what was mended.
func printFixed(w io.Writer, r *diag.Report) error {
	for _, f := range r.Fixed {
		f.Place.File = diag.Relative(r.Root, f.Place.File)
		if _, err := fmt.Fprintf(w, "fixed %s\n", diag.Printable(f.String())); err != nil {
			return err
		}
	}
	return nil
}

// showFixes prints what --fix would do as a diff, and the findings it would leave.
func showFixes(cmd *cobra.Command, opts checkOptions, fixes *generator.Fixes, wd string) error {
	out, findings := opts.streams(cmd)
	if err := opts.write(findings, cmd.ErrOrStderr(), &diag.Report{Findings: fixes.Left, Fixed: fixes.Fixed, Root: wd}); err != nil {
		return err
	}
	if err := printDiff(out, fixes.Changes, wd); err != nil {
		return err
	}
	failed := opts.failed(fixes.Left)
	if len(fixes.Changes) > 0 {
		failed = errors.Join(failed, errFindings)
	}
	return failed
}

// printDiff prints changes of files as a diff.
func printDiff(w io.Writer, changes []generator.Change, wd string) error {
	for _, c := range changes {
		name := diag.Relative(wd, c.Path)
		if _, err := w.Write(diff.Diff(sideName(c.Old, name), c.Old, sideName(c.New, name), c.New)); err != nil {
			return err
		}
	}
	return nil
}
