package hosttest

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/internal/route"
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
			return nil, fmt.Errorf("The '%s' function is in error: %w", entry.Name(), err) //lint:ignore ST1005 the host's own text
		}
		if script := (&binding{properties: doc}).text("scriptFile"); script != "" && !exists(filepath.Join(dir, f.name, script)) {
			return nil, fmt.Errorf("The '%s' function is in error: Invalid script file name configuration: %s does not exist", f.name, script) //lint:ignore ST1005 the host's own text
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
		return nil, fmt.Errorf("'%s' is not a valid function name.", name) //lint:ignore ST1005 the host's own text
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
		return fmt.Errorf("The binding name %s is invalid. Please assign a valid name to the binding.", b.name) //lint:ignore ST1005 the host's own text
	}
	if !slices.Contains([]string{"in", "out", "inout"}, b.direction) {
		return fmt.Errorf("'%s' is not a valid binding direction.", b.text("direction")) //lint:ignore ST1005 the host's own text
	}
	if b.name == returnName && b.direction != "out" {
		return errors.New("$return bindings must specify a direction of 'out'.")
	}
	if f.find(func(other *binding) bool { return strings.EqualFold(other.name, b.name) }) != nil {
		return fmt.Errorf("Multiple bindings with name '%s' discovered. Binding names must be unique.", b.name) //lint:ignore ST1005 the host's own text
	}
	if b.is(typeHTTP) && b.direction != "out" {
		return errors.New("Http binding can only be used for output.") //lint:ignore ST1005 the host's own text
	}
	if b.dataType == "stream" {
		return fmt.Errorf("binding %s: dataType stream does not reach a custom handler", b.name)
	}
	return nil
}

func (f *function) checkTriggers() error {
	if len(f.bindings) == 0 {
		return errors.New("At least one binding must be declared.") //lint:ignore ST1005 the host's own text
	}
	triggers := 0
	for _, b := range f.bindings {
		if b.trigger() {
			triggers++
		}
	}
	switch {
	case triggers == 0:
		return errors.New("No trigger binding specified. A function must have a trigger input binding.") //lint:ignore ST1005 the host's own text
	case triggers > 1:
		return errors.New("Multiple trigger bindings defined. A function can only have a single trigger binding.") //lint:ignore ST1005 the host's own text
	}
	return nil
}

// httpRoute is where an HTTP function is reached.
type httpRoute struct {
	function  *function
	template  *route.Template
	methods   []string // upper case; none: all
	authLevel string   // lower case
}

// httpRoutes are the routes of an app in the order they are tried.
func httpRoutes(functions []*function) ([]*httpRoute, error) {
	var routes []*httpRoute
	for _, f := range functions {
		trigger := f.trigger()
		if !trigger.is(typeHTTPTrigger) {
			continue
		}
		r, err := newHTTPRoute(f, trigger)
		if err != nil {
			return nil, fmt.Errorf("The '%s' function is in error: %w", f.name, err) //lint:ignore ST1005 the host's own text
		}
		for _, other := range routes {
			if strings.EqualFold(r.template.String(), other.template.String()) && r.overlaps(other) {
				return nil, fmt.Errorf("The '%s' function is in error: The route specified conflicts with the route defined by function '%s'.", f.name, other.function.name) //lint:ignore ST1005 the host's own text
			}
		}
		routes = append(routes, r)
	}
	slices.SortStableFunc(routes, func(a, b *httpRoute) int { return route.Compare(a.template, b.template) })
	return routes, nil
}

func newHTTPRoute(f *function, trigger *binding) (*httpRoute, error) {
	text := f.name
	if trigger.has("route") {
		text = trigger.text("route")
	}
	template, err := route.Parse(text)
	if err != nil {
		return nil, err
	}
	if first, ok := template.FirstLiteral(); ok && (strings.EqualFold(first, "admin") || strings.EqualFold(first, "runtime")) {
		return nil, errors.New("The specified route conflicts with one or more built in routes.") //lint:ignore ST1005 the host's own text
	}
	r := &httpRoute{function: f, template: template, authLevel: lower(trigger.text("authLevel"))}
	if r.authLevel == "" {
		r.authLevel = "function"
	}
	for _, method := range trigger.list("methods") {
		r.methods = append(r.methods, strings.ToUpper(method))
	}
	return r, nil
}

func (r *httpRoute) overlaps(other *httpRoute) bool {
	if len(r.methods) == 0 || len(other.methods) == 0 {
		return true
	}
	return slices.ContainsFunc(r.methods, func(m string) bool { return slices.Contains(other.methods, m) })
}

func (r *httpRoute) allows(method string) bool {
	return len(r.methods) == 0 || slices.Contains(r.methods, method)
}
