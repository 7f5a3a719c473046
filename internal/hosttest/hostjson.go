package hosttest

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	// defaultInitialization is how long a process may take to be ready (host-spec 1.2).
	defaultInitialization = 30 * time.Second
	// defaultFunctionTimeout is that of all plans but Consumption (host-spec 1.3).
	defaultFunctionTimeout = 30 * time.Minute
)

// overridePrefix starts app settings that stand for values of host.json (host-spec 4.1).
const overridePrefix = "azurefunctionsjobhost:"

// config is host.json as .NET's configuration has it: values by path, in lower case, parted by colons.
type config map[string]string

func newConfig(doc object, s settings) config {
	c := make(config)
	c.add("", marshal(doc))
	for name, value := range s {
		if path, ok := strings.CutPrefix(name, overridePrefix); ok {
			c[path] = value
		}
	}
	return c
}

func (c config) add(path string, raw json.RawMessage) {
	switch {
	case isObject(raw):
		o, _ := parseObject(raw) // it was parsed before
		for _, m := range o {
			c.add(join(path, m.name), m.value)
		}
	case isArray(raw):
		var items []json.RawMessage
		_ = json.Unmarshal(raw, &items) // as above
		for i, item := range items {
			c.add(join(path, strconv.Itoa(i)), item)
		}
	case !isNull(raw):
		c[path] = strings.Trim(netTextOfConfig(raw), "\n")
	}
}

// netTextOfConfig is a value's text; dates are not looked for in configuration.
func netTextOfConfig(raw json.RawMessage) string {
	if s, ok := stringIn(raw); ok {
		return s
	}
	return netText(raw)
}

func join(path, name string) string {
	if path == "" {
		return lower(name)
	}
	return path + ":" + lower(name)
}

// has reports whether a section has anything in it.
func (c config) has(section string) bool {
	for path := range c {
		if path == section || strings.HasPrefix(path, section+":") {
			return true
		}
	}
	return false
}

// list is a list of text: items, or as a setting can have it a JSON array in one string.
func (c config) list(path string) []string {
	if text, ok := c[path]; ok {
		var items []string
		if json.Unmarshal([]byte(text), &items) != nil {
			return nil
		}
		return items
	}
	var items []string
	for i := 0; ; i++ {
		item, ok := c[join(path, strconv.Itoa(i))]
		if !ok {
			return items
		}
		items = append(items, item)
	}
}

func (c config) isTrue(path string, fallback bool) bool {
	text, ok := c[path]
	if !ok {
		return fallback
	}
	return strings.EqualFold(text, "true")
}

// hostConfig is what the stand-in takes from host.json.
type hostConfig struct {
	config          config
	retry           *retryPolicy
	routePrefix     string
	functionTimeout time.Duration // 0: none
	// legacy tells that the handler is under the deprecated httpWorker, which customHandler beats.
	legacy         bool
	forward, proxy bool
	initialization time.Duration
	stderrAsError  bool
}

// readHostConfig checks host.json by the host's rules (host-spec 4.1).
func readHostConfig(doc object, s settings) (*hostConfig, error) {
	switch raw, ok := doc.fold("version"); {
	case !ok:
		return nil, errors.New("The host.json file is missing the required 'version' property. See https://aka.ms/functions-hostjson for steps to migrate the configuration file.") //lint:ignore ST1005 the host's own text
	case netTextOfConfig(raw) != "2.0":
		return nil, fmt.Errorf("'%s' is an invalid value for host.json 'version' property. We recommend you set the 'version' property to '2.0'.", netTextOfConfig(raw)) //lint:ignore ST1005 the host's own text
	}
	c := newConfig(doc, s)
	h := &hostConfig{
		config: c, routePrefix: "api", functionTimeout: defaultFunctionTimeout, initialization: defaultInitialization,
		legacy: !c.has("customhandler") && c.has("httpworker"),
	}
	if prefix, ok := c["extensions:http:routeprefix"]; ok {
		h.routePrefix = strings.Trim(prefix, "/")
	}
	h.forward = c.isTrue("customhandler:enableforwardinghttprequest", false)
	h.proxy = c.isTrue("customhandler:enableproxyinghttprequest", false)
	h.stderrAsError = c.isTrue(h.section()+":description:usestderrorstreamforerrorsonly", true)
	if raw, ok := doc.fold("retry"); ok {
		var err error
		if h.retry, err = parseRetry(raw); err != nil {
			return nil, err
		}
	}
	return h, h.readTimes()
}

func (h *hostConfig) section() string {
	if h.legacy {
		return "httpworker"
	}
	return "customhandler"
}

func (h *hostConfig) readTimes() error {
	var err error
	switch text := h.config["functiontimeout"]; text {
	case "":
	case "-1", "-00:00:00.0010000":
		h.functionTimeout = 0
	default:
		if h.functionTimeout, err = parseTimeSpan(text); err != nil {
			return fmt.Errorf("functionTimeout: %w", err)
		}
	}
	if text := h.config[h.section()+":initializationtimeout"]; text != "" {
		if h.initialization, err = parseTimeSpan(text); err != nil {
			return fmt.Errorf("initializationTimeout: %w", err)
		}
	}
	return nil
}

// worker is the description of the custom handler's process.
type worker struct {
	executable, workingDirectory, workerDirectory, workerPath string
	arguments, workerArguments                                []string
}

// worker reads the description; %NAME% stands for settings.
func (h *hostConfig) worker(s settings) (*worker, error) {
	section := h.section() + ":description"
	if !h.config.has(section) {
		return nil, errors.New("Missing worker Description.") //lint:ignore ST1005 the host's own text
	}
	text := func(name string) string { return expand(h.config[section+":"+name], s) }
	w := &worker{
		executable: text("defaultexecutablepath"), workingDirectory: text("workingdirectory"),
		workerDirectory: text("workerdirectory"), workerPath: text("defaultworkerpath"),
		arguments:       expandAll(h.config.list(section+":arguments"), s),
		workerArguments: expandAll(h.config.list(section+":workerarguments"), s),
	}
	if w.executable == "" {
		return w, errors.New("WorkerDescription DefaultExecutablePath cannot be empty") //lint:ignore ST1005 the host's own text
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
