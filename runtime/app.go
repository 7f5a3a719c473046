package wps

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/wpsgen/wpsgen/internal/route"
	"github.com/wpsgen/wpsgen/internal/wire"
)

// App serves functions: events of the service at /runtime/webhooks/webpubsub, and http functions below
// the route prefix. It is an http.Handler for any server and may be mounted under any path with
// http.StripPrefix. It needs no shutting down. Timer functions run while RunTimers does.
type App struct {
	config      *config
	functions   []*boundFunction
	events      dispatchTable
	listeners   []*boundFunction
	routes      []*httpRoute
	timers      []*boundFunction
	zone        *time.Location // of the timers
	clock       func() time.Time
	ticking     atomic.Bool // RunTimers is at work
	keys        keys
	webhookPath string             // where events come, too, with UpstreamHTTP; "" for nowhere
	webhookKey  *[sha256.Size]byte // what the service must name in the webhook's URL; nil for nothing
	refusals    refusals
}

// New resolves settings, connections, hubs and routes of the functions and returns the app that serves
// them. It checks everything first: its error joins all problems, one a line, each with the function
// and its place. Functions that accept events without a signature are warned about in the log.
func New(functions []Function, options ...Option) (*App, error) {
	return newApp(newConfig(options), functions)
}

func newApp(c *config, functions []Function) (*App, error) {
	a := &App{config: c, events: make(dispatchTable), keys: c.settings.keys(), webhookKey: c.settings.webhookKey(), clock: time.Now}
	problems := slices.Clone(c.problems)
	names := make(map[string]Function)
	for _, f := range functions {
		b, errs := c.bind(f)
		a.functions = append(a.functions, b)
		if first, twice := names[strings.ToLower(f.Name)]; twice {
			errs = append(errs, fmt.Errorf("another function has this name: %s", place(first)))
		} else {
			names[strings.ToLower(f.Name)] = f
		}
		if b.trigger != nil {
			errs = append(errs, a.listen(b))
		}
		if b.http != nil {
			errs = append(errs, a.addRoute(b))
		}
		if b.timer != nil {
			a.timers = append(a.timers, b)
		}
		problems = append(problems, located(f, errors.Join(errs...))...)
	}
	if len(a.timers) > 0 {
		var err error
		if a.zone, err = c.settings.timeZone(); err != nil {
			problems = append(problems, err)
		}
	}
	problems = append(problems, a.checkUpstream()...)
	if len(problems) > 0 {
		return nil, errors.Join(problems...)
	}
	slices.SortStableFunc(a.routes, func(x, y *httpRoute) int { return route.Compare(x.template, y.template) })
	a.warnUnsigned()
	a.warnAbsent()
	return a, nil
}

// ServeHTTP answers the service's events and requests for http functions.
func (a *App) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if path := r.URL.Path; path == wire.WebhookPath || strings.EqualFold(path, wire.WebhookPath) || a.webhookPath != "" && strings.EqualFold(path, a.webhookPath) {
		a.serveWebhook(w, r)
		return
	}
	a.serveHTTP(w, r)
}

// listen enters a trigger into the dispatch table.
func (a *App) listen(b *boundFunction) error {
	t := b.trigger
	if t.Hub == "" || t.EventName == "" { // reported by bind; two such functions need not be duplicates
		return nil
	}
	a.listeners = append(a.listeners, b)
	key := string(appendKey(nil, t.Hub, t.EventType, t.EventName))
	l := a.events[key]
	if l == nil {
		l = &listeners{}
		a.events[key] = l
	}
	slot := l.slot(t.ClientProtocols)
	switch {
	case slot == nil: // reported by bind
		return nil
	case *slot != nil:
		return fmt.Errorf("hub %s, %s event %s is taken by %s; one function serves an event", t.Hub, t.EventType, t.EventName, place((*slot).Function))
	}
	*slot = b
	return nil
}

// addRoute enters an http trigger into the routes.
func (a *App) addRoute(b *boundFunction) error {
	text := b.http.Route
	if text == "" {
		text = b.Name
	}
	var problems []error
	level, err := parseAuthLevel(b.http.AuthLevel)
	if err != nil {
		problems = append(problems, fmt.Errorf("httpTrigger: %w", err))
	} else if a.config.host != nil {
		level = levelAnonymous // the host has looked at the key
	} else if level != levelAnonymous && a.keys[level] == nil {
		problems = append(problems, fmt.Errorf("httpTrigger: authLevel %s needs a key in the setting %s; set it, or use authLevel=anonymous", level, level.setting()))
	}
	template, err := route.Parse(text)
	if err != nil {
		return errors.Join(append(problems, fmt.Errorf("httpTrigger: %w", err))...)
	}
	if first, ok := template.FirstLiteral(); ok && (strings.EqualFold(first, "admin") || strings.EqualFold(first, "runtime")) {
		problems = append(problems, fmt.Errorf("httpTrigger: route %q begins with %s, which belongs to the host", text, first))
	}
	t := &httpRoute{template: template, level: level, function: b}
	for _, m := range b.http.Methods {
		t.methods = append(t.methods, strings.ToUpper(m))
	}
	for _, other := range a.routes {
		if route.Conflict(t.template, other.template) && t.overlaps(other) {
			problems = append(problems, fmt.Errorf("httpTrigger: route %q serves the same requests as %q of %s", text, other.template, place(other.function.Function)))
		}
	}
	a.routes = append(a.routes, t)
	b.route = "/" + strings.Trim(a.config.routePrefix+"/"+strings.Trim(text, "/"), "/")
	return errors.Join(problems...)
}

// overlaps reports whether some method is served by both.
func (t *httpRoute) overlaps(o *httpRoute) bool {
	if len(t.methods) == 0 || len(o.methods) == 0 {
		return true
	}
	return slices.ContainsFunc(t.methods, func(m string) bool { return slices.Contains(o.methods, m) })
}

func (a *App) warnUnsigned() {
	const message = "events are accepted without a signature: anybody who reaches this server can send them"
	for _, f := range a.listeners {
		if f.trigger.Unsigned {
			a.config.logger.Warn(message, "function", f.Name, "source", f.Source, "hub", f.trigger.Hub, "event", f.trigger.EventName)
		}
	}
	for _, t := range a.routes {
		if f := t.function; f.context != nil && f.context.Unsigned {
			a.config.logger.Warn(message, "function", f.Name, "source", f.Source, "route", t.template.String())
		}
	}
}

// hubs returns the hubs whose events the app takes, in order.
func (a *App) hubs() []string {
	seen := make(map[string]string)
	for _, f := range a.listeners {
		if key := strings.ToLower(f.trigger.Hub); seen[key] == "" {
			seen[key] = f.trigger.Hub
		}
	}
	hubs := make([]string, 0, len(seen))
	for _, key := range sortedKeys(seen) {
		hubs = append(hubs, seen[key])
	}
	return hubs
}

// place names a function and where it stands.
func place(f Function) string {
	if f.Source == "" {
		return "function " + f.Name
	}
	return f.Source + ": function " + f.Name
}

// located puts a function's place before each of its problems.
func located(f Function, err error) []error {
	var list []error
	for _, e := range split(err) {
		list = append(list, fmt.Errorf("%s: %w", place(f), e))
	}
	return list
}

// split takes joined errors apart, so that each gets a line of its own with its place.
func split(err error) []error {
	if err == nil {
		return nil
	}
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return []error{err}
	}
	var list []error
	for _, e := range joined.Unwrap() {
		list = append(list, split(e)...)
	}
	return list
}
