package scaffold

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// ExistsError is why nothing was written: there are files already.
type ExistsError struct {
	// Names are the files' names.
	Names []string
}

// Error names the files.
func (e *ExistsError) Error() string {
	if len(e.Names) == 1 {
		return e.Names[0] + " exists; nothing was written"
	}
	return fmt.Sprintf("%s and %s exist; nothing was written", joined(e.Names[:len(e.Names)-1]), e.Names[len(e.Names)-1])
}

func joined(names []string) string {
	text := names[0]
	for _, n := range names[1:] {
		text += ", " + n
	}
	return text
}

// Existing returns the names of those files that are there.
func Existing(dir string, files []File) ([]string, error) {
	var names []string
	for _, f := range files {
		_, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(f.Name)))
		if err == nil {
			names = append(names, f.Name)
		} else if !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
	}
	return names, nil
}

// Write writes files into a folder, which is made if it is not there. When one of them exists it writes nothing,
// and the error is an [*ExistsError]. When one cannot be written, those before it are removed again. What it returns
// removes them all, for who cannot finish what they are a part of.
func Write(dir string, files []File) (undo func() error, err error) {
	there, err := Existing(dir, files)
	if err != nil {
		return nil, err
	}
	if len(there) > 0 {
		return nil, &ExistsError{there}
	}
	made, err := writeAll(dir, files)
	undo = func() error {
		var failed []error
		for _, path := range slices.Backward(made) {
			failed = append(failed, os.Remove(path))
		}
		return errors.Join(failed...)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("nothing was written: %w", err), undo())
	}
	return undo, nil
}

// writeAll returns the files and folders that it has made.
func writeAll(dir string, files []File) (made []string, err error) {
	if made, err = makeFolder(dir); err != nil {
		return made, err
	}
	for _, f := range files {
		path := filepath.Join(dir, filepath.FromSlash(f.Name))
		created, err := writeNew(path, f.Content)
		if created {
			made = append(made, path)
		}
		if err != nil {
			return made, err
		}
	}
	return made, nil
}

// makeFolder makes a folder and those it is in, and returns the ones it made.
func makeFolder(dir string) ([]string, error) {
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	made, err := makeFolder(filepath.Dir(dir))
	if err != nil {
		return made, err
	}
	if err := os.Mkdir(dir, 0o755); err != nil {
		return made, err
	}
	return append(made, dir), nil
}

// writeNew writes a file that must not exist, not even since Write has looked. It reports whether it has made it.
func writeNew(path string, content []byte) (created bool, err error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return false, err
	}
	_, err = f.Write(content)
	return true, errors.Join(err, f.Close())
}
