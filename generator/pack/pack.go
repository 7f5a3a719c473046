// Package pack makes the zip that Azure Functions deploys of an app with a custom handler. It finds out
// what goes in and what stands in the way first; building and writing come after that, apart.
package pack

import (
	"os"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/generator/diag"
)

// Config says what to pack.
type Config struct {
	// Dir is the app's folder, absolute and without symbolic links.
	Dir string
	// Target is what the program will be built for.
	Target Target
	// Output is where the zip will be. One that lies in the app's folder is no part of itself.
	Output string
}

// Contents are what the zip will have in it. Nothing has been built or written yet.
type Contents struct {
	// Entries are the files by name, the program among them.
	Entries []Entry
	// Findings are what the host would not take, and warnings about what the program may miss. While there is
	// an error, there is nothing to write.
	Findings []diag.Finding

	dir string
}

// Entry is one file of the zip.
type Entry struct {
	// Name is the file's name in the zip: local, and with slashes.
	Name string
	// IsProgram tells the program, which is built and not found in the app's folder.
	IsProgram bool
}

// Collect finds out what goes into the zip of an app, and what keeps it from working. The error is about
// what cannot be read.
func Collect(cfg Config) (*Contents, error) {
	root, err := os.OpenRoot(cfg.Dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	c := &collector{cfg: cfg, root: root, output: statOrNil(cfg.Output)}
	if err := c.readIgnored(); err != nil {
		return nil, err
	}
	if err := c.readProgram(); err != nil {
		return nil, err
	}
	if err := c.walk(); err != nil {
		return nil, err
	}
	if err := c.checkFunctions(); err != nil {
		return nil, err
	}
	c.addProgram()
	slices.SortFunc(c.entries, func(a, b Entry) int { return strings.Compare(a.Name, b.Name) })
	return &Contents{Entries: c.entries, Findings: diag.Sort(c.findings), dir: cfg.Dir}, nil
}

// statOrNil describes a file, nil when there is none to describe.
func statOrNil(path string) os.FileInfo {
	info, err := os.Stat(path)
	if err != nil {
		return nil
	}
	return info
}
