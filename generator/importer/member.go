package importer

import (
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/generator/appfiles"
	"github.com/wpsgen/wpsgen/generator/binding"
	"github.com/wpsgen/wpsgen/generator/diag"
)

// isOwn reports whether a member says what every binding says.
func isOwn(key string) bool {
	return slices.ContainsFunc([]string{"type", "direction", "name"}, func(own string) bool { return strings.EqualFold(own, key) })
}

// isFixed reports whether wpsgen writes a member of this name itself.
func isFixed(u *use, key string) bool {
	has := func(m binding.Member) bool { return strings.EqualFold(m.Key, key) }
	b := u.def.Bindings[u.entry.which]
	return slices.ContainsFunc(b.Fixed, has) ||
		slices.ContainsFunc(b.When, func(w binding.BindingWhen) bool { return slices.ContainsFunc(w.Fixed, has) })
}

// property returns the property that a member sets, nil when there is none, and whether under an old name.
func property(u *use, key string) (p *binding.Property, old bool) {
	for _, p := range u.def.Properties {
		if p.Omit || p.Name == "name" {
			continue
		}
		if strings.EqualFold(p.Name, key) {
			return p, false
		}
		if slices.ContainsFunc(p.Was, func(was string) bool { return strings.EqualFold(was, key) }) {
			return p, true
		}
	}
	return nil, false
}

// ignoredKey is a member's name as a definition that knows it for one the host ignores spells it.
func ignoredKey(def *binding.Definition, key string) string {
	for known := range def.Ignored {
		if strings.EqualFold(known, key) {
			return known
		}
	}
	return ""
}

// itemsOf returns the texts of a list, or the one of a scalar; false for what is neither.
func itemsOf(v *appfiles.Value) ([]string, bool) {
	if v.Kind == appfiles.Object {
		return nil, false
	}
	if v.Kind != appfiles.Array {
		return []string{v.Text}, true
	}
	var items []string
	for _, item := range v.Items {
		if item.Kind >= appfiles.Object {
			return nil, false
		}
		items = append(items, item.Text)
	}
	return items, true
}

// guessEvent gives a trigger of before the extension's first beta its event, which was the function's name in
// those days: HUB-EVENT, of a hub that another binding names.
func (c *importing) guessEvent(u *use) {
	e := u.entry
	hub, event, ok := strings.Cut(e.fn.name, "-")
	if !e.is(typeTrigger) || !ok || event == "" || u.arg("hub") >= 0 || u.arg("eventType") >= 0 || u.arg("eventName") >= 0 || !c.namesHub(hub) {
		return
	}
	typ := "user"
	if slices.Contains([]string{"connect", "connected", "disconnected"}, strings.ToLower(event)) {
		typ, event = "system", strings.ToLower(event)
	}
	for _, a := range []binding.Arg{{Key: "hub", Value: hub}, {Key: "eventType", Value: typ}, {Key: "eventName", Value: event}} {
		u.args = append(u.args, arg{a, e.start()})
	}
	c.report(diag.ImportChanged, e.start(), "", "%s names no event; as its name says, it runs on %s event %s of hub %s now", e.fn.name, typ, event, hub)
}

// namesHub reports whether a binding of the app names a hub.
func (c *importing) namesHub(hub string) bool {
	for _, fn := range c.functions {
		for _, e := range fn.entries {
			if e.def == nil {
				continue
			}
			if strings.EqualFold(e.text("hub"), hub) || strings.EqualFold(e.text("hubName"), hub) {
				return true
			}
		}
	}
	return false
}
