package main

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/wpsgen/wpsgen/generator"
	"github.com/wpsgen/wpsgen/generator/hub"
)

// Settings of the runtime that dev fills in.
const (
	settingAddr        = "WPS_ADDR"
	settingFunctionKey = "WPS_FUNCTION_KEY"
	settingAdminKey    = "WPS_ADMIN_KEY"
	settingRoutePrefix = "AzureFunctionsJobHost__extensions__http__routePrefix"
	settingTimers      = "WPS_TIMERS"
	settingOther       = "WPS_OTHER_BINDINGS"
	settingPrincipal   = "WPS_TRUST_CLIENT_PRINCIPAL"
	// settingWorkerRuntime is for the Functions host alone.
	settingWorkerRuntime = "FUNCTIONS_WORKER_RUNTIME"
	// localKey opens http functions whose authLevel wants a key, as the local Functions host opens them without one.
	localKey = "local"
)

func lookupSetting(name string) (string, bool) {
	return os.LookupEnv(strings.ReplaceAll(name, ":", "__"))
}

// lookupIn finds settings in an environment.
func lookupIn(env []string) func(name string) (string, bool) {
	return func(name string) (string, bool) {
		name = strings.ReplaceAll(name, ":", "__") + "="
		for _, e := range slices.Backward(env) { // the last one counts
			if strings.HasPrefix(e, name) {
				return e[len(name):], true
			}
		}
		return "", false
	}
}

// environment is what the app runs with: the values of local.settings.json, this process's environment,
// and the emulator in every connection setting that one of the functions names.
func environment(app *generator.App, local map[string]string, connectionString string) []string {
	var env []string
	defaults := map[string]string{settingFunctionKey: localKey, settingAdminKey: localKey, settingTimers: "1", settingOther: "absent", settingPrincipal: "1"}
	if app.RoutePrefix != "api" {
		defaults[settingRoutePrefix] = app.RoutePrefix // as host.json has it, which the app alone would not read
	}
	maps.Copy(defaults, local)
	for _, name := range slices.Sorted(maps.Keys(defaults)) {
		if _, set := os.LookupEnv(name); !set && name != settingWorkerRuntime {
			env = append(env, name+"="+defaults[name])
		}
	}
	env = append(env, os.Environ()...)
	for _, name := range connectionSettings(app) {
		env = append(env, name+"="+connectionString)
	}
	return env
}

func connectionSettings(app *generator.App) []string {
	names := []string{"WebPubSubConnectionString"}
	for _, fn := range app.Functions() {
		for _, b := range fn.Bindings {
			if b.IsOther() {
				continue // the emulator is no other service
			}
			names = append(names, b.Values("connection")...)
			names = append(names, b.Values("connections")...)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// programName names the program as its app, since that is what process lists show.
func programName(dir string) string {
	name := filepath.Base(dir)
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	return name
}

func exitError(err error) error {
	if err == nil {
		return errors.New("exit status 0")
	}
	return err
}

// printApp prints where everything is: the page first, which is what people want to open.
func (s *devSession) printApp() {
	fmt.Fprintln(s.out)
	row := func(name, value string) { fmt.Fprintf(s.out, "  %-9s %s\n", name, value) }
	if page := pageOf(s.current.app); page != "" {
		row("page", s.base()+s.current.app.Path(page))
	}
	row("events", s.base()+hub.WebhookPath(s.current.app))
	row("emulator", s.emulator.Endpoint())
	for _, h := range s.current.settings {
		row("hub", h.Hub+": "+strings.Join(slices.Concat(h.SystemEvents, h.UserEvents, h.GroupPresenceEvents), ", "))
	}
	fmt.Fprintln(s.out)
	t := tabwriter.NewWriter(s.out, 0, 0, 2, ' ', 0)
	for _, fn := range s.current.app.Functions() {
		note := ""
		if trigger := fn.Trigger(); trigger != nil && trigger.IsOther() {
			note = ", which only the Functions host has"
		}
		fmt.Fprintf(t, "  %s\t%s%s\n", fn.Name, runsOn(fn), note)
	}
	t.Flush()
	fmt.Fprint(s.out, "\nCtrl-C stops everything.\n\n")
}

// pageOf returns the route of the function that looks most like the app's page: one called index, else
// the first that a browser can open without a parameter, a key or a client connection.
func pageOf(app *generator.App) string {
	best := ""
	for _, fn := range app.Functions() {
		t := fn.Trigger()
		if t == nil || t.Type != "httpTrigger" || !opensInBrowser(fn, t) {
			continue
		}
		route := routeOf(fn, t)
		if fn.Name == "index" {
			return route
		}
		if best == "" && len(fn.Bindings) == 2 {
			best = route
		}
	}
	return best
}

func opensInBrowser(fn *generator.Function, t *generator.Binding) bool {
	methods := t.Values("methods")
	return strings.EqualFold(t.Value("authLevel"), "anonymous") && !strings.Contains(routeOf(fn, t), "{") &&
		(len(methods) == 0 || slices.Contains(methods, "get"))
}

// unwatched names the files whose change is no reason to build: what dev writes itself, tests, and
// leftovers.
func unwatched(path string) bool {
	name := filepath.Base(path)
	return name == "wps_gen.go" || name == "function.json" || strings.HasSuffix(name, "_test.go") || leftover(name)
}

// leftover reports whether a name is one that editors and wpsgen itself give to files on the way.
func leftover(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~") || strings.HasSuffix(name, ".tmp") || name == "4913"
}
