package validate

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/internal/route"
)

var folderName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]{0,127}$`)

// checkNames reports folders that cannot name a function (host-spec 5.1).
func (c *checker) checkNames(a *app) {
	firsts := make(map[string]*function)
	for _, fn := range a.live() {
		at := diag.Place{File: fn.doc.Path}
		if !folderName.MatchString(fn.name) || strings.EqualFold(fn.name, "host") {
			c.report(diag.FolderName, at, "a letter, then up to 127 letters, digits, _ or -", "the host takes no function called %q", fn.name)
		}
		key := strings.ToLower(fn.name)
		if first := firsts[key]; first != nil {
			c.report(diag.FolderName, at, "rename one of the folders", "there are two functions called %s", fn.name).Related =
				[]diag.Related{{Place: diag.Place{File: first.doc.Path}, Message: "the first one"}}
			continue
		}
		firsts[key] = fn
	}
}

// checkEvents reports functions for the same event of the same hub (mistakes 26; extension-spec 1.5).
func (c *checker) checkEvents(a *app) {
	firsts := make(map[string]*entry)
	for _, e := range a.entries(func(e *entry) bool { return e.is("webPubSubTrigger") && !a.local.disables(e.fn.name) }) {
		hub := cmp.Or(a.local.resolve(e.text("hub")), a.local.text(hubSetting))
		key := strings.ToLower(strings.Join([]string{hub, e.text("eventType"), a.local.resolve(e.text("eventName")), cmp.Or(e.text("clientProtocols"), "all")}, "\x00"))
		first := firsts[key]
		if first == nil {
			firsts[key] = e
			continue
		}
		if first.fn == e.fn {
			continue // one function with two triggers is a mistake of its own
		}
		c.report(diag.EventTwice, e.start(), "let one function do the work of both", "%s and %s both run on %s", first.fn.name, e.fn.name, e.event()).Related =
			[]diag.Related{{Place: first.start(), Message: "the first one is " + first.fn.name}}
	}
}

// event says in words what a trigger runs on.
func (e *entry) event() string {
	words := strings.TrimSpace(e.text("eventType") + " event " + e.text("eventName"))
	if e.text("eventName") == "" {
		words = "events without a name"
	}
	if hub := e.text("hub"); hub != "" {
		words += " of hub " + hub
	}
	return words
}

// path is what an http trigger's route is below the route prefix.
func (e *entry) path() string {
	return strings.ToLower(strings.Trim(cmp.Or(e.text("route"), e.fn.name), "/"))
}

// checkRoutes reports functions of one route that share a method (host-spec 5.1).
func (c *checker) checkRoutes(a *app) {
	triggers := a.entries(func(e *entry) bool {
		return e.is("httpTrigger") && e == e.fn.trigger() && !strings.Contains(e.text("route"), "%") && !a.local.disables(e.fn.name)
	})
	byPath := make(map[string][]*entry)
	for _, e := range triggers {
		for _, other := range byPath[e.path()] {
			if !route.SharesMethod(other.list("methods"), e.list("methods")) {
				continue
			}
			c.report(diag.RouteTwice, e.place("route"), "change the route or the methods of one", "%s and %s answer the same requests, those for %s", other.fn.name, e.fn.name, e.path()).Related =
				[]diag.Related{{Place: other.place("route"), Message: "the first one is " + other.fn.name}}
			break
		}
		byPath[e.path()] = append(byPath[e.path()], e)
	}
}

// checkHubs warns of hubs that differ where they hardly ought to (mistakes 22).
func (c *checker) checkHubs(a *app) {
	var order []string
	uses := make(map[string][]*entry)
	for _, e := range a.entries((*entry).isOurs) {
		hub := a.local.resolve(e.text("hub"))
		if hub == "" || strings.ContainsAny(hub, "%{") {
			continue
		}
		if uses[hub] == nil {
			order = append(order, hub)
		}
		uses[hub] = append(uses[hub], e)
	}
	slices.SortStableFunc(order, func(a, b string) int { return len(uses[b]) - len(uses[a]) })
	for i, hub := range order {
		if i == 0 {
			continue
		}
		e, main := uses[hub][0], uses[order[0]]
		twin := slices.IndexFunc(order[:i], func(h string) bool { return strings.EqualFold(h, hub) })
		var f *diag.Finding
		switch {
		case twin >= 0:
			main = uses[order[twin]]
			f = c.report(diag.LonelyHub, e.place("hub"), fmt.Sprintf("write %q everywhere", order[twin]), "the hubs %s and %s differ in case alone", hub, order[twin])
		case len(uses[hub]) == 1:
			f = c.report(diag.LonelyHub, e.place("hub"), fmt.Sprintf("is it %q?", order[0]), "the hub %s is used by this binding alone", hub)
		case isLonely(uses[hub]) && !inOneFunction(main):
			f = c.report(diag.LonelyHub, e.place("hub"), fmt.Sprintf("is it %q?", order[0]), "the hub %s is used by the function %s alone", hub, e.fn.name)
		default:
			continue
		}
		others := "the hub of another"
		if len(main) > 1 {
			others = fmt.Sprintf("the hub of %d others", len(main))
		}
		f.Related = []diag.Related{{Place: main[0].place("hub"), Message: others}}
	}
}

// isLonely reports whether one function has all uses of a hub, and connects nobody to it.
func isLonely(uses []*entry) bool {
	return inOneFunction(uses) && !slices.ContainsFunc(uses, func(e *entry) bool { return e.is("webPubSubConnection") })
}

func inOneFunction(entries []*entry) bool {
	return !slices.ContainsFunc(entries, func(e *entry) bool { return e.fn != entries[0].fn })
}

// checkStrays warns of files the host does not read (mistakes 8).
func (c *checker) checkStrays(a *app) {
	for _, fn := range a.functions {
		if fn.stray {
			c.report(diag.StrayFile, diag.Place{File: fn.doc.Path}, "put it into a folder right below host.json that has the function's name", "the host does not look for a function here")
		}
	}
}

// checkContexts looks at apps that take events over HTTP (mistakes 13, 44, 46).
func (c *checker) checkContexts(a *app) {
	contexts := a.entries(func(e *entry) bool { return e.is("webPubSubContext") })
	if len(contexts) == 0 {
		return
	}
	_, _, hasBundle := bundleOf(a.host)
	others := a.entries(func(e *entry) bool { return e.isOurs() && !e.is("webPubSubContext") })
	if hasBundle && len(others) == 0 {
		c.report(diag.LonelyContext, contexts[0].start(), "add a webPubSubConnection or an output, in any function", "webPubSubContext is the app's only Web PubSub binding, and the bundle does not load the extension for it")
	}
	if !slices.ContainsFunc(contexts, func(e *entry) bool { return e.fn.answersOptions() }) && !slices.ContainsFunc(a.live(), (*function).listsOptions) {
		c.report(diag.ContextPreflight, contexts[0].start(), `add "options" to the methods of one of them`, "no function with webPubSubContext answers OPTIONS, with which the service asks before it sends")
	}
	for _, e := range contexts {
		if http := e.fn.find("httpTrigger"); http != nil && http.path() == "disconnect" {
			c.report(diag.ContextPath, http.place("route"), "call it disconnected", "the service's event is called disconnected, and this function answers disconnect")
		}
	}
	c.checkContextPath(a, contexts)
}

// answersOptions reports whether the function takes the service's question.
func (fn *function) answersOptions() bool {
	http := fn.find("httpTrigger")
	return http != nil && len(http.list("methods")) == 0 || fn.listsOptions()
}

// listsOptions reports whether the function is meant to answer it: one of its own may do so for all.
func (fn *function) listsOptions() bool {
	http := fn.find("httpTrigger")
	return http != nil && slices.ContainsFunc(http.list("methods"), func(m string) bool { return strings.EqualFold(m, "options") })
}

// usualPrefix stands before routes where host.json says nothing (host-spec 5.1).
const usualPrefix = "api"

func (c *checker) checkContextPath(a *app, contexts []*entry) {
	if a.host == nil {
		return
	}
	prefix := a.host.Root.Find("extensions", "http", "routePrefix")
	if prefix == nil || strings.EqualFold(strings.Trim(prefix.Text, "/"), usualPrefix) {
		return
	}
	path := "/" + strings.Trim(strings.Trim(prefix.Text, "/")+"/{event}", "/")
	c.report(diag.ContextPath, a.host.PlaceOf(prefix), "let the event handler's URL end in "+path, "functions with webPubSubContext are not below /api").Related =
		[]diag.Related{{Place: contexts[0].start(), Message: "one of them"}}
}
