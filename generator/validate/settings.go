package validate

import (
	"cmp"
	"os"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/generator/appfiles"
	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/internal/expr"
)

// localSettings are the app settings of a developer's machine. A nil one has none.
type localSettings struct {
	doc    *appfiles.Document
	values map[string]*appfiles.Member
	// real tells the file that is used from a sample of it, which need not have everything.
	real bool
}

// settingKey is how .NET's configuration sees a name: case does not count, and __ is : (extension-spec 9.1).
func settingKey(name string) string { return strings.ToLower(strings.ReplaceAll(name, "__", ":")) }

func (l *localSettings) has(name string) bool {
	return l != nil && l.values[settingKey(name)] != nil
}

func (l *localSettings) text(name string) string {
	if !l.has(name) {
		return ""
	}
	return l.values[settingKey(name)].Value.Text
}

// resolve puts the settings there are in the place of %settings%. A text with others stays as it is.
func (l *localSettings) resolve(text string) string {
	resolved, err := expr.ResolveSettings(text, func(name string) (string, bool) { return l.text(name), l.has(name) })
	if err != nil {
		return text
	}
	return resolved
}

// disables reports whether a setting keeps a function from running (host-spec 5.2).
func (l *localSettings) disables(function string) bool {
	v := cmp.Or(l.text("AzureWebJobs."+function+".Disabled"), l.text("AzureWebJobs_"+function+"_Disabled"))
	return strings.EqualFold(v, "true") || v == "1"
}

// hasBelow reports whether there is a setting NAME__something.
func (l *localSettings) hasBelow(name string) bool {
	if l == nil {
		return false
	}
	for key := range l.values {
		if strings.HasPrefix(key, settingKey(name)+":") {
			return true
		}
	}
	return false
}

func (l *localSettings) place(name string) diag.Place {
	return l.doc.PlaceOfName(l.values[settingKey(name)])
}

// start is where the settings begin.
func (l *localSettings) start() diag.Place {
	at := l.doc.Root
	if values := at.Find("Values"); values != nil {
		at = values
	}
	return l.doc.Place(at.At, at.At+1)
}

// sorted are the settings in the order of the file.
func (l *localSettings) sorted() []*appfiles.Member {
	var list []*appfiles.Member
	for _, m := range l.values {
		list = append(list, m)
	}
	slices.SortFunc(list, func(a, b *appfiles.Member) int { return a.At - b.At })
	return list
}

// readAppSettings reads local.settings.json, and samples of it; it is git-ignored, so that a sample has to
// do where there is no other.
func (c *checker) readAppSettings(a *app) {
	slices.Sort(a.settingsFiles)
	for _, path := range a.settingsFiles {
		src, err := os.ReadFile(path)
		if err != nil {
			c.reportClosed(diag.BadLocalSettings, path, err)
			continue
		}
		l := c.readSettings(path, src)
		if l != nil && (a.local == nil || l.real) {
			a.local = l
		}
	}
}

// readSettings reads a local.settings.json (mistakes 5, 6). No value is ever shown.
func (c *checker) readSettings(path string, src []byte) *localSettings {
	doc := c.read(path, src, diag.BadLocalSettings, "no setting in it is seen")
	if doc == nil {
		return nil
	}
	l := &localSettings{doc: doc, values: make(map[string]*appfiles.Member), real: strings.HasSuffix(path, string(os.PathSeparator)+appfiles.SettingsFile)}
	values := doc.Root.Find("Values")
	if values == nil || values.Kind == appfiles.Null {
		return l
	}
	if values.Kind != appfiles.Object {
		c.report(diag.BadLocalSettings, doc.PlaceOf(values), "write {} around the settings", "Values is %s and no object", values.Kind)
		return l
	}
	for i := range values.Members {
		m := &values.Members[i]
		switch m.Value.Kind {
		case appfiles.String:
			l.values[settingKey(m.Name)] = m
		case appfiles.Null:
			c.report(diag.SettingIsNull, doc.PlaceOf(m.Value), "give it a value, or remove it", "the setting %s has no value", m.Name)
		default:
			f := c.report(diag.SettingNotText, doc.PlaceOf(m.Value), "put it in quotes", "the setting %s is %s", m.Name, m.Value.Kind)
			if m.Value.Kind == appfiles.Object || m.Value.Kind == appfiles.Array {
				f.Hint = "write a setting for each value in it, as in " + m.Name + "__NAME"
			} else {
				// Quotes are put around it, so that no edit holds the value.
				f.Edits = []diag.Edit{
					{Place: doc.Place(m.Value.At, m.Value.At), NewText: `"`},
					{Place: doc.Place(m.Value.End, m.Value.End), NewText: `"`},
				}
			}
		}
	}
	return l
}
