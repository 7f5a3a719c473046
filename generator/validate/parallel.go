package validate

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
)

// atOnce is how many files are asked for at a time: a system call waits longer than it works.
const atOnce = 16

// readFiles reads files and returns their texts, and what kept it from reading them, in the same order.
func readFiles(paths []string) (texts [][]byte, errs []error) {
	texts, errs = make([][]byte, len(paths)), make([]error, len(paths))
	slots := make(chan struct{}, atOnce)
	var group sync.WaitGroup
	for i, path := range paths {
		slots <- struct{}{}
		group.Go(func() {
			texts[i], errs[i] = os.ReadFile(path)
			<-slots
		})
	}
	group.Wait()
	return texts, errs
}

// walker reads folders at once.
type walker struct {
	enter func(name string) bool
	slots chan struct{}
	group sync.WaitGroup

	mu     sync.Mutex
	files  []string
	closed []string
	errs   []error
}

// listFiles lists the files in a folder and below it, in order of their paths, leaving out the folders that
// enter refuses. Closed are the folders below it that may not be read, such as those of a database.
func listFiles(root string, enter func(name string) bool) (files, closed []string, err error) {
	w := &walker{enter: enter, slots: make(chan struct{}, atOnce)}
	w.group.Go(func() { w.folder(root) })
	w.group.Wait()
	slices.Sort(w.files)
	slices.Sort(w.closed)
	if slices.Contains(w.closed, root) {
		w.errs = append(w.errs, &fs.PathError{Op: "open", Path: root, Err: fs.ErrPermission})
	}
	return w.files, w.closed, errors.Join(w.errs...)
}

func (w *walker) folder(dir string) {
	w.slots <- struct{}{}
	entries, err := os.ReadDir(dir)
	<-w.slots
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case errors.Is(err, fs.ErrPermission):
		w.closed = append(w.closed, dir)
	case err != nil:
		w.errs = append(w.errs, err)
	}
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		switch {
		case e.IsDir():
			if w.enter(e.Name()) {
				w.group.Go(func() { w.folder(path) })
			}
		case e.Type().IsRegular() || e.Type()&fs.ModeSymlink != 0 && isFile(path): // reading a pipe would wait for ever
			w.files = append(w.files, path)
		}
	}
}

// isFile reports whether a symbolic link leads to a file.
func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}
