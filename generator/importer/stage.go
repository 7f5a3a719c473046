package importer

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/generator"
	"github.com/wpsgen/wpsgen/generator/diag"
)

// Stage is the new app, whole and generated, in a folder of its own that is not its place yet.
type Stage struct {
	// Changes are the files that there will be, and those of the original that will change, at their places.
	Changes []generator.Change
	// Findings are the mistakes of the new app. While there is an error among them, it is not to be moved
	// into place.
	Findings []diag.Finding

	inPlace bool
	target  string
	modes   map[string]os.FileMode
}

// Target is the folder that the app belongs into, absolute.
func (s *Stage) Target() string { return s.target }

// Stage makes the new app in a temporary folder, generates what wpsgen generate would, and tells what would
// change in the target folder. It writes nothing there. The error tells of files that are in the way, and of
// what kept it from generating. env is the environment for the go command; nil means this process's.
func (r *Result) Stage(target string, env []string) (*Stage, error) {
	target, err := filepath.Abs(target)
	if err != nil {
		return nil, err
	}
	tmp, err := os.MkdirTemp("", "wpsgen-import-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(tmp)
	if tmp, err = filepath.EvalSymlinks(tmp); err != nil {
		return nil, err
	}
	s := &Stage{inPlace: r.inPlace, target: target, modes: make(map[string]os.FileMode)}
	for _, f := range r.Files {
		if err := s.write(tmp, f); err != nil {
			return nil, err
		}
	}
	if env == nil {
		env = os.Environ()
	}
	// A workspace above the temporary folder would not know of the module.
	generated, err := generator.Run(generator.Config{Dir: tmp, Env: append(slices.Clone(env), "GOWORK=off", "GOFLAGS=-mod=mod")})
	if err != nil {
		return nil, fmt.Errorf("the new app cannot be generated: %w", err)
	}
	for _, f := range generated.Findings {
		s.Findings = append(s.Findings, s.moved(tmp, f))
	}
	for _, c := range generated.Changes {
		s.Changes = append(s.Changes, generator.Change{Path: s.place(tmp, c.Path), New: c.New})
	}
	slices.SortFunc(s.Changes, func(a, b generator.Change) int { return strings.Compare(a.Path, b.Path) })
	return s, s.compare()
}

// write writes a file of the new app, and notes that there will be one.
func (s *Stage) write(tmp string, f File) error {
	path := filepath.Join(tmp, filepath.FromSlash(f.Name))
	at := filepath.Join(s.target, filepath.FromSlash(f.Name))
	s.Changes = append(s.Changes, generator.Change{Path: at, New: f.Content})
	s.modes[at] = f.Mode
	if isSettings(filepath.Base(path)) {
		return nil // generating does without, and they may be secrets
	}
	return errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, f.Content, 0o600))
}

// place is where a file of the temporary folder will be.
func (s *Stage) place(tmp, path string) string {
	if rel, err := filepath.Rel(tmp, path); err == nil && filepath.IsLocal(rel) {
		return filepath.Join(s.target, rel)
	}
	return path
}

// moved is a finding with the places that its files will have.
func (s *Stage) moved(tmp string, f diag.Finding) diag.Finding {
	f.Place.File = s.place(tmp, f.Place.File)
	f.Edits, f.Related = nil, slices.Clone(f.Related)
	for i := range f.Related {
		f.Related[i].Place.File = s.place(tmp, f.Related[i].Place.File)
	}
	return f
}

// shared are the files that an import in place changes. All others it makes, and finds none in their places.
var shared = []string{"host.json", funcignore, gitignore}

// mayChange reports whether an import in place may change a file of the original.
func mayChange(path string) bool {
	name := filepath.Base(path)
	return slices.Contains(shared, name) || isSettings(name) || name == "function.json"
}

// compare holds the changes against what is there.
func (s *Stage) compare() error {
	if !s.inPlace {
		return s.checkEmpty()
	}
	if sources, _ := filepath.Glob(filepath.Join(globQuoted(s.target), "*.go")); len(sources) > 0 { // the pattern is a good one
		return fmt.Errorf("%s holds Go files already, such as %s; import into a new folder, without --in-place", s.target, filepath.Base(sources[0]))
	}
	if info, err := os.Stat(filepath.Join(s.target, vendorFolder)); err == nil && info.IsDir() {
		return fmt.Errorf("%s has a folder %s, which the go command takes for copies of modules; import into a new folder, without --in-place", s.target, vendorFolder)
	}
	var inTheWay []string
	kept := s.Changes[:0]
	for _, c := range s.Changes {
		old, err := os.ReadFile(c.Path)
		switch {
		case errors.Is(err, os.ErrNotExist):
		case err != nil:
			return err
		case !mayChange(c.Path):
			inTheWay = append(inTheWay, filepath.Base(c.Path))
		case generator.IsLinked(c.Path):
			return fmt.Errorf("%s is a link, or is reached by one; import into a new folder, without --in-place", c.Path)
		case string(old) == string(c.New):
			continue
		default:
			c.Old = old
		}
		kept = append(kept, c)
	}
	s.Changes = kept
	if len(inTheWay) > 0 {
		return fmt.Errorf("%s has %s already; import into a new folder, without --in-place", s.target, strings.Join(inTheWay, " and "))
	}
	return nil
}

// checkEmpty reports a target that is there and holds something.
func (s *Stage) checkEmpty() error {
	entries, err := os.ReadDir(s.target)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("the app cannot be put into %s: %w", s.target, err)
	case len(entries) > 0:
		return fmt.Errorf("%s is not empty; name a new folder with --to", s.target)
	}
	return nil
}
