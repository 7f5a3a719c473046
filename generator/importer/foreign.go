package importer

import (
	"regexp"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/generator/appfiles"
	"github.com/wpsgen/wpsgen/generator/binding"
	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/internal/suggest"
)

// verbBinding is the directive for bindings of other extensions.
const verbBinding = "binding"

var foreignType = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9]{0,127}$`)

// ourTypes begins the types of the Web PubSub extension; those of Socket.IO, another one, begin so as well.
const (
	ourTypes      = "webpubsub"
	socketIOTypes = "webpubsubforsocketio"
)

// isUnknown reports whether no extension can have the binding: its type is no type's name, or begins like one of
// Web PubSub and is none.
func (e *entry) isUnknown() bool {
	typ := strings.ToLower(e.typ)
	return e.def == nil && (!foreignType.MatchString(e.typ) || strings.HasPrefix(typ, ourTypes) && !strings.HasPrefix(typ, socketIOTypes))
}

// misspelt returns the first binding of a function that no extension can have, nil when there is none.
func (fn *function) misspelt() *entry {
	if i := slices.IndexFunc(fn.entries, (*entry).isUnknown); i >= 0 {
		return fn.entries[i]
	}
	return nil
}

// ownTypesHint names the type that was probably meant, or all there are.
func (c *importing) ownTypesHint(typ string) string {
	types := slices.DeleteFunc(c.set.Types(), func(t string) bool { return !strings.HasPrefix(strings.ToLower(t), ourTypes) })
	if near := suggest.Nearest(typ, types); near != "" {
		return "did you mean " + near + "?"
	}
	return "there are " + strings.Join(types, ", ")
}

// convertForeign makes a directive of a binding that another extension has.
func (c *importing) convertForeign(e *entry) *use {
	switch {
	case e.isUnknown() && e.isTrigger():
		c.leaveOut(e.fn, e.place("type"), c.ownTypesHint(e.typ), "there is no trigger %q", e.typ)
		return nil
	case e.isUnknown():
		c.report(diag.ImportDropped, e.place("type"), c.ownTypesHint(e.typ), "there is no binding %q", e.typ)
		return nil
	case e.isTrigger() && e.direction() != "in":
		c.leaveOut(e.fn, e.place("direction"), `write "direction": "in"`, "its trigger %s has the direction %q", e.typ, e.direction())
		return nil
	case e.direction() != "in" && e.direction() != "out":
		c.report(diag.ImportDropped, e.place("direction"), "the function either reads a value or writes it", "the binding %s of %s has the direction %s", diag.Printable(e.name()), e.fn.name, diag.Printable(e.direction()))
		return nil
	}
	u := &use{entry: e, def: c.set.Verb(verbBinding), name: e.name()}
	u.args = []arg{
		{binding.Arg{Key: "type", Value: e.typ}, e.place("type")},
		{binding.Arg{Key: "direction", Value: e.direction()}, e.place("direction")},
	}
	for _, m := range e.members() {
		if !isOwn(m.Name) && m.Value.Kind != appfiles.Null {
			c.passMember(u, m)
		}
	}
	c.settlePassed(u)
	return u
}

var passedKey = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9]*$`)

// passMember makes an argument of a member of another extension's binding, spelled as it is there.
func (c *importing) passMember(u *use, m *appfiles.Member) {
	doc, key := u.entry.fn.doc, c.renewForeignKey(u.entry, m)
	if p, _ := property(u, key); p != nil {
		key = p.Name
	}
	switch {
	case !passedKey.MatchString(key):
		c.report(diag.ImportDropped, doc.PlaceOfName(m), "a key is letters and digits", "a directive cannot say %q of %s", m.Name, u.entry.typ)
		return
	case m.Value.Kind >= appfiles.Object:
		c.report(diag.ImportDropped, doc.PlaceOf(m.Value), "a definition of your own in wpsgen.yaml can say it", "%s is %s, which //wps:binding cannot say", key, m.Value.Kind)
		return
	case binding.LooksSecret(m.Value.Text):
		c.report(diag.ImportDropped, doc.PlaceOf(m.Value), "put it into an app setting, name that here, and renew the key if this was committed", "%s holds a connection string or a part of one", key)
		return
	}
	a := arg{binding.Arg{Key: key, Value: m.Value.Text}, doc.PlaceOf(m.Value)}
	a.Quoted = m.Value.Kind == appfiles.String
	u.args = append(u.args, a)
}

// settlePassed drops what a directive for other extensions' bindings does not take.
func (c *importing) settlePassed(u *use) {
	for range len(u.args) {
		issues := slices.DeleteFunc(binding.Check(u.def, u.plain(), binding.Env{}), func(i binding.Issue) bool {
			return i.Kind.IsAdvice() || i.Arg < 0 // the name, which is given later
		})
		if len(issues) == 0 {
			return
		}
		a := u.args[issues[0].Arg]
		if a.Key != "dataType" || !strings.EqualFold(a.Value, "undefined") {
			c.report(diag.ImportDropped, a.at, issues[0].Hint, "%s", issues[0].Message)
		}
		u.args = slices.Delete(u.args, issues[0].Arg, issues[0].Arg+1)
	}
}

// isForeign reports whether the directive is for another extension's binding.
func (u *use) isForeign() bool { return u.def.Verb == verbBinding }

// reportHostOnly warns of the bindings that the Functions host alone serves.
func (c *importing) reportHostOnly() {
	var first *diag.Finding
	for _, fn := range c.imported() {
		for _, u := range fn.uses {
			if !u.isForeign() {
				continue
			}
			if first == nil {
				first = c.report(diag.HostOnly, u.entry.place("type"), "", "%s is another extension's, which the Functions host alone serves: in wpsgen dev a trigger runs nothing, an input is null and an output goes nowhere", u.entry.typ)
				continue
			}
			first.Related = append(first.Related, diag.Related{Place: u.entry.place("type"), Message: "so is " + u.entry.typ})
		}
	}
}
