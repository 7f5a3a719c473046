package generator

import (
	"cmp"
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/generator/appfiles"
	"github.com/wpsgen/wpsgen/generator/binding"
	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/generator/project"
)

// readApp takes what the app's wpsgen.yaml and host.json say. While they cannot be read or do not fit
// together, the files of all its packages stay as they are.
func (g *run) readApp(app *App) error {
	source := g.finder.source(app.Dir)
	if source.err != nil {
		return source.err
	}
	settings, findings := project.Read(filepath.Join(app.Dir, project.File), source.settings)
	app.Upstream, app.upstreamPlace, app.rules = settings.Upstream, settings.UpstreamPlace, settings.Rules
	findings = append(findings, app.readHost(source.host)...)
	if app.Upstream == project.HTTP {
		app.webhook = g.webhook(app)
	}
	g.report(findings...)
	if diag.HasErrors(findings) {
		for _, pkg := range app.Packages {
			g.unsound = append(g.unsound, pkg.Dir)
		}
	}
	return nil
}

// readHost takes what host.json says. In place of none, and of one that wpsgen wrote, stands what it
// would write.
func (a *App) readHost(src []byte) []diag.Finding {
	a.host = appfiles.DefaultHost()
	a.RoutePrefix = a.host.RoutePrefix
	if src == nil || isOurJSON(src) {
		a.ownsHost = true
		a.host.Proxying = a.Upstream == project.HTTP
		return nil
	}
	path := filepath.Join(a.Dir, appfiles.HostFile)
	host, err := appfiles.ReadHost(path, src)
	if err != nil {
		return []diag.Finding{badHostFile(path, err)}
	}
	a.host, a.RoutePrefix = host, host.RoutePrefix
	if a.Upstream != project.HTTP || host.Proxying {
		return nil
	}
	f := diag.Finding{
		Code: diag.ProxyingIsOff, Place: host.ProxyingPlace,
		Message: "the host keeps the service's requests from the app",
		Hint:    `put "enableProxyingHttpRequest": true into customHandler`,
		Related: []diag.Related{{Place: a.upstreamPlace, Message: "upstream: http asks for them"}},
	}
	if host.ProxyingPlace.EndLine > 0 {
		f.Edits = []diag.Edit{{Place: host.ProxyingPlace, NewText: "true"}}
	}
	return []diag.Finding{f}
}

func badHostFile(path string, err error) diag.Finding {
	f := diag.Finding{Code: diag.BadHostFile, Place: diag.Place{File: path}, Message: err.Error(), Hint: "the host does not start with it"}
	var located *appfiles.Error
	if errors.As(err, &located) {
		f.Place, f.Message, f.Edits = located.Place, located.Err.Error(), located.Edits
		f.Hint = cmp.Or(located.Hint, f.Hint)
	}
	return f
}

// WebhookName is the name, and the route, of the function that takes the service's events with upstream: http.
const WebhookName = "webpubsub"

// webhook returns the function that takes the service's events, nil when no function runs on one.
func (g *run) webhook(app *App) *Function {
	http := g.cfg.Definitions.Verb("http")
	if http == nil || !slices.ContainsFunc(app.Functions(), (*Function).runsOnEvent) {
		return nil
	}
	// The app checks who sends, and answers whoever asks whether it takes events.
	u := &use{Use: binding.Resolve(http, []binding.Arg{{Key: "authLevel", Value: "anonymous"}, {Key: "methods", Value: "post,options"}}, binding.Env{})}
	fn := &Function{Name: WebhookName, Place: app.upstreamPlace, Package: &Package{Dir: app.Dir}, uses: []*use{u}}
	for _, e := range u.Entries() {
		fn.Bindings = append(fn.Bindings, &Binding{Entry: e, use: u})
	}
	return fn
}

// Webhook returns the function that wpsgen adds to take the service's events behind the Functions host: the
// one of an app with upstream: http and a function that runs on an event, else nil. It is none of Functions.
func (a *App) Webhook() *Function { return a.webhook }

// Path returns the path of an http function's route below the app's address.
func (a *App) Path(route string) string {
	return "/" + strings.Trim(a.RoutePrefix+"/"+strings.Trim(route, "/"), "/")
}

// hostBindings returns those of a function's bindings that the Functions host has to serve, none when it
// need not know of the function. With upstream: http, the app does itself what package wps can do.
func (a *App) hostBindings(fn *Function) []*Binding {
	switch {
	case a.Upstream != project.HTTP:
		return fn.Bindings
	case fn.runsOnEvent():
		return nil
	}
	return slices.DeleteFunc(slices.Clone(fn.Bindings), (*Binding).replaceable)
}

// replaceable reports whether package wps can do what an extension of the host does for the binding.
func (b *Binding) replaceable() bool { return !b.IsOther() && b.use.Def.Requires.Extension != "" }

// runsOnEvent reports whether the service's events run the function.
func (f *Function) runsOnEvent() bool {
	t := f.Trigger()
	return t != nil && t.replaceable()
}
