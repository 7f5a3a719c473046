package importer

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/wpsgen/wpsgen/generator/appfiles"
	"github.com/wpsgen/wpsgen/generator/binding"
	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/generator/gomod"
)

// Config says what to import.
type Config struct {
	// Dir is the folder of the app, the one with host.json.
	Dir string
	// InPlace makes files that stand beside the original's, and new texts for those of the original.
	InPlace bool
	// Module is the path of the new module; "" makes one of the folder's name.
	Module string
	// Package is the package of the functions; "" or main puts them into the program's own.
	Package string
	// Runtime is where the new module gets its runtime from.
	Runtime gomod.Source
	// Definitions are the bindings known; nil means the built-in ones.
	Definitions *binding.Set
	// LeaveOut are functions that cannot be imported for reasons that do not show in their files alone, by name.
	LeaveOut map[string]Mistake
}

// Mistake is why a function is left out: what is wrong with its Go form.
type Mistake struct {
	// Message says what is wrong, and Hint the way out.
	Message, Hint string
	// Directive is the one that is wrong, as it would stand in the source; "" when it is the function.
	Directive string
}

// Result is what the import makes. Nothing has been written yet.
type Result struct {
	// Dir is the original's folder, absolute and without symbolic links.
	Dir string
	// Files are the files of the new app but for those that are generated, by name. There are none when the
	// app is refused.
	Files []File
	// Functions are the names of the functions imported.
	Functions []string
	// Source is the name of the file the functions are in, Program that of the program.
	Source, Program string
	// Findings are what was changed, what was left out and what is left to do, in order of place.
	Findings []diag.Finding

	inPlace bool
}

// File is one file of the new app.
type File struct {
	// Name is its path in the app's folder, with slashes.
	Name string
	// Content is its text.
	Content []byte
	// Mode are its permissions.
	Mode fs.FileMode
}

// Refused reports whether the app cannot be imported at all; a finding says why.
func (r *Result) Refused() bool { return len(r.Files) == 0 }

// Run reads an app and makes a Go app of it. The error is about what kept it from looking, or is wrong with the
// configuration; mistakes in files are findings of the result.
func Run(cfg Config) (*Result, error) {
	c, err := newImporting(cfg)
	if err != nil {
		return nil, err
	}
	if c.root, err = os.OpenRoot(c.dir); err != nil {
		return nil, err
	}
	defer c.root.Close()
	if err := c.read(); err != nil {
		return nil, err
	}
	result := &Result{Dir: c.dir, inPlace: cfg.InPlace}
	if !c.refuse() {
		c.convert()
		if len(c.imported()) > 0 {
			if err := c.render(); err != nil {
				return nil, err
			}
		}
	}
	for _, fn := range c.imported() {
		result.Functions = append(result.Functions, fn.name)
	}
	result.Files, result.Program, result.Source = c.files, c.program, c.sourceName()
	result.Findings = diag.Sort(c.findings)
	return result, nil
}

// importing is the state of one Run.
type importing struct {
	cfg       Config
	set       *binding.Set
	dir       string
	root      *os.Root
	host      *appfiles.Document // nil without a host.json that can be read
	settings  []*settingsFile
	functions []*function
	program   string
	findings  []diag.Finding
	files     []File
}

func newImporting(cfg Config) (*importing, error) {
	if cfg.Definitions == nil {
		set, err := binding.Builtin()
		if err != nil {
			return nil, err
		}
		cfg.Definitions = set
	}
	dir, err := filepath.Abs(cfg.Dir)
	if err != nil {
		return nil, err
	}
	if dir, err = filepath.EvalSymlinks(dir); err != nil {
		return nil, err
	}
	if info, err := os.Stat(dir); err != nil {
		return nil, err
	} else if !info.IsDir() {
		return nil, fmt.Errorf("%s is not a folder; name the one with %s", cfg.Dir, appfiles.HostFile)
	}
	c := &importing{cfg: cfg, set: cfg.Definitions, dir: dir}
	return c, c.checkNames()
}

// report adds a finding, which the caller may add to.
func (c *importing) report(code diag.Code, at diag.Place, hint, format string, args ...any) *diag.Finding {
	c.findings = append(c.findings, diag.Finding{Code: code, Place: at, Hint: hint, Message: fmt.Sprintf(format, args...)})
	return &c.findings[len(c.findings)-1]
}

// imported are the functions that the new app has.
func (c *importing) imported() []*function {
	var list []*function
	for _, fn := range c.functions {
		if !fn.leftOut {
			list = append(list, fn)
		}
	}
	return list
}

// add adds a file that belongs to the public.
func (c *importing) add(name string, content []byte) {
	c.files = append(c.files, File{Name: name, Content: content, Mode: 0o644})
}
