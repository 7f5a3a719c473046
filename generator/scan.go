package generator

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/wpsgen/wpsgen/generator/appfiles"
)

// walk reads the Go files below root that the go command could take for ./..., in parallel, and keeps
// those that mention a directive at all: most files of most programs are done with at that point.
func walk(root string) (*tree, error) {
	t := &tree{marked: make(map[string][]byte), seen: make(map[string]bool), texts: make(map[string][]byte)}
	var mu sync.Mutex
	var failed error
	paths := make(chan string, 64)
	var readers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		readers.Go(func() {
			for path := range paths {
				src, err := os.ReadFile(path)
				marked := err == nil && !isOutput(path) && mentionsDirective(src)
				mu.Lock()
				failed = errors.Join(failed, t.add(path, src, marked, err))
				mu.Unlock()
			}
		})
	}
	err := t.enter(root, root, paths)
	close(paths)
	readers.Wait()
	return t, errors.Join(err, failed)
}

// isOutput reports whether a file bears the name of a generated one.
func isOutput(path string) bool {
	name := filepath.Base(path)
	return name == glueFile || name == functionFile || name == appfiles.HostFile
}

// add takes a file that has been read. What keeps an output from being read matters only where it is needed.
func (t *tree) add(path string, src []byte, marked bool, err error) error {
	switch {
	case isOutput(path):
		if err == nil {
			t.texts[path] = src
		}
		return nil
	case marked:
		t.marked[path] = src
	}
	t.seen[path] = true
	return err
}

// enter walks a folder and those below it, except where the go command looks for no packages of the module.
// Files are sent to be read; those of other languages' packages are not, for there are many.
func (t *tree) enter(root, dir string, paths chan<- string) error {
	entries, err := os.ReadDir(dir)
	switch {
	case err != nil && paths == nil:
		t.odd = true
		return nil
	case err != nil:
		return err
	case dir != root && beginsModule(dir, entries):
		return nil
	}
	hasGo := false
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		isGo := strings.HasSuffix(e.Name(), ".go")
		hasGo = hasGo || isGo && !e.IsDir()
		switch {
		case e.IsDir():
			if err := t.enterBelow(root, path, e.Name(), paths); err != nil {
				return err
			}
		case paths == nil:
		case isOutput(path):
			t.outputs = append(t.outputs, path)
			if e.Type().IsRegular() {
				paths <- path
			}
		case isGo && e.Type().IsRegular():
			paths <- path
		}
	}
	if hasGo {
		t.folders = append(t.folders, folder{dir, entries})
	}
	return nil
}

func (t *tree) enterBelow(root, path, name string, paths chan<- string) error {
	switch {
	case strings.HasPrefix(name, "."), strings.HasPrefix(name, "_"), name == "testdata":
		return nil
	case name == "vendor":
		t.odd = t.odd || holdsGo(path)
		return nil
	case name == "node_modules":
		paths = nil
	}
	return t.enter(root, path, paths)
}

// beginsModule reports whether a folder is another module's.
func beginsModule(dir string, entries []fs.DirEntry) bool {
	i, found := slices.BinarySearchFunc(entries, "go.mod", func(e fs.DirEntry, name string) int { return strings.Compare(e.Name(), name) })
	if !found || entries[i].Type().IsRegular() {
		return found
	}
	info, err := os.Stat(filepath.Join(dir, "go.mod"))
	return err == nil && !info.IsDir()
}

// holdsGo reports whether a folder may have Go files itself. One called vendor is then a package too.
func holdsGo(dir string) bool {
	entries, err := os.ReadDir(dir)
	return err != nil || slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return strings.HasSuffix(e.Name(), ".go") })
}

// mentionsDirective reports whether a comment begins with wps, in any of the ways people write it. It also
// lets through what only looks like a directive, so that near-misses are seen.
func mentionsDirective(src []byte) bool {
	for {
		i := bytes.IndexByte(src, '/')
		if i < 0 || i+1 == len(src) {
			return false
		}
		src = src[i+1:]
		if (src[0] == '/' || src[0] == '*') && beginsLikeOne(src[1:]) {
			return true
		}
	}
}

// beginsLikeOne reports whether a comment's text begins with the letters of wps, in any order, case and
// number, behind blanks and the marks that other tools put there.
func beginsLikeOne(text []byte) bool {
	word := bytes.TrimLeft(bytes.TrimPrefix(text, []byte("\u00A0")), " \t\r\n+@*#!/")
	rest := bytes.TrimLeft(word, "wpsWPS")
	letters := len(word) - len(rest)
	return 2 <= letters && letters <= 4 && (len(rest) == 0 || !isLetter(rest[0]))
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
