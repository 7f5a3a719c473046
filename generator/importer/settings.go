package importer

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/wpsgen/wpsgen/generator/appfiles"
	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/generator/validate"
)

// Settings by the names that the host and the extension have for them.
const (
	runtimeSetting = "FUNCTIONS_WORKER_RUNTIME"
	storageSetting = "AzureWebJobsStorage"
	hubSetting     = "WebPubSubHub"
	customRuntime  = "custom"
	localStorage   = "UseDevelopmentStorage=true"
)

// settingsFile is a local.settings.json, or a sample of one. No value of it is ever shown.
type settingsFile struct {
	name string
	doc  *appfiles.Document
	mode fs.FileMode
}

func isSettings(name string) bool { return validate.IsSettings(name) }

// readSettings reads a settings file. One that cannot be read is not carried over, since nobody could tell the
// secrets in it from the rest.
func (c *importing) readSettings(path string) error {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		return err
	}
	doc, err := c.readJSON(path, "mend it, and put it beside the new host.json")
	if doc != nil {
		c.settings = append(c.settings, &settingsFile{filepath.Base(path), doc, info.Mode().Perm()})
	}
	return err
}

// local is the file that is used, nil when there are at most samples of it.
func (c *importing) local() *settingsFile {
	for _, f := range c.settings {
		if f.name == appfiles.SettingsFile {
			return f
		}
	}
	return nil
}

// setting returns the value of an app setting, "" without one.
func (c *importing) setting(name string) string {
	if f := c.local(); f != nil {
		return f.doc.Root.Find("Values", name).String()
	}
	return ""
}

func (c *importing) settingPlace(name string) diag.Place {
	f := c.local()
	if f == nil {
		return diag.Place{File: c.dir}
	}
	return f.doc.PlaceOf(f.doc.Root.Find("Values", name))
}

// convertSettings makes the new settings files: the original's, for the runtime of custom handlers.
func (c *importing) convertSettings() error {
	c.reportSettings()
	for _, f := range c.settings {
		text, err := c.convertSettingsFile(f).text()
		if err != nil {
			return err
		}
		c.files = append(c.files, File{Name: f.name, Content: text, Mode: f.mode})
	}
	if c.local() != nil || c.isFile(appfiles.SettingsFile) {
		return nil
	}
	values := object{{runtimeSetting, customRuntime}, {storageSetting, localStorage}}
	for _, n := range c.needs() {
		if settingKey(n.setting) != settingKey(storageSetting) {
			values = append(values, member{n.setting, n.value})
		}
	}
	text, err := object{{"IsEncrypted", false}, {"Values", values}}.text()
	c.files = append(c.files, File{Name: appfiles.SettingsFile, Content: text, Mode: 0o600})
	return err
}

func (c *importing) convertSettingsFile(f *settingsFile) object {
	root := objectOf(f.doc.Root)
	if encrypted := f.doc.Root.Find("IsEncrypted"); encrypted.IsTrue() {
		c.report(diag.ImportDropped, f.doc.PlaceOf(encrypted), "run func settings decrypt, and set "+runtimeSetting+" to "+customRuntime, "the settings are encrypted, and carried over as they are")
		return root
	}
	values := object{}
	if all := f.doc.Root.Find("Values"); all != nil {
		for _, m := range objectOf(all) {
			v := all.Member(m.name).Value
			switch v.Kind {
			case appfiles.String:
				values = append(values, m)
			case appfiles.Number, appfiles.Bool:
				values = append(values, member{m.name, v.Text})
				c.report(diag.ImportChanged, f.doc.PlaceOf(v), "the host saw neither this nor what follows", "the setting %s is text now", diag.Printable(m.name))
			default:
				c.report(diag.ImportDropped, f.doc.PlaceOf(v), "a setting is text", "the setting %s is %s", diag.Printable(m.name), v.Kind)
			}
		}
	}
	values.set(runtimeSetting, customRuntime)
	if f == c.local() {
		for _, n := range c.missingSettings() {
			if n.value != "" {
				values.set(n.setting, n.value)
			}
		}
	}
	root.set("Values", values)
	return root
}

// ownHub is a hub's name made of the app's.
func (c *importing) ownHub() string {
	name := strings.ReplaceAll(c.ownName(), "-", "_")
	if name[0] < 'a' || name[0] > 'z' {
		name = "hub_" + name
	}
	return name[:min(len(name), longestName)]
}
