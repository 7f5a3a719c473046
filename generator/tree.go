package generator

import (
	"bytes"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// tree is what a walk over the source folders found.
type tree struct {
	// marked holds the contents of every Go file in which "wps:" occurs, by path.
	marked map[string][]byte
	// seen are all Go files read.
	seen map[string]bool
	// outputs are the files that bear the names of generated ones, in order.
	outputs []string
	// texts are the contents of outputs, of those that could be read.
	texts map[string][]byte
	// folders are those with Go files, in order.
	folders []folder
	// odd tells that the go command may find other packages than those of folders.
	odd bool
}

// open opens a file, from what the walk has read where it can.
func (t *tree) open(path string) (io.ReadCloser, error) {
	for _, read := range []map[string][]byte{t.marked, t.texts} {
		if src, ok := read[path]; ok {
			return io.NopCloser(bytes.NewReader(src)), nil
		}
	}
	return os.Open(path)
}

// folder is a folder in which the go command looks for packages.
type folder struct {
	dir     string
	entries []fs.DirEntry
}

// paths returns the paths of files in the folder.
func (f folder) paths(lists ...[]string) []string {
	var paths []string
	for _, name := range slices.Concat(lists...) {
		paths = append(paths, filepath.Join(f.dir, name))
	}
	return paths
}

// infos are the folder's entries as go/build asks for them.
func (f folder) infos() []fs.FileInfo {
	infos := make([]fs.FileInfo, len(f.entries))
	for i, e := range f.entries {
		infos[i] = entryInfo{DirEntry: e}
	}
	return infos
}

// entryInfo is what is known of a folder's entry without asking the file system: its name and type, which is
// all that go/build looks at.
type entryInfo struct {
	fs.FileInfo
	fs.DirEntry
}

func (e entryInfo) Name() string      { return e.DirEntry.Name() }
func (e entryInfo) IsDir() bool       { return e.DirEntry.IsDir() }
func (e entryInfo) Mode() fs.FileMode { return e.DirEntry.Type() }
