package hosttest

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

var (
	functionName = regexp.MustCompile(`^(?i)[a-z][a-z0-9_\-]{0,127}$`)
	// bindingName allows _ but not __, as hosts since 4.1038 do.
	bindingName = regexp.MustCompile(`^([a-zA-Z][a-zA-Z0-9]*(_[a-zA-Z0-9]+)*|\$return)$`)
)

// maxName is how long names may be.
const maxName = 128

// readFunctions reads the functions of an app folder: its folders of the first level that hold a
// function.json. Those that a setting disables are left out (host-spec 5.2).
func readFunctions(dir string, s settings) ([]*function, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var functions []*function
	for _, entry := range entries {
		file := filepath.Join(dir, entry.Name(), "function.json")
		if !entry.IsDir() || !exists(file) || disabled(entry.Name(), s) {
			continue
		}
		doc, err := readLenient(file)
		if err != nil {
			return nil, err
		}
		f, err := newFunction(entry.Name(), doc)
		if err != nil {
			return nil, ownText("The '%s' function is in error: %w", entry.Name(), err)
		}
		if script := (&binding{properties: doc}).text("scriptFile"); script != "" && !exists(filepath.Join(dir, f.name, script)) {
			return nil, ownText("The '%s' function is in error: Invalid script file name configuration: %s does not exist", f.name, script)
		}
		functions = append(functions, f)
	}
	return functions, nil
}

func disabled(name string, s settings) bool {
	for _, setting := range []string{"AzureWebJobs." + name + ".Disabled", "AzureWebJobs_" + name + "_Disabled"} {
		if value, _ := s.lookup(setting); strings.EqualFold(value, "true") || value == "1" {
			return true
		}
	}
	return false
}

// newFunction reads a function.json and checks what it can alone (host-spec 5.1).
func newFunction(name string, doc object) (*function, error) {
	if !functionName.MatchString(name) || strings.EqualFold(name, "host") {
		return nil, ownText("'%s' is not a valid function name.", name)
	}
	f := &function{name: name}
	raw, _ := doc.fold("bindings")
	items, err := objects(raw)
	if err != nil {
		return nil, fmt.Errorf("bindings: %w", err)
	}
	for _, item := range items {
		b := newBinding(item)
		if err := f.check(b); err != nil {
			return nil, err
		}
		f.bindings = append(f.bindings, b)
	}
	if raw, ok := doc.fold("retry"); ok {
		if f.retry, err = parseRetry(raw); err != nil {
			return nil, err
		}
	}
	return f, f.checkTriggers()
}

// check checks a binding against those before it.
func (f *function) check(b *binding) error {
	if len(b.name) > maxName || !bindingName.MatchString(b.name) {
		return ownText("The binding name %s is invalid. Please assign a valid name to the binding.", b.name)
	}
	if !slices.Contains([]string{"in", "out", "inout"}, b.direction) {
		return ownText("'%s' is not a valid binding direction.", b.text("direction"))
	}
	if b.name == returnName && b.direction != "out" {
		return ownText("$return bindings must specify a direction of 'out'.")
	}
	if f.find(func(other *binding) bool { return strings.EqualFold(other.name, b.name) }) != nil {
		return ownText("Multiple bindings with name '%s' discovered. Binding names must be unique.", b.name)
	}
	if b.is(typeHTTP) && b.direction != "out" {
		return ownText("Http binding can only be used for output.")
	}
	if b.dataType == "stream" {
		return fmt.Errorf("binding %s: dataType stream does not reach a custom handler", b.name)
	}
	return nil
}

func (f *function) checkTriggers() error {
	if len(f.bindings) == 0 {
		return ownText("At least one binding must be declared.")
	}
	triggers := 0
	for _, b := range f.bindings {
		if b.trigger() {
			triggers++
		}
	}
	switch {
	case triggers == 0:
		return ownText("No trigger binding specified. A function must have a trigger input binding.")
	case triggers > 1:
		return ownText("Multiple trigger bindings defined. A function can only have a single trigger binding.")
	}
	return nil
}
