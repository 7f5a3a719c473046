package diag

import (
	"fmt"
	"io"
	"strings"
)

// Report is what a run has to say.
type Report struct {
	// Findings are what is wrong, sorted.
	Findings []Finding
	// Fixed are findings that were mended; nil when that was not asked for.
	Fixed []Finding
	// Root is the absolute path of the folder that files are named relative to.
	Root string
	// Version is that of the program.
	Version string
	// Sources reads the files that findings are in; nil reads them from disk.
	Sources *Sources
}

// sources returns what reads the files of the report.
func (r *Report) sources() *Sources {
	if r.Sources == nil {
		r.Sources = &Sources{}
	}
	return r.Sources
}

// Format writes reports in one way.
type Format interface {
	// Write writes a report. The error is that of writing.
	Write(w io.Writer, r *Report) error
}

// Names of the formats.
const (
	FormatText   = "text"
	FormatShort  = "short"
	FormatJSON   = "json"
	FormatSARIF  = "sarif"
	FormatGitHub = "github"
)

// FormatNames returns the names of all formats, the default first.
func FormatNames() []string {
	return []string{FormatText, FormatShort, FormatJSON, FormatSARIF, FormatGitHub}
}

// NewFormat returns the format of a name; color is for people who read text on a terminal. The error
// names the formats there are.
func NewFormat(name string, color bool) (Format, error) {
	switch name {
	case FormatText:
		return Text{Color: color}, nil
	case FormatShort:
		return Short{}, nil
	case FormatJSON:
		return JSON{}, nil
	case FormatSARIF:
		return SARIF{}, nil
	case FormatGitHub:
		return GitHub{}, nil
	}
	return nil, fmt.Errorf("there is no format %q; formats are %s", name, strings.Join(FormatNames(), ", "))
}
