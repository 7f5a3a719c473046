package importer

import (
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/generator/appfiles"
	"github.com/wpsgen/wpsgen/generator/binding"
	"github.com/wpsgen/wpsgen/generator/diag"
)

// convertEntry makes a directive of an entry; nil when there is none for it.
func (c *importing) convertEntry(e *entry) *use {
	trigger := e.fn.trigger()
	switch {
	case e.def == nil:
		return c.convertForeign(e)
	case e.is(typeHTTP) && trigger.is(typeHTTPTrigger):
		return nil // the trigger's directive makes it
	case (e.is(typeHTTP) || e.is(typeContext)) && !trigger.is(typeHTTPTrigger):
		hint := "nobody waits for a reply"
		if trigger.is(typeTrigger) {
			hint = "return the reply"
		}
		c.report(diag.ImportDropped, e.start(), hint, "%s works beside an httpTrigger alone, and %s runs %s", e.typ, trigger.typ, e.fn.name)
		return nil
	case e.is(typeContext) && e.fn.use("context") != nil:
		c.report(diag.ImportDropped, e.start(), "", "%s has a second %s", e.fn.name, typeContext)
		return nil
	}
	if want, have := e.def.Bindings[e.which].Direction, e.text("direction"); have != "" && !strings.EqualFold(have, want) {
		c.report(diag.ImportChanged, e.place("direction"), "", "the direction of %s is %s", e.typ, want)
	}
	u := &use{entry: e, def: e.def}
	for _, m := range e.members() {
		c.convertMember(u, m)
	}
	c.guessEvent(u)
	if !c.settle(u) {
		return nil
	}
	c.renewName(u)
	return u
}

// convertMember makes an argument of a member.
func (c *importing) convertMember(u *use, m *appfiles.Member) {
	doc := u.entry.fn.doc
	if isOwn(m.Name) || m.Value.Kind == appfiles.Null || isFixed(u, m.Name) {
		return
	}
	p, old := property(u, m.Name)
	if p == nil {
		if m.Value.String() != "" && !strings.EqualFold(m.Value.Text, "false") || m.Value.Kind >= appfiles.Object {
			c.report(diag.ImportDropped, doc.PlaceOfName(m), u.def.Ignored[ignoredKey(u.def, m.Name)], "%s has no %s", u.entry.typ, diag.Printable(m.Name))
		}
		return
	}
	if old {
		c.report(diag.ImportChanged, doc.PlaceOfName(m), "", "%s is called %s now", m.Name, p.Name)
	}
	items, ok := itemsOf(m.Value)
	switch {
	case !ok || len(items) > 1 && !p.List:
		c.report(diag.ImportDropped, doc.PlaceOf(m.Value), "", "%s cannot be %s", p.Name, m.Value.Kind)
		return
	case len(items) == 0 || len(items) == 1 && items[0] == "":
		return
	}
	a := c.argument(u, p, items, doc.PlaceOf(m.Value))
	if i := u.arg(a.Key); i >= 0 {
		c.report(diag.ImportDropped, a.at, "", "%s is given by another member already", p.Name)
		return
	}
	u.args = append(u.args, a)
}

// argument gives a property values as a directive spells them.
func (c *importing) argument(u *use, p *binding.Property, items []string, at diag.Place) arg {
	for i, item := range items {
		if now, ok := p.WasValues[item]; ok {
			c.report(diag.ImportChanged, at, "", "the value %s of %s is called %s now", item, p.Name, now)
			items[i] = now
		}
		for _, v := range p.Values {
			if p.Folds && strings.EqualFold(v, item) {
				items[i] = v
			}
		}
	}
	if p.Format == "route" {
		items[0] = c.looseRoute(u.entry.fn, items[0], at)
	}
	items = c.known(p, unique(items), at)
	if wrong := "{" + u.entry.fn.trigger().name() + "."; p.Expressions && len(wrong) > len("{.") && strings.Contains(items[0], wrong) {
		items[0] = strings.ReplaceAll(items[0], wrong, "{")
		c.report(diag.ImportChanged, at, "expressions begin with what the trigger has, such as query", "%s is %s now", p.Name, items[0])
	}
	a := arg{binding.Arg{Key: p.Name, Value: strings.Join(items, ",")}, at}
	switch {
	case p.Kind == binding.KindBool:
		a.Value = strings.ToLower(a.Value)
		a.Flag = a.Value == "true"
	case p.List && len(items) == 1 && strings.Contains(items[0], ","):
		a.Quoted = true
	}
	if p.Format == "schedule" && len(strings.Fields(a.Value)) == cronFields {
		a.Value = "0 " + a.Value
		c.report(diag.ImportChanged, at, "", "%s begins with the second now, as some plans want it", p.Name)
	}
	if p.Deprecated != "" {
		c.report(diag.ImportChanged, at, "extensions before "+p.Since+" ignored it", "%s is %s now", p.Name, p.Deprecated)
		a.Key = p.Deprecated
	}
	return a
}

