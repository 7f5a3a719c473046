package main

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"github.com/wpsgen/wpsgen/generator"
	"github.com/wpsgen/wpsgen/generator/appfiles"
)

// ownFiles are files as generate left them, so that it knows its own writes from those of others. The
// watcher asks while generate writes.
type ownFiles struct {
	mu      sync.Mutex
	content map[string][]byte // nil for what is gone
}

// expect tells of changes that are about to be written.
func (o *ownFiles) expect(changes []generator.Change) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.content == nil {
		o.content = make(map[string][]byte)
	}
	for _, c := range changes {
		o.content[c.Path] = c.New
		if c.New != nil {
			delete(o.content, filepath.Dir(c.Path))
		} else if filepath.Base(c.Path) == appfiles.FunctionFile {
			o.content[filepath.Dir(c.Path)] = nil // the folder goes with its last file
		}
	}
}

// has reports whether a path is as generate left it.
func (o *ownFiles) has(path string) bool {
	o.mu.Lock()
	want, known := o.content[path]
	o.mu.Unlock()
	if !known {
		return false
	}
	got, err := os.ReadFile(path)
	if want == nil {
		return errors.Is(err, fs.ErrNotExist)
	}
	return err == nil && bytes.Equal(got, want)
}
