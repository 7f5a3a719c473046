package importer

import (
	"regexp"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/generator/appfiles"
	"github.com/wpsgen/wpsgen/generator/binding"
	"github.com/wpsgen/wpsgen/generator/diag"
)

// need is an app setting that a binding takes something from.
type need struct {
	setting string
	what    string // what is taken from it
	value   string // what stands for it in a new file
	use     *use
	at      diag.Place
}

// needs are the settings that the app's bindings need, each once.
func (c *importing) needs() []need {
	var list []need
	seen := make(map[string]bool)
	for _, fn := range c.imported() {
		for _, u := range fn.uses {
			for _, n := range c.needsOf(u) {
				if key := settingKey(n.setting); !seen[key] {
					seen[key] = true
					list = append(list, n)
				}
			}
		}
	}
	return list
}

var percent = regexp.MustCompile(`%([^%]+)%`)

// needsOf are the settings of one directive: those it names, and those that the extension turns to for what it
// does not say.
func (c *importing) needsOf(u *use) []need {
	var list []need
	for _, a := range u.args {
		if p := u.def.Property(a.Key); u.isForeign() || p.Settings {
			for _, m := range percent.FindAllStringSubmatch(a.Value, -1) {
				list = append(list, need{m[1], a.Key, standIn(a.Key, m[1]), u, a.at})
			}
		}
		if u.namesSetting(a.Key) {
			for name := range strings.SplitSeq(a.Value, ",") {
				list = append(list, need{name, strings.TrimSuffix(a.Key, "Setting"), "", u, a.at})
			}
		}
	}
	resolved := u.resolved()
	for _, p := range u.def.Properties {
		v := resolved.Value(p.Name)
		if v.From != binding.FromSetting {
			continue
		}
		n := need{p.Fallback.Setting, p.Name, "", u, u.entry.start()}
		if p.Kind != binding.KindSetting {
			n.value = c.ownHub()
		}
		list = append(list, n)
	}
	return list
}

// namesSetting reports whether a property's value is the name of a setting. Properties of other extensions'
// bindings show it by their own name.
func (u *use) namesSetting(key string) bool {
	if p := u.def.Property(key); p != nil {
		return p.Kind == binding.KindSetting
	}
	return u.isForeign() && (strings.HasSuffix(key, "Setting") || strings.EqualFold(key, "leaseConnection"))
}

// standIn is a value with which an app starts whose setting gives a property something that it cannot do without.
func standIn(property, setting string) string {
	switch property {
	case "hub":
		if word := strings.Trim(notInNames.ReplaceAllString(strings.ToLower(setting), "_"), "_"); word != "" && word[0] >= 'a' {
			return word
		}
		return property
	case "eventName":
		return "message"
	case "schedule":
		return "0 */5 * * * *"
	}
	return ""
}

// reportSettings names the settings that are needed and not there.
func (c *importing) reportSettings() {
	for _, n := range c.missingSettings() {
		hint := "add it to " + appfiles.SettingsFile
		switch {
		case n.value != "":
			hint = appfiles.SettingsFile + " has " + n.value + " for now; write what the deployed app has"
		case c.local() == nil:
			hint = appfiles.SettingsFile + " has it without a value"
		}
		c.report(diag.ImportSetting, n.at, hint, "there is no app setting %s, from which %s takes its %s", diag.Printable(n.setting), n.use.entry.typ, n.what)
	}
}

// missingSettings are the settings that are needed and not there, as far as the settings can be read.
func (c *importing) missingSettings() []need {
	if c.local() == nil && c.isFile(appfiles.SettingsFile) {
		return nil // it cannot be read
	}
	var known []string
	if f := c.local(); f != nil {
		if f.doc.Root.Find("IsEncrypted").IsTrue() {
			return nil
		}
		for _, m := range objectOf(f.doc.Root.Find("Values")) {
			known = append(known, settingKey(m.name))
		}
	}
	return slices.DeleteFunc(c.needs(), func(n need) bool { return isKnown(known, settingKey(n.setting)) })
}

// isKnown reports whether a setting is there: itself, or a part of an identity below it.
func isKnown(known []string, key string) bool {
	for _, k := range known {
		if k == key || strings.HasPrefix(k, key+":") {
			return true
		}
	}
	return false
}

// settingKey is how .NET's configuration sees a name: case does not count, and __ is : (extension-spec 9.1).
func settingKey(name string) string { return strings.ToLower(strings.ReplaceAll(name, "__", ":")) }
