package generator

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"github.com/wpsgen/wpsgen/generator/appfiles"
)

// tree is what a walk over the source folders found.
type tree struct {
	// marked holds the contents of every Go file in which "wps:" occurs, by path.
	marked map[string][]byte
	// seen are all Go files read.
	seen map[string]bool
	// outputs are the files that bear the names of generated ones.
	outputs []string
}

// walk reads the Go files below root that the go command could take for ./..., in parallel, and keeps
// those that mention a directive at all: most files of most programs are done with at that point.
func walk(root string) (*tree, error) {
	t := &tree{marked: make(map[string][]byte), seen: make(map[string]bool)}
	var mu sync.Mutex
	var failed error
	paths := make(chan string, 64)
	var readers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		readers.Go(func() {
			for path := range paths {
				src, err := os.ReadFile(path)
				marked := err == nil && mentionsDirective(src)
				mu.Lock()
				failed = errors.Join(failed, err)
				t.seen[path] = true
				if marked {
					t.marked[path] = src
				}
				mu.Unlock()
			}
		})
	}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir():
			return enter(root, path, d.Name())
		case d.Name() == glueFile, d.Name() == functionFile, d.Name() == appfiles.HostFile:
			t.outputs = append(t.outputs, path)
		case strings.HasSuffix(path, ".go") && d.Type().IsRegular():
			paths <- path
		}
		return nil
	})
	close(paths)
	readers.Wait()
	return t, errors.Join(err, failed)
}

// enter says whether the go command would look for packages in a folder.
func enter(root, path, name string) error {
	if path == root {
		return nil
	}
	if strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") ||
		name == "testdata" || name == "vendor" || name == "node_modules" {
		return fs.SkipDir
	}
	if _, err := os.Stat(filepath.Join(path, "go.mod")); err == nil {
		return fs.SkipDir
	}
	return nil
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
