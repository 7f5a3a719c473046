package pack

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// zipMark begins every zip.
const zipMark = "PK"

// CheckOutput returns an error when a package must not be written to path: in a folder that does not exist,
// or in place of something that is no zip.
func CheckOutput(path string) error {
	if info, err := os.Stat(filepath.Dir(path)); err != nil {
		return err
	} else if !info.IsDir() {
		return fmt.Errorf("%s is not a folder", filepath.Dir(path))
	}
	info, err := os.Stat(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() || info.Size() > 0 && !isZip(path) {
		return fmt.Errorf("%s is there and is no zip; name another file with --output", path)
	}
	return nil
}

func isZip(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	mark := make([]byte, len(zipMark))
	_, err = io.ReadFull(f, mark)
	return err == nil && string(mark) == zipMark
}

// Write writes the zip, with the program that the file program has, beside its place and moves it there whole.
// When it fails, what was there stays. It returns the size in bytes.
func (c *Contents) Write(path, program string) (size int64, err error) {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".wpsgen-*")
	if err != nil {
		return 0, fmt.Errorf("cannot write %s: %w", path, err)
	}
	defer func() {
		if err != nil {
			err = fmt.Errorf("cannot write %s: %w", path, errors.Join(err, os.Remove(tmp.Name())))
		}
	}()
	err = c.WriteZip(tmp, program)
	info, statErr := tmp.Stat()
	if err = errors.Join(err, statErr, tmp.Chmod(fileMode), tmp.Close()); err != nil {
		return 0, err
	}
	return info.Size(), os.Rename(tmp.Name(), path)
}
