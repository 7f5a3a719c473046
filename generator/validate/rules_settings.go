package validate

import (
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/generator/appfiles"
	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/internal/wire"
)

// Settings by the names that the host and the extension have for them (extension-spec 9.1; host-spec 4.3).
const (
	connectionSetting = "WebPubSubConnectionString"
	storageSetting    = "AzureWebJobsStorage"
	runtimeSetting    = "FUNCTIONS_WORKER_RUNTIME"
)

// connected reports whether a setting gives a connection: itself, or by an identity below it. The host
// also looks behind its own prefix, and among the ConnectionStrings.
func (l *localSettings) connected(name string) bool {
	return l.has(name) || l.hasBelow(name) || l.has("AzureWebJobs"+name) || l.hasBelow("AzureWebJobs"+name) ||
		l.doc.Root.Find("ConnectionStrings", name) != nil
}

// checkConnections holds the connections that bindings name against the settings (mistakes 48). A sample
// need not have them.
func (c *checker) checkConnections(a *app) {
	if a.local == nil || !a.local.real {
		return
	}
	for _, e := range a.entries(func(*entry) bool { return true }) {
		names := append(e.list("connections"), e.list("connection")...)
		for _, name := range names {
			if name == "" || strings.ContainsAny(name, "%;=") || a.local.connected(name) {
				continue
			}
			key := "connection"
			if e.get("connections") != nil {
				key = "connections"
			}
			c.report(diag.NoConnectionSetting, e.place(key), "add it to "+appfiles.SettingsFile, "there is no app setting %s", name).Related =
				[]diag.Related{{Place: a.local.start(), Message: "where it belongs"}}
		}
		if len(names) == 0 && e.isOurs() && !a.local.connected(connectionSetting) {
			c.checkDefaultConnection(a, e)
		}
	}
}

func (c *checker) checkDefaultConnection(a *app, e *entry) {
	related := []diag.Related{{Place: a.local.start(), Message: "where the setting belongs"}}
	hint := "add " + connectionSetting + ", or name a connection"
	if e.is("webPubSubTrigger") || e.is("webPubSubContext") {
		c.report(diag.UnsignedTrigger, e.start(), hint, "without the app setting %s, %s takes events from anybody", connectionSetting, e.typ()).Related = related
		return
	}
	c.report(diag.NoConnectionSetting, e.start(), hint, "%s names no connection, and there is no app setting %s", e.typ(), connectionSetting).Related = related
}

var percent = regexp.MustCompile(`%([^%]+)%`)

// checkSettings holds the %settings% of bindings against the settings (host-spec 6).
func (c *checker) checkSettings(a *app) {
	if a.local == nil || !a.local.real {
		return
	}
	for _, e := range a.entries(func(e *entry) bool { return e.def != nil }) {
		for _, p := range e.def.Properties {
			if !p.Settings {
				continue
			}
			for _, m := range percent.FindAllStringSubmatch(e.text(p.Name), -1) {
				if !a.local.has(m[1]) {
					c.report(diag.UndefinedSetting, e.place(p.Name), "add it to "+appfiles.SettingsFile, "%s: there is no app setting %s", p.Name, m[1]).Related =
						[]diag.Related{{Place: a.local.start(), Message: "where it belongs"}}
				}
			}
		}
	}
}

// storeless are the triggers of other extensions for which the tools start an app without storage (host-spec
// 4.3); durable functions may have storage of another kind.
var storeless = []string{"kafkaTrigger", "rabbitMQTrigger", "orchestrationTrigger", "activityTrigger", "entityTrigger"}

// needsStorage reports whether the app does not start without AzureWebJobsStorage for a trigger. A sample of
// the settings need not have what other extensions ask for.
func (l *localSettings) needsStorage(trigger *entry) bool {
	if trigger.def == nil {
		return l.real && !slices.ContainsFunc(storeless, trigger.is)
	}
	return slices.Contains(trigger.def.Requires.Settings, storageSetting)
}

// checkStorage asks for what triggers need (mistakes 50).
func (c *checker) checkStorage(a *app) {
	if a.local == nil || a.local.text(storageSetting) != "" || a.local.hasBelow(storageSetting) {
		return
	}
	for _, fn := range a.live() {
		t := fn.trigger()
		if t == nil || !a.local.needsStorage(t) {
			continue
		}
		at := a.local.start()
		if a.local.has(storageSetting) {
			at = a.local.place(storageSetting)
		}
		c.report(diag.NoStorage, at, `add "AzureWebJobsStorage": "UseDevelopmentStorage=true" and run Azurite, or name an account`, "%s is not set, and a %s needs it", storageSetting, t.typ()).Related =
			[]diag.Related{{Place: t.start(), Message: "the trigger"}}
		return
	}
}