// cronFields is how many fields a schedule has that begins with the minute, which not every plan takes
// (host-spec 1.6).
const cronFields = 5

// known drops values of a list that cannot be, as long as there are others.
func (c *importing) known(p *binding.Property, items []string, at diag.Place) []string {
	bad := func(item string) bool { return len(p.Values) > 0 && !slices.Contains(p.Values, item) }
	if !p.List || !slices.ContainsFunc(items, bad) || !slices.ContainsFunc(items, func(item string) bool { return !bad(item) }) {
		return items
	}
	return slices.DeleteFunc(items, func(item string) bool {
		if bad(item) {
			c.report(diag.ImportDropped, at, "", "%s cannot be %q", p.Name, item)
		}
		return bad(item)
	})
}

// allOf reports whether a property says what of many a function takes, so that it would take all without.
func allOf(u *use, key string) bool {
	return u.def.Property(key).List && len(u.def.Property(key).Values) > 0
}

// settle changes and drops arguments until the directive has no mistake. It reports false when the function
// has to be left out.
func (c *importing) settle(u *use) bool {
	order := u.def.Keys()
	slices.SortStableFunc(u.args, func(a, b arg) int { return slices.Index(order, a.Key) - slices.Index(order, b.Key) })
	for range 2*len(u.args) + 1 {
		issues := slices.DeleteFunc(binding.Check(u.def, u.plain(), binding.Env{}), func(i binding.Issue) bool { return i.Kind.IsAdvice() })
		if len(issues) == 0 {
			return true
		}
		if !c.settleOne(u, issues[0]) {
			return false
		}
	}
	return true
}

func (c *importing) settleOne(u *use, issue binding.Issue) bool {
	e := u.entry
	if issue.Arg < 0 {
		if missing := strings.TrimPrefix(issue.Message, "//wps:"+u.def.Verb); missing != issue.Message {
			c.leaveOut(e.fn, e.start(), "", "%s%s", e.typ, missing)
		} else {
			c.leaveOut(e.fn, e.start(), issue.Hint, "%s", issue.Message)
		}
		return false
	}
	a := &u.args[issue.Arg]
	switch p := u.def.Property(a.Key); {
	case issue.Fix != "" && issue.Part == binding.PartValue:
		c.report(diag.ImportChanged, a.at, "it is "+issue.Fix+" now", "%s", issue.Message)
		a.Value = issue.Fix
	case p == nil || p.Kind != binding.KindString && !p.Required && !allOf(u, a.Key):
		c.report(diag.ImportDropped, a.at, issue.Hint, "%s", issue.Message)
		u.args = slices.Delete(u.args, issue.Arg, issue.Arg+1)
	default:
		c.leaveOut(e.fn, a.at, issue.Hint, "%s", issue.Message)
		return false
	}
	return true
}

// renewName reports the name of a trigger under which the host has handed over nothing since the extension's
// first release.
func (c *importing) renewName(u *use) {
	e := u.entry
	var members []binding.EntryMember
	for _, a := range u.args {
		members = append(members, binding.EntryMember{Key: a.Key, Items: []string{a.Value}})
	}
	names, best := u.def.ReadNames(e.which, members)
	if e.isTrigger() && len(names) > 0 && e.name() != "" && !slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, e.name()) }) {
		c.report(diag.ImportChanged, e.place("name"), "", "the trigger's name %s is %s now: under any other the host hands over nothing", diag.Printable(e.name()), best)
	}
	if !u.def.Bindings[e.which].Name.Fixed {
		u.name = e.name()
	}
}

func unique(items []string) []string {
	var out []string
	for _, item := range items {
		if !slices.Contains(out, item) {
			out = append(out, item)
		}
	}
	return out
}
