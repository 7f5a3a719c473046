package importer

import (
	"cmp"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/generator/appfiles"
	"github.com/wpsgen/wpsgen/generator/diag"
)

// Binding types that the import has to tell from others.
const (
	typeTrigger     = "webPubSubTrigger"
	typeContext     = "webPubSubContext"
	typeOutput      = "webPubSub"
	typeHTTPTrigger = "httpTrigger"
	typeHTTP        = "http"
)

// convert makes directives of the functions' bindings.
func (c *importing) convert() {
	c.functions = slices.DeleteFunc(c.functions, (*function).isOurs)
	for _, fn := range c.imported() {
		c.convertFunction(fn)
		if why, found := c.cfg.LeaveOut[fn.name]; found && !fn.leftOut {
			c.leaveOut(fn, fn.placeOf(why.Directive), why.Hint, "%s", why.Message)
		}
	}
	c.leaveOutRepeated()
	c.nameFunctions()
	for _, fn := range c.imported() {
		c.reportCode(fn)
	}
	c.reportHostOnly()
	c.reportWebApp()
}

// vendorFolder is a folder's name that means something to the go command.
const vendorFolder = "vendor"

// convertFunction makes directives of a function's bindings, its trigger first.
func (c *importing) convertFunction(fn *function) {
	if !folderName.MatchString(fn.name) || strings.EqualFold(fn.name, "host") {
		c.leaveOut(fn, fn.start(), "rename its folder: a letter, then up to 127 letters, digits, _ or -", "the host takes no function of this name")
		return
	}
	if fn.name == vendorFolder {
		c.leaveOut(fn, fn.start(), "rename its folder", "the go command takes a folder %s for copies of modules", vendorFolder)
		return
	}
	c.renewTypes(fn)
	if !c.checkTrigger(fn) {
		return
	}
	slices.SortStableFunc(fn.entries, func(a, b *entry) int { return cmp.Compare(a.rank(), b.rank()) })
	for _, e := range fn.entries {
		if u := c.convertEntry(e); u != nil && !fn.leftOut {
			fn.uses = append(fn.uses, u)
		}
		if fn.leftOut {
			return
		}
	}
	c.openToEvents(fn)
	c.nameBindings(fn)
	c.convertTop(fn)
}

// rank orders directives as people read them: what runs the function, what it takes, what it sends.
func (e *entry) rank() int {
	switch {
	case e.isTrigger():
		return 0
	case e.is(typeContext):
		return 1
	case e.def == nil && e.direction() == "out", e.is(typeOutput), e.is(typeHTTP):
		return 3
	}
	return 2
}

// renewTypes gives bindings the types they have today, and drops those that are gone.
func (c *importing) renewTypes(fn *function) {
	fn.entries = slices.DeleteFunc(fn.entries, func(e *entry) bool {
		now, instead := c.set.Renamed(e.typ)
		switch {
		case now != "":
			c.report(diag.ImportChanged, e.place("type"), "", "the binding %s is called %s now", e.typ, now)
			e.typ = now
			e.def, e.which = c.set.Entry(now, e.direction())
		case e.def == nil:
			c.renewForeignType(e)
		case instead != "":
			c.report(diag.ImportDropped, e.place("type"), instead, "there is no binding %s any more", e.typ)
			return true
		}
		return false
	})
}

// checkTrigger leaves out functions that nothing runs, or more than one thing.
func (c *importing) checkTrigger(fn *function) bool {
	var triggers []*entry
	for _, e := range fn.entries {
		if e.isTrigger() {
			triggers = append(triggers, e)
		}
	}
	switch len(triggers) {
	case 1:
		return true
	case 0:
		if e := fn.misspelt(); e != nil {
			c.leaveOut(fn, e.place("type"), c.ownTypesHint(e.typ), "there is no binding %q", e.typ)
			return false
		}
		c.leaveOut(fn, fn.doc.PlaceOf(fn.doc.Root.Find("bindings")), "give it the binding that runs it; its type ends in Trigger", "nothing runs it")
	default:
		f := c.leaveOut(fn, triggers[1].start(), "make a function of each", "it has %d triggers", len(triggers))
		f.Related = []diag.Related{{Place: triggers[0].start(), Message: "the first one"}}
	}
	return false
}

// quiet are members of a function.json that say nothing, or what a custom handler does not need to be told.
var quiet = []string{"bindings", "scriptFile", "entryPoint", "configurationSource", "generatedBy", "functionDirectory", "language", "name", "$schema"}

// convertTop reports members beside the bindings that the new app does not have.
func (c *importing) convertTop(fn *function) {
	for i := range fn.doc.Root.Members {
		m := &fn.doc.Root.Members[i]
		at := fn.doc.PlaceOf(m.Value)
		switch key := strings.ToLower(m.Name); {
		case fn.doc.Root.Member(m.Name) != m || m.Value.Kind == appfiles.Null,
			slices.ContainsFunc(quiet, func(q string) bool { return strings.EqualFold(q, m.Name) }):
		case key == "disabled" || key == "excluded":
			if m.Value.IsTrue() || m.Value.Kind == appfiles.String && m.Value.Text != "" && !strings.EqualFold(m.Value.Text, "false") {
				c.report(diag.ImportDropped, at, "set the app setting AzureWebJobs."+fn.name+".Disabled to true", "%s was not disabled by this, which the host does not read, and is not now", fn.name)
			}
		case key == "retry":
			c.report(diag.ImportDropped, at, "try again in the Go function", "the retry policy of %s is not carried over", fn.name)
		default:
			c.report(diag.ImportDropped, at, "", "the host does not read %s", diag.Printable(m.Name))
		}
	}
}

// openToEvents gives a function that takes events over HTTP the methods that bring them. Elsewhere another
// function may have answered for it when the service asked.
func (c *importing) openToEvents(fn *function) {
	u := fn.use("http")
	if u == nil || fn.use("context") == nil {
		return
	}
	i := u.arg("methods")
	if i < 0 {
		return
	}
	methods, missing := strings.Split(u.args[i].Value, ","), []string(nil)
	for _, m := range []string{"post", "options"} {
		if !slices.Contains(methods, m) {
			missing = append(missing, m)
		}
	}
	if len(missing) == 0 {
		return
	}
	c.report(diag.ImportChanged, u.args[i].at, "", "%s takes %s, too: a function that takes events answers the service's question itself", fn.name, strings.Join(missing, " and "))
	u.args[i].Value = strings.Join(append(methods, missing...), ",")
}
