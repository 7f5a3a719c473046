package validate

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/generator"
	"github.com/wpsgen/wpsgen/generator/appfiles"
	"github.com/wpsgen/wpsgen/generator/binding"
	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/generator/project"
)

// Config says what to validate.
type Config struct {
	// Path is a file, an app's folder, or a folder with several apps below it.
	Path string
	// Definitions are the bindings known; nil means the built-in ones.
	Definitions *binding.Set
	// Env is the environment for the go command, which runs where there are directives; nil means this process's.
	Env []string
}

// Result is what was found.
type Result struct {
	// Findings are all mistakes, in order of place.
	Findings []diag.Finding
	// Notes say of which folders there was nothing to validate, or not all, and why.
	Notes []Note
}

// Note is something to know of a folder that is no mistake.
type Note struct {
	// Path is the folder.
	Path string
	// Text is what to know, in one line without a full stop.
	Text string
}

// Run validates. The error is about what kept it from looking: a path that is not there, or that has
// nothing it knows; mistakes in files are findings of the result.
func Run(cfg Config) (*Result, error) {
	if cfg.Definitions == nil {
		set, err := binding.Builtin()
		if err != nil {
			return nil, err
		}
		cfg.Definitions = set
	}
	path, err := filepath.Abs(cfg.Path)
	if err != nil {
		return nil, err
	}
	if path, err = filepath.EvalSymlinks(path); err != nil {
		return nil, err
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	c := &checker{cfg: cfg, noEdits: make(map[string]bool)}
	if info.IsDir() {
		err = c.tree(path)
	} else {
		err = c.fileAlone(path)
	}
	if err != nil {
		return nil, err
	}
	for i, f := range c.findings {
		if c.noEdits[f.Place.File] {
			c.findings[i].Edits = nil
		}
	}
	return &Result{Findings: diag.Sort(c.findings), Notes: c.notes}, nil
}

// checker is the state of one Run.
type checker struct {
	cfg      Config
	findings []diag.Finding
	notes    []Note
	noEdits  map[string]bool // files in which the places of findings cannot be edited
}

// report adds a finding, which the caller may add to.
func (c *checker) report(code diag.Code, at diag.Place, hint, format string, args ...any) *diag.Finding {
	c.findings = append(c.findings, diag.Finding{Code: code, Place: at, Hint: hint, Message: fmt.Sprintf(format, args...)})
	return &c.findings[len(c.findings)-1]
}

func (c *checker) note(path, format string, args ...any) {
	c.notes = append(c.notes, Note{path, fmt.Sprintf(format, args...)})
}

// fileAlone validates one file, with the severities and the definitions of the project it is in.
func (c *checker) fileAlone(path string) error {
	settings, set := project.Default(), c.cfg.Definitions
	for _, dir := range []string{filepath.Dir(path), filepath.Dir(filepath.Dir(path))} {
		src, err := os.ReadFile(filepath.Join(dir, project.File))
		if err == nil {
			settings, _ = project.Read(dir, src) // what is wrong with it shows with the whole app
			set = generator.ReadDefinitions(dir, settings, set).Set
			break
		}
	}
	err := c.file(set, path)
	c.findings = settings.Rules.Apply(c.findings)
	return err
}

// file validates one file alone. Its kind is what its name ends in, so that chat.function.json is one, too.
func (c *checker) file(set *binding.Set, path string) error {
	src, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	switch name := strings.ToLower(filepath.Base(path)); {
	case strings.HasSuffix(name, appfiles.FunctionFile):
		if fn := c.readFunction(set, path, src); fn != nil {
			c.checkFunction(fn)
		}
	case strings.HasSuffix(name, appfiles.HostFile):
		c.checkBundleAlone(c.readHost(path, src))
	case IsSettings(name):
		if l := c.readSettings(path, src); l != nil {
			c.checkIdentities(l, []string{connectionSetting})
		}
	default:
		return fmt.Errorf("%s is none of %s, %s and %s", filepath.Base(path), appfiles.FunctionFile, appfiles.HostFile, appfiles.SettingsFile)
	}
	return nil
}

// sampleEnds are what samples of local.settings.json have after .json.
var sampleEnds = []string{".sample", ".example", ".template", ".dist"}

// IsSettings reports whether a file is, or shows, an app's local.settings.json. Its lines may be secrets.
func IsSettings(path string) bool {
	name := strings.ToLower(filepath.Base(path))
	if end := filepath.Ext(name); slices.Contains(sampleEnds, end) {
		name = strings.TrimSuffix(name, end)
	}
	return strings.Contains(name, "local.settings") && strings.HasSuffix(name, ".json")
}
