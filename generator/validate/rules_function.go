package validate

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/generator/appfiles"
	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/internal/suggest"
)

// checkFunction runs the rules about one function.json. Order counts where one finding would repeat another.
func (c *checker) checkFunction(fn *function) {
	c.checkTriggers(fn)
	c.checkBindingNames(fn)
	for _, e := range fn.entries {
		c.checkType(e)
		c.checkDirection(e)
		c.checkEntry(e)
		c.checkShapes(e)
		c.checkTriggerName(e)
		c.checkFormats(e)
		c.checkExpressions(e)
		c.checkUser(e)
	}
	c.checkHTTPOutput(fn)
	c.checkReplies(fn)
	c.checkDisabled(fn)
	c.checkRetry(fn)
	c.checkSource(fn)
	c.checkFolder(fn)
}

// checkTriggers counts triggers (mistakes 7; host-spec 5.1).
func (c *checker) checkTriggers(fn *function) {
	var triggers []*entry
	for _, e := range fn.entries {
		if e.isTrigger() {
			triggers = append(triggers, e)
		}
	}
	at := fn.doc.Place(fn.list.At, fn.list.At+1)
	switch {
	case len(fn.list.Items) == 0:
		c.report(diag.FileTriggers, at, "add a trigger", "the function has no bindings")
	case len(triggers) == 0 && len(fn.entries) > 0:
		c.report(diag.FileTriggers, at, "add the binding that says when it runs; its type ends in Trigger", "nothing runs the function: it has no trigger")
	case len(triggers) > 1:
		f := c.report(diag.FileTriggers, triggers[1].start(), "make a function of each", "the function has %d triggers", len(triggers))
		f.Related = []diag.Related{{Place: triggers[0].start(), Message: "the first one"}}
	}
}

// Names of bindings (host-spec 5.1; an underscore since host 4.1038).
var (
	bindingName = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9]{0,127}|\$return)$`)
	underscored = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9]*(_[A-Za-z0-9]+)*_?$`)
)

// longestName is how long a name may be (host-spec 5.1).
const longestName = 128

func (c *checker) checkBindingNames(fn *function) {
	firsts := make(map[string]*entry)
	for _, e := range fn.entries {
		name := e.name()
		c.checkBindingName(e, name)
		key := strings.ToLower(name)
		first := firsts[key]
		if first == nil || name == "" {
			firsts[key] = e
			continue
		}
		f := c.report(diag.FileBindingTwice, e.place("name"), "give one of them another name", "two bindings are called %s", name)
		f.Related = []diag.Related{{Place: first.place("name"), Message: "the first one"}}
		if sameValue(first.value, e.value) {
			f.Hint, f.Edits = "they are the same; remove one", e.without()
		}
	}
}

func (c *checker) checkBindingName(e *entry, name string) {
	const hint = "a letter, then up to 127 letters or digits"
	switch {
	case name == "":
		c.report(diag.FileBindingName, e.place("name"), "add name: "+hint, "the binding has no name")
	case name == "$return" && e.get("direction") != nil && !strings.EqualFold(e.text("direction"), "out"):
		c.report(diag.FileBindingName, e.place("name"), "name it otherwise", "$return is the name of an output, and the direction is %s", e.text("direction"))
	case bindingName.MatchString(name):
	case len(name) <= longestName && underscored.MatchString(name):
		c.report(diag.UnderscoreName, e.place("name"), "write it without the underscore", "hosts before 4.1038 refuse the binding name %s", name)
	default:
		c.report(diag.FileBindingName, e.place("name"), hint, "the host refuses the binding name %q", name)
	}
}

// sameValue reports whether two values say the same to the host.
func sameValue(a, b *appfiles.Value) bool {
	if a.Kind != b.Kind || a.Text != b.Text || len(a.Members) != len(b.Members) || len(a.Items) != len(b.Items) {
		return false
	}
	for _, m := range a.Members {
		other := b.Find(m.Name)
		if other == nil || !sameValue(m.Value, other) {
			return false
		}
	}
	for i := range a.Items {
		if !sameValue(a.Items[i], b.Items[i]) {
			return false
		}
	}
	return true
}

// ourTypes begins the types of the Web PubSub extension; those of Socket.IO begin otherwise.
const ourTypes = "webpubsub"

// checkType reports types nobody registers (mistakes 31, 34). Other extensions' types are not known here.
func (c *checker) checkType(e *entry) {
	typ := e.typ()
	switch now, instead := e.fn.set.Renamed(typ); {
	case typ == "":
		c.report(diag.UnknownType, e.place("type"), "add type", "the binding has no type")
	case now != "":
		f := c.report(diag.UnknownType, e.place("type"), "write "+now, "the extension has no binding %s since its first release; it is %s", typ, now)
		if e.fn.hasOldNames() {
			f.Level, f.Hint = diag.Warning, "write it so when you load another version than "+e.fn.app.extension().pinned
			return
		}
		f.Edits = []diag.Edit{{Place: e.place("type"), NewText: fmt.Sprintf("%q", now)}}
	case instead != "":
		c.report(diag.UnknownType, e.place("type"), instead, "the extension has no binding %s since its first release", typ).Edits = e.without()
	case e.def == nil && strings.HasPrefix(strings.ToLower(typ), ourTypes):
		hint := "there are " + strings.Join(e.fn.ourTypes(), ", ")
		if near := suggest.Nearest(typ, e.fn.ourTypes()); near != "" {
			hint = fmt.Sprintf("did you mean %q?", near)
		}
		c.report(diag.UnknownType, e.place("type"), hint, "there is no binding %s", typ)
	case e.def != nil && e.isOurs() && e.def.Bindings[e.which].Type != typ:
		right := e.def.Bindings[e.which].Type
		c.report(diag.OtherSpelling, e.place("type"), "the host does not mind", "%s is spelled %s", typ, right).Edits =
			[]diag.Edit{{Place: e.place("type"), NewText: fmt.Sprintf("%q", right)}}
	}
}

func (fn *function) ourTypes() []string {
	return slices.DeleteFunc(fn.set.Types(), func(t string) bool { return !strings.HasPrefix(strings.ToLower(t), ourTypes) })
}

// checkDirection reports directions the host or the type refuses (mistakes 33; host-spec 5.1).
func (c *checker) checkDirection(e *entry) {
	direction := e.text("direction")
	want := ""
	switch {
	case e.def != nil:
		want = e.def.Bindings[e.which].Direction
	case e.isTrigger():
		want = "in"
	}
	fix := []diag.Edit{{Place: e.place("direction"), NewText: fmt.Sprintf("%q", want)}}
	switch {
	case direction == "" && want == "out":
		c.report(diag.WrongDirection, e.start(), `add "direction": "out"`, "%s is an output, and the host takes a binding without a direction for an input", e.typ())
	case direction == "" && !e.fn.fromCode():
		c.report(diag.NoDirection, e.start(), `add "direction": "in"`, "the binding %s has no direction", e.name())
	case direction == "":
	case !slices.ContainsFunc([]string{"in", "out", "inout"}, func(d string) bool { return strings.EqualFold(d, direction) }):
		f := c.report(diag.WrongDirection, e.place("direction"), "it is in, out or inout", "%q is no direction", direction)
		if want != "" {
			f.Edits = fix
		}
	case want != "" && !strings.EqualFold(direction, want):
		c.report(diag.WrongDirection, e.place("direction"), fmt.Sprintf("write %q", want), "the direction of %s is %s", e.typ(), want).Edits = fix
	}
}
