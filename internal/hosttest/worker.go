package hosttest

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// worker is the description of the custom handler's process.
type worker struct {
	executable, workingDirectory, workerDirectory, workerPath string
	arguments, workerArguments                                []string
}

// worker reads the description; %NAME% stands for settings.
func (h *hostConfig) worker(s settings) (*worker, error) {
	section := h.section() + ":description"
	if !h.config.has(section) {
		return nil, ownText("Missing worker Description.")
	}
	text := func(name string) string { return expand(h.config[section+":"+name], s) }
	w := &worker{
		executable: text("defaultexecutablepath"), workingDirectory: text("workingdirectory"),
		workerDirectory: text("workerdirectory"), workerPath: text("defaultworkerpath"),
		arguments:       expandAll(h.config.list(section+":arguments"), s),
		workerArguments: expandAll(h.config.list(section+":workerarguments"), s),
	}
	if w.executable == "" {
		return w, ownText("WorkerDescription DefaultExecutablePath cannot be empty")
	}
	return w, nil
}

var variable = regexp.MustCompile(`%([^%]+)%`)

// expand replaces %NAME% by settings and environment; what is neither stays.
func expand(text string, s settings) string {
	return variable.ReplaceAllStringFunc(text, func(name string) string {
		plain := strings.Trim(name, "%")
		if value, ok := s.lookup(plain); ok {
			return value
		}
		if value, ok := os.LookupEnv(plain); ok {
			return value
		}
		return name
	})
}

// expandAll drops the entries that have no value.
func expandAll(texts []string, s settings) []string {
	var expanded []string
	for _, text := range texts {
		if value := expand(text, s); !variable.MatchString(value) {
			expanded = append(expanded, value)
		}
	}
	return expanded
}

// command is what the host starts: arguments are joined by blanks and not quoted, so that one with a
// blank becomes two (host-spec 1.1, 4.1).
func (w *worker) command(root string) (args []string, dir string) {
	dir = root
	if w.workingDirectory != "" {
		dir = under(root, w.workingDirectory)
	}
	executable := w.executable
	if !filepath.IsAbs(executable) {
		base := root
		if w.workerDirectory != "" {
			base = under(root, w.workerDirectory)
		}
		if file := filepath.Join(base, executable); exists(file) {
			executable = file
		} else if file, err := exec.LookPath(executable); err == nil {
			executable = file
		}
	}
	rest := slices.Clone(w.arguments)
	if w.workerPath != "" {
		rest = append(rest, w.workerPath)
	}
	rest = append(rest, w.workerArguments...)
	return append([]string{executable}, strings.Fields(strings.Join(rest, " "))...), dir
}

func under(root, path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(root, path)
}

func exists(file string) bool {
	_, err := os.Stat(file)
	return err == nil
}
