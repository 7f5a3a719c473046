package validate

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/generator/appfiles"
)

// skipped are folders that hold what tools made of an app, or other people's code.
var skipped = []string{"node_modules", "bin", "obj", "vendor", "__pycache__", "testdata"}

// found is what a walk over a folder found.
type found struct {
	root      string
	hosts     []string // folders with a host.json
	functions []string // function.json files
	settings  []string
	projects  []string // .NET project files
	scripts   []string // what sets up a service: Bicep, Terraform, shell scripts, pipelines
	goFiles   []string
	webApps   []string // folders with a staticwebapp.config.json
	closed    []string // folders that may not be read
	cliFiles  []string // configurations of the Static Web Apps tool
}

func walk(root string) (*found, error) {
	f := &found{root: root}
	files, closed, err := listFiles(root, isWalked)
	for _, path := range files {
		f.add(path, filepath.Base(path))
	}
	f.closed = closed
	return f, err
}

// isWalked reports whether apps are looked for in a folder below the first.
func isWalked(name string) bool {
	return (!strings.HasPrefix(name, ".") || name == ".github") && !slices.Contains(skipped, name)
}

// scriptEnds are the ends of names of files that set up a service.
var scriptEnds = []string{".bicep", ".tf", ".sh", ".ps1", ".azcli", ".cmd", ".bat", ".yml", ".yaml"}

func (f *found) add(path, name string) {
	switch end := strings.ToLower(filepath.Ext(name)); {
	case name == appfiles.HostFile:
		f.hosts = append(f.hosts, filepath.Dir(path))
	case name == appfiles.FunctionFile:
		f.functions = append(f.functions, path)
	case IsSettings(name):
		f.settings = append(f.settings, path)
	case name == "staticwebapp.config.json":
		f.webApps = append(f.webApps, filepath.Dir(path))
	case name == cliFile:
		f.cliFiles = append(f.cliFiles, path)
	case end == ".csproj" || end == ".fsproj":
		f.projects = append(f.projects, path)
	case end == ".go":
		f.goFiles = append(f.goFiles, path)
	case slices.Contains(scriptEnds, end):
		f.scripts = append(f.scripts, path)
	}
}

// addBareApp takes the folder for an app's that lacks its host.json when the settings or the extensions of an
// app lie there beside folders with a function.json.
func (f *found) addBareApp() {
	isHere := func(path string) bool { return filepath.Dir(path) == f.root }
	if len(f.hosts) > 0 || !slices.ContainsFunc(f.settings, isHere) && !slices.ContainsFunc(f.projects, isHere) ||
		!slices.ContainsFunc(f.functions, func(path string) bool { return isHere(filepath.Dir(path)) }) {
		return
	}
	f.hosts = append(f.hosts, f.root)
}

// addFunctions adds the functions that the walk passed by: the host takes any folder right in an app's, what
// its name is and also where it is a link to one.
func (f *found) addFunctions() {
	for _, dir := range f.hosts {
		entries, err := os.ReadDir(dir)
		if err != nil {
			continue // the walk has said so
		}
		for _, e := range entries {
			path := filepath.Join(dir, e.Name(), appfiles.FunctionFile)
			if (e.Type()&fs.ModeSymlink != 0 || e.IsDir() && !isWalked(e.Name())) && isFile(path) {
				f.functions = append(f.functions, path)
			}
		}
	}
	slices.Sort(f.functions)
}

// owner returns the nearest app folder upwards of a path, "" when there is none.
func (f *found) owner(path string) string {
	for d := filepath.Dir(path); ; d = filepath.Dir(d) {
		if slices.Contains(f.hosts, d) {
			return d
		}
		if d == f.root || d == filepath.Dir(d) {
			return ""
		}
	}
}

func within(root, path string) bool {
	return path == root || strings.HasPrefix(path, root+string(filepath.Separator))
}
