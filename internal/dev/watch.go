package dev

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// settle is how long after a change nothing more must change before it counts: editors and formatters
// write a file in several steps, and several files at once.
const settle = 25 * time.Millisecond

// Watcher reports changes of files below folders. It is told of them by the system and never polls.
type Watcher struct {
	fs      *fsnotify.Watcher
	ignored func(path string) bool
	changes chan []string
	done    chan struct{}
}

// Watch begins to watch folders with everything below them. Files for which ignored returns true do not
// count. Folders made later are watched too.
func Watch(folders []string, ignored func(path string) bool) (*Watcher, error) {
	notify, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	w := &Watcher{fs: notify, ignored: ignored, changes: make(chan []string), done: make(chan struct{})}
	if err := w.Add(folders...); err != nil {
		return nil, errors.Join(err, notify.Close())
	}
	go w.run()
	return w, nil
}

// Add watches more folders; those watched already are no trouble.
func (w *Watcher) Add(folders ...string) error {
	for _, folder := range folders {
		if err := w.addTree(folder); err != nil {
			return err
		}
	}
	return nil
}

// AddFolder watches what lies right in a folder, and not the folders that are below it by now.
func (w *Watcher) AddFolder(folder string) error { return w.fs.Add(folder) }

func (w *Watcher) addTree(root string) error {
	return filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil // gone while we looked
		case err != nil:
			return err
		case !d.IsDir():
			return nil
		case path != root && skipped(d.Name()):
			return fs.SkipDir
		}
		return w.fs.Add(path)
	})
}

// skipped names folders that hold no sources of a program.
func skipped(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") || name == "testdata" || name == "node_modules"
}

// Changes delivers the paths that changed, once they have settled.
func (w *Watcher) Changes() <-chan []string { return w.changes }

// Close ends the watch. Changes delivers nothing more.
func (w *Watcher) Close() error {
	err := w.fs.Close()
	<-w.done
	return err
}

func (w *Watcher) run() {
	defer close(w.done)
	changed := make(map[string]bool)
	timer := time.NewTimer(settle)
	timer.Stop()
	var deliver chan []string // nil while nothing has settled
	for {
		select {
		case e, ok := <-w.fs.Events:
			if !ok {
				return
			}
			if w.counts(e) {
				changed[e.Name] = true
				deliver = nil
				timer.Reset(settle)
			}
		case _, ok := <-w.fs.Errors:
			if !ok {
				return
			}
			changed["."] = true // events were lost: anything may have changed
			timer.Reset(settle)
		case <-timer.C:
			deliver = w.changes
		case deliver <- paths(changed):
			clear(changed)
			deliver = nil
		}
	}
}

// counts decides whether an event is a change, and watches folders that have come into being.
func (w *Watcher) counts(e fsnotify.Event) bool {
	if e.Op == fsnotify.Chmod || w.ignored(e.Name) {
		return false
	}
	if !e.Has(fsnotify.Create) {
		return true
	}
	info, err := os.Stat(e.Name)
	if err != nil || !info.IsDir() {
		return true
	}
	if skipped(filepath.Base(e.Name)) {
		return false
	}
	_ = w.addTree(e.Name) // it may be gone again; its parent will say so
	return w.holdsSources(e.Name)
}

// holdsSources reports whether a folder that has come into being brought files along, of which there
// will be no events.
func (w *Watcher) holdsSources(root string) bool {
	found := false
	_ = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && !w.ignored(path) {
			found = true
			return fs.SkipAll
		}
		return nil
	})
	return found
}

func paths(set map[string]bool) []string {
	var list []string
	for p := range set {
		list = append(list, p)
	}
	return list
}
