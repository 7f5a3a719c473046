package generator

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// Write makes every file as it ought to be. Each file is written beside its place and moved there
// whole, so that nobody sees half of one. A file that cannot be written does not stop the others; the
// error joins one for each that failed.
func (r *Result) Write() error { return writeAll(r.Changes) }

// writeAll removes first: where a file system takes no notice of case, what goes may bear the name of what comes.
func writeAll(changes []Change) error {
	var removals, writes []Change
	for _, c := range changes {
		if c.New == nil {
			removals = append(removals, c)
		} else {
			writes = append(writes, c)
		}
	}
	failed := make([]error, len(changes))
	for i, c := range removals {
		failed[i] = c.remove()
	}
	parallel(len(writes), func(i int) { failed[len(removals)+i] = writes[i].write() })
	return errors.Join(failed...)
}

func (c Change) write() error {
	dir := filepath.Dir(c.Path)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("cannot make the folder for %s: %w", filepath.Base(c.Path), err)
	}
	mode := os.FileMode(0o644)
	if c.Old != nil {
		if info, err := os.Stat(c.Path); err == nil {
			mode = info.Mode().Perm()
		}
	}
	return WriteFile(c.Path, c.New, mode)
}

// WriteFile writes a file beside its place and moves it there, so that nobody sees half of one and what was there
// stays when it fails. Its folder has to be there. The error names the file.
func WriteFile(path string, content []byte, mode os.FileMode) (err error) {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".wpsgen-*")
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", path, err)
	}
	defer func() {
		if err != nil {
			err = fmt.Errorf("cannot write %s: %w", path, errors.Join(err, os.Remove(tmp.Name())))
		}
	}()
	_, err = tmp.Write(content)
	if err = errors.Join(err, tmp.Chmod(mode), tmp.Close()); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), path)
}

// remove deletes a file of ours, and its function's folder with it when nothing else is in there.
func (c Change) remove() error {
	if err := os.Remove(c.Path); err != nil {
		return fmt.Errorf("cannot remove %s: %w", c.Path, err)
	}
	if filepath.Base(c.Path) != functionFile {
		return nil
	}
	dir := filepath.Dir(c.Path)
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		return err
	}
	return os.Remove(dir)
}
