package importer

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/wpsgen/wpsgen/generator"
)

// Commit puts the new app into its place: all of it or nothing.
func (s *Stage) Commit() error {
	if s.inPlace {
		return s.commitInPlace()
	}
	if err := s.checkEmpty(); err != nil {
		return err
	}
	parent := filepath.Dir(s.target)
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return s.cannotBe(err)
	}
	tmp, err := os.MkdirTemp(parent, ".wpsgen-import-")
	if err != nil {
		return s.cannotBe(err)
	}
	defer os.RemoveAll(tmp) // gone when all went well
	for _, c := range s.Changes {
		rel, err := filepath.Rel(s.target, c.Path)
		if err != nil {
			return err
		}
		if err := s.put(filepath.Join(tmp, rel), c); err != nil {
			return err
		}
	}
	if err := os.Chmod(tmp, 0o755); err != nil {
		return err
	}
	if err := os.Remove(s.target); err != nil && !errors.Is(err, os.ErrNotExist) { // an empty folder
		return err
	}
	return os.Rename(tmp, s.target)
}

// cannotBe is the error that keeps the app from its folder.
func (s *Stage) cannotBe(err error) error {
	return fmt.Errorf("the app cannot be put into %s; name another folder with --to: %w", s.target, err)
}

// commitInPlace writes one file after the other. When one cannot be written, those before it become what they
// were.
func (s *Stage) commitInPlace() error {
	for i, c := range s.Changes {
		if err := s.put(c.Path, c); err != nil {
			return errors.Join(err, s.undo(s.Changes[:i]))
		}
	}
	return nil
}

// undo makes files what they were.
func (s *Stage) undo(changes []generator.Change) error {
	var failed []error
	for _, c := range changes {
		if c.Old != nil {
			failed = append(failed, s.put(c.Path, generator.Change{Path: c.Path, New: c.Old}))
		} else {
			failed = append(failed, os.Remove(c.Path))
		}
	}
	return errors.Join(failed...)
}

// put writes a file of the app whole or not at all, with the permissions of the one that is there.
func (s *Stage) put(path string, c generator.Change) error {
	mode := cmp.Or(s.modes[c.Path], 0o644)
	if info, err := os.Stat(path); err == nil {
		mode = info.Mode().Perm()
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return generator.WriteFile(path, c.New, mode)
}
