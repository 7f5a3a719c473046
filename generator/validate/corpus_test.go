package validate_test

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"

	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/generator/validate"
)

// corpus is a collection of real files with verdicts, which lies beside the project where there is one, or where
// WPSGEN_CORPUS says.
var corpus = cmp.Or(os.Getenv("WPSGEN_CORPUS"), "../../../shared/corpus")

// corpusRows reads a table of the corpus: a map a row, by the names in its first line.
func corpusRows(t *testing.T, name string) []map[string]string {
	t.Helper()
	src, err := os.ReadFile(filepath.Join(corpus, name))
	if os.IsNotExist(err) {
		t.Skip("there is no corpus beside the project")
	}
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimRight(string(src), "\n"), "\n")
	names := strings.Split(lines[0], "\t")
	var rows []map[string]string
	for _, line := range lines[1:] {
		row := make(map[string]string)
		for i, cell := range strings.Split(line, "\t") {
			row[names[i]] = cell
		}
		rows = append(rows, row)
	}
	return rows
}

// verdict sums findings up: error, warning or clean, with the codes that led to it.
func verdict(findings []diag.Finding) (given string, codes []diag.Code) {
	given = "clean"
	for _, f := range findings {
		if given != "error" {
			given = string(f.Severity())
		}
		codes = append(codes, f.Code)
	}
	slices.Sort(codes)
	return given, slices.Compact(codes)
}

func run(t *testing.T, path string) []diag.Finding {
	t.Helper()
	result, err := validate.Run(validate.Config{Path: path})
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return result.Findings
}

// TestCorpusFiles holds the verdict on each real file alone against that of people who read it. The table
// is printed with -v. What differs, by rule:
//
//   - valid-legacy with the type webPubSubRequest (WPS420) is an error here: releases since 1.0.0-beta.4
//     do not register it, so that the host does not load the function. Other legacy names are warnings.
//   - invalid for an extension bundle that is too old is a warning here (WPS448), since a host.json alone
//     does not tell whether the app has Web PubSub bindings; with the app around it, it is an error (WPS447).
//   - unsure may be anything: documentation fragments without a trigger are errors (WPS413), names under
//     which nothing arrives are warnings (WPS433), and other extensions' types are not known.
func TestCorpusFiles(t *testing.T) {
	var table strings.Builder
	w := tabwriter.NewWriter(&table, 0, 4, 2, ' ', 0)
	for _, row := range corpusRows(t, "index.tsv") {
		given, codes := verdict(run(t, filepath.Join(corpus, row["file"])))
		fmt.Fprintf(w, "%s\t%s\t%s\t%v\n", row["file"], row["verdict"], given, codes)
		if !fits(row["verdict"], given, codes) {
			t.Errorf("%s is %s (%s), and the verdict is %s %v", row["file"], row["verdict"], row["reasons"], given, codes)
		}
		if row["strict_json"] == "no" && row["verdict"] != "invalid" && !slices.Contains(codes, diag.LenientFile) {
			t.Errorf("%s: nothing says that strict parsers refuse it", row["file"])
		}
	}
	w.Flush()
	t.Logf("verdicts expected and given:\n%s", &table)
}

func fits(expected, given string, codes []diag.Code) bool {
	switch expected {
	case "valid":
		return given != "error"
	case "valid-legacy":
		return given == "warning" || given == "error" && slices.Contains(codes, diag.UnknownType)
	case "invalid":
		return given == "error" || slices.Contains(codes, diag.OldBundle)
	}
	return true
}

// expectedInApps are the codes that stand for the findings of apps.tsv, by what a finding says. Two of them
// are no mistakes and so are none here: an event of one's own (a user event may have any name), and comments
// in a host.json that, as it is stored, has none.
var expectedInApps = []struct {
	says  string
	codes []diag.Code
}{
	{"hub comes from app setting", []diag.Code{diag.HubFromSetting}},
	{"pre-beta names", []diag.Code{diag.OtherSpelling, diag.MissingProperty, diag.OldProperty}},
	{"duplicate trigger", []diag.Code{diag.EventTwice}},
	{"no AzureWebJobsStorage", []diag.Code{diag.NoStorage}},
	{"folder connected handles event connect", []diag.Code{diag.MisleadingFolder}},
	{"beta trigger name message", []diag.Code{diag.TriggerName}},
}

// TestCorpusApps validates whole real apps. Only one with invalid files has errors.
func TestCorpusApps(t *testing.T) {
	var table strings.Builder
	w := tabwriter.NewWriter(&table, 0, 4, 2, ' ', 0)
	for _, row := range corpusRows(t, filepath.Join("apps", "apps.tsv")) {
		given, codes := verdict(run(t, filepath.Join(corpus, "apps", row["app"])))
		fmt.Fprintf(w, "%s\t%s\t%s\t%v\n", row["app"], row["file_verdicts"], given, codes)
		if invalid := strings.Contains(row["file_verdicts"], "invalid"); invalid != (given == "error") {
			t.Errorf("%s has %s, and the verdict is %s %v", row["app"], row["file_verdicts"], given, codes)
		}
		for _, expected := range expectedInApps {
			for _, code := range expected.codes {
				if strings.Contains(row["app_level_findings"], expected.says) && !slices.Contains(codes, code) {
					t.Errorf("%s: %q is not reported; there are %v", row["app"], expected.says, codes)
				}
			}
		}
	}
	w.Flush()
	t.Logf("verdicts on files, and on the app:\n%s", &table)
}
