package generator

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/wpsgen/wpsgen/generator/appfiles"
	"github.com/wpsgen/wpsgen/generator/project"
)

// appSource is what lies in a folder that may be an app's: the files' texts, nil for one that is not there.
type appSource struct {
	settings, host []byte
	err            error
}

// appFinder finds the apps of folders. It reads the files of each folder once.
type appFinder struct{ sources map[string]*appSource }

func newAppFinder() *appFinder { return &appFinder{make(map[string]*appSource)} }

func (a *appFinder) source(dir string) *appSource {
	s := a.sources[dir]
	if s == nil {
		s = &appSource{}
		s.settings = s.read(filepath.Join(dir, project.File))
		s.host = s.read(filepath.Join(dir, appfiles.HostFile))
		a.sources[dir] = s
	}
	return s
}

func (s *appSource) read(path string) []byte {
	src, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	s.err = errors.Join(s.err, err)
	if src == nil {
		return []byte{}
	}
	return src
}

// marksApp reports whether the folder is an app's. A host.json that wpsgen wrote is a consequence of
// that and no sign: it goes with the wpsgen.yaml that asked for it.
func (s *appSource) marksApp() bool {
	return s.settings != nil || s.host != nil && !isOurJSON(s.host)
}

// appDir finds the app of a folder: the nearest one upwards with host.json or wpsgen.yaml, else the module's.
func (a *appFinder) appDir(dir, module string) string {
	for d := dir; ; d = filepath.Dir(d) {
		if a.source(d).marksApp() {
			return d
		}
		if d == module || d == filepath.Dir(d) {
			break
		}
	}
	if module == "" {
		return dir
	}
	return module
}
