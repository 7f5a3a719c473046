// Package lint has wpsgen's checks as an analyzer, for go vet, editors and linters.
package lint

import (
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/wpsgen/wpsgen/generator"
	"github.com/wpsgen/wpsgen/generator/diag"
)

const doc = `check //wps: directives and the functions below them

It reports what wpsgen check does, with the same codes and words, as far as one package shows it: comments
that only look like directives, keys, values and names, triggers, signatures, and functions of the package
for one event, route or name. Types come from the type checker, so that what another package calls a type
makes no difference.

One package alone does not show:
  - functions of other packages of the app for the same event, route or name;
  - what hangs on host.json and wpsgen.yaml: the route prefix, upstream: http, bindings of the project's own;
  - files in the way, or not up to date.

For these run wpsgen check and wpsgen generate --check. Errors are reported; -wps.strict adds warnings.`

// codes is the page that explains the codes.
const codes = "https://github.com/wpsgen/wpsgen/blob/main/docs/codes.md"

// Analyzer reports mistakes in //wps: directives and the functions below them. A diagnostic's category is
// the finding's code. Its flag strict adds warnings to errors.
var Analyzer = newAnalyzer()

func newAnalyzer() *analysis.Analyzer {
	a := &analysis.Analyzer{Name: "wps", Doc: doc, URL: codes}
	strict := a.Flags.Bool("strict", false, "report warnings, too")
	a.Run = func(pass *analysis.Pass) (any, error) { return nil, run(pass, *strict) }
	return a
}

func run(pass *analysis.Pass, strict bool) error {
	findings, err := generator.Check(generator.Source{
		Fset: pass.Fset, Files: pass.Files, Ignored: pass.IgnoredFiles,
		Types: pass.Pkg, Info: pass.TypesInfo, ReadFile: pass.ReadFile,
	})
	if err != nil {
		return err
	}
	at := newPlaces(pass)
	for _, f := range findings {
		if f.Severity() == diag.Error || strict {
			pass.Report(diagnostic(at, f))
		}
	}
	return nil
}

// diagnostic makes a diagnostic of a finding. What cannot be placed in the sources is left out.
func diagnostic(at *places, f diag.Finding) analysis.Diagnostic {
	pos, end, _ := at.find(f.Place)
	d := analysis.Diagnostic{
		Pos: pos, End: end, Category: string(f.Code), Message: message(f),
		URL: codes + "#" + strings.ToLower(string(f.Code)),
	}
	for _, r := range f.Related {
		if pos, end, ok := at.find(r.Place); ok {
			d.Related = append(d.Related, analysis.RelatedInformation{Pos: pos, End: end, Message: r.Message})
		}
	}
	if fix, ok := fixOf(at, f); ok {
		d.SuggestedFixes = []analysis.SuggestedFix{fix}
	}
	return d
}

// message is the finding in one line, without its place.
func message(f diag.Finding) string {
	return strings.TrimPrefix(f.String(), f.Place.String()+": ")
}

// fixOf makes a fix of a finding's edits. All of them mend it, or none.
func fixOf(at *places, f diag.Finding) (analysis.SuggestedFix, bool) {
	fix := analysis.SuggestedFix{Message: f.Hint}
	if fix.Message == "" {
		fix.Message = "mend it"
	}
	for _, e := range f.Edits {
		pos, end, ok := at.find(e.Place)
		if !ok || !at.writable(pos, e.Place) {
			return analysis.SuggestedFix{}, false
		}
		fix.TextEdits = append(fix.TextEdits, analysis.TextEdit{Pos: pos, End: end, NewText: []byte(e.NewText)})
	}
	return fix, len(fix.TextEdits) > 0
}
