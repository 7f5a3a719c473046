package diag

import (
	"cmp"
	"io"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf16"
)

// Addresses that reports name.
const (
	homePage    = "https://github.com/wpsgen/wpsgen"
	codesPage   = homePage + "/blob/main/docs/codes.md"
	sarifSchema = "https://json.schemastore.org/sarif-2.1.0.json"
)

// srcRoot is the name by which SARIF calls the folder that files are relative to.
const srcRoot = "%SRCROOT%"

// SARIF writes a SARIF 2.1.0 log with one run. Rules are the codes that occur, columns count UTF-16 code
// units, files below Root are relative to %SRCROOT%, and fixes that would repeat a secret are left out.
type SARIF struct{}

// Write writes the log. The error is that of writing.
func (SARIF) Write(w io.Writer, r *Report) error {
	run := sarifRun{
		Tool: sarifTool{sarifDriver{
			Name: "wpsgen", Version: r.Version, InformationURI: homePage, Rules: []sarifRule{},
		}},
		ColumnKind:         "utf16CodeUnits",
		OriginalURIBaseIDs: map[string]sarifArtifact{srcRoot: {URI: fileURI(r.Root) + "/"}},
		Results:            []sarifResult{},
	}
	codes := r.codes()
	for _, c := range codes {
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRuleOf(c))
	}
	for _, f := range r.Findings {
		index, _ := slices.BinarySearch(codes, f.Code)
		run.Results = append(run.Results, r.sarifResult(f, index))
	}
	return encode(w, sarifLog{Schema: sarifSchema, Version: "2.1.0", Runs: []sarifRun{run}})
}

// codes returns the codes that occur, sorted.
func (r *Report) codes() []Code {
	var codes []Code
	for _, f := range r.Findings {
		codes = append(codes, f.Code)
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

func sarifRuleOf(c Code) sarifRule {
	d := c.Declaration()
	title := cmp.Or(d.Title, string(c))
	text := cmp.Or(d.Text, title)
	rule := sarifRule{
		ID:               c,
		ShortDescription: sarifMessage{Text: title},
		FullDescription:  sarifMessage{Text: text},
		HelpURI:          codesPage + "#" + strings.ToLower(string(c)),
		Help:             sarifMessage{Text: text, Markdown: d.markdown()},
	}
	rule.DefaultConfiguration.Level = d.Severity
	return rule
}

func (r *Report) sarifResult(f Finding, rule int) sarifResult {
	res := sarifResult{
		RuleID: f.Code, RuleIndex: rule, Level: f.Severity(), Message: sarifMessage{Text: f.text()},
		Locations: []sarifLocation{{PhysicalLocation: r.sarifPlace(f.Place)}},
	}
	for i, other := range f.Related {
		res.RelatedLocations = append(res.RelatedLocations, sarifLocation{
			ID: i + 1, PhysicalLocation: r.sarifPlace(other.Place), Message: &sarifMessage{Text: other.Message},
		})
	}
	if fix, ok := r.sarifFix(f); ok {
		res.Fixes = []sarifFix{fix}
	}
	return res
}

// sarifFix makes one fix of the edits of a finding, with a change for each file.
func (r *Report) sarifFix(f Finding) (sarifFix, bool) {
	fix := sarifFix{Description: sarifMessage{Text: cmp.Or(f.Hint, "mend it")}}
	files := make(map[string]int)
	for _, e := range withoutSecrets(f.Edits) {
		region := r.sarifRegion(e.Place)
		if region == nil {
			return fix, false
		}
		i, ok := files[e.Place.File]
		if !ok {
			i = len(fix.ArtifactChanges)
			files[e.Place.File] = i
			fix.ArtifactChanges = append(fix.ArtifactChanges, sarifArtifactChange{ArtifactLocation: r.sarifFile(e.Place.File)})
		}
		change := sarifReplacement{DeletedRegion: *region}
		if e.NewText != "" {
			change.InsertedContent = &sarifMessage{Text: e.NewText}
		}
		fix.ArtifactChanges[i].Replacements = append(fix.ArtifactChanges[i].Replacements, change)
	}
	return fix, len(fix.ArtifactChanges) > 0
}

func (r *Report) sarifPlace(p Place) sarifPhysical {
	return sarifPhysical{ArtifactLocation: r.sarifFile(p.File), Region: r.sarifRegion(p)}
}

// sarifFile names a file relative to the root when it lies below it.
func (r *Report) sarifFile(file string) sarifArtifact {
	rel, err := filepath.Rel(r.Root, file)
	if err != nil || !filepath.IsLocal(rel) {
		return sarifArtifact{URI: fileURI(file)}
	}
	return sarifArtifact{URI: (&url.URL{Path: filepath.ToSlash(rel)}).String(), URIBaseID: srcRoot}
}

// fileURI is the address of an absolute path, on Windows too.
func fileURI(path string) string {
	path = strings.TrimSuffix(filepath.ToSlash(path), "/")
	if path != "" && !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	return (&url.URL{Scheme: "file", Path: path}).String()
}

// sarifRegion returns a place as a region, nil for a whole file.
func (r *Report) sarifRegion(p Place) *sarifRegion {
	if p.Line == 0 {
		return nil
	}
	return &sarifRegion{
		StartLine: p.Line, StartColumn: r.sarifColumn(p.File, p.Line, p.Column),
		EndLine: p.EndLine, EndColumn: r.sarifColumn(p.File, p.EndLine, p.EndColumn),
	}
}

// sarifColumn turns a column of bytes into one of UTF-16 code units. Both count from 1.
func (r *Report) sarifColumn(file string, line, column int) int {
	text, ok := r.sources().Line(file, line)
	if !ok || column < 1 || column-1 > len(text) {
		return column
	}
	return len(utf16.Encode([]rune(string(text[:column-1])))) + 1
}