// checkIdentity looks at connections by identity (mistakes 49).
func (c *checker) checkIdentity(a *app) {
	ours := a.entries((*entry).isOurs)
	if a.local == nil || len(ours) == 0 && len(a.functions) > 0 {
		return
	}
	names := []string{connectionSetting}
	for _, e := range ours {
		names = append(names, slices.Concat(e.list("connection"), e.list("connections"))...)
	}
	slices.Sort(names)
	c.checkIdentities(a.local, slices.Compact(names))
}

// checkIdentities looks at the settings of connections by their names.
func (c *checker) checkIdentities(l *localSettings, names []string) {
	for _, name := range names {
		uri, whole := name+"__serviceUri", l.text(name)
		if wrong := name + "__endpoint"; l.has(wrong) && !l.has(uri) {
			at := l.place(wrong)
			c.report(diag.IdentitySetting, at, "write "+uri, "the Web PubSub extension does not read %s", wrong).Edits =
				[]diag.Edit{{Place: at, NewText: quoted(uri)}}
		}
		if whole == "" || !l.has(uri) {
			continue
		}
		conn, err := wire.ParseConnectionString(whole)
		if u, e := url.Parse(l.text(uri)); err == nil && e == nil && !strings.EqualFold(u.Hostname(), conn.Host) {
			c.report(diag.TwoConnections, l.place(uri), "remove one of the two", "%s and %s are of different hosts, and the connection string counts", uri, name).Related =
				[]diag.Related{{Place: l.place(name), Message: "the connection string"}}
		}
	}
}

// checkRuntime asks for the runtime of custom handlers (host-spec 4.3).
func (c *checker) checkRuntime(a *app) {
	if a.host == nil || a.local == nil || !a.local.real || a.host.Root.Find("customHandler") == nil {
		return
	}
	switch {
	case !a.local.has(runtimeSetting):
		c.report(diag.OtherRuntime, a.local.start(), `add "FUNCTIONS_WORKER_RUNTIME": "custom"`, "%s is not set", runtimeSetting)
	case !strings.EqualFold(a.local.text(runtimeSetting), "custom"):
		c.report(diag.OtherRuntime, a.local.place(runtimeSetting), "set it to custom", "host.json has a custom handler, and %s is another runtime's", runtimeSetting)
	}
}

var getenv = regexp.MustCompile(`os\.(?:Getenv|LookupEnv)\("([A-Za-z_][A-Za-z0-9_]*)"\)`)

// checkEnvironment holds the settings that Go code reads against those there are (mistakes 54). One that
// only the machine has is no mistake, so that a similar name must be there.
func (c *checker) checkEnvironment(a *app) {
	if a.local == nil {
		return
	}
	for _, path := range a.goFiles {
		src, err := os.ReadFile(path)
		if err != nil {
			continue
		}
		for _, m := range getenv.FindAllSubmatchIndex(src, -1) {
			name := string(src[m[2]:m[3]])
			if near := a.local.similar(name); near != nil && !a.local.has(name) {
				before := string(src[:m[2]])
				line := 1 + strings.Count(before, "\n")
				at := diag.Place{File: path, Line: line, Column: len(before) - strings.LastIndex(before, "\n"), EndLine: line}
				at.EndColumn = at.Column + len(name)
				c.report(diag.SettingNeverSet, at, "did you mean "+near.Name+"?", "there is no app setting %s", name).Related =
					[]diag.Related{{Place: a.local.doc.PlaceOfName(near), Message: "the similar one"}}
			}
		}
	}
}

// similar returns a setting of whose name another's words are a part, or the other way round.
func (l *localSettings) similar(name string) *appfiles.Member {
	words := "_" + strings.ToLower(name) + "_"
	for _, m := range l.sorted() {
		other := "_" + strings.ToLower(m.Name) + "_"
		if strings.Contains(name, "_") && strings.Contains(other, words) || strings.Contains(m.Name, "_") && strings.Contains(words, other) {
			return m
		}
	}
	return nil
}
