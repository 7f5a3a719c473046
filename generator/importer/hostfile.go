package importer

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/wpsgen/wpsgen/generator/appfiles"
	"github.com/wpsgen/wpsgen/generator/diag"
)

// What a host.json says today (host-spec 4.1, 4.2).
const (
	hostVersion   = "2.0"
	bundleID      = "Microsoft.Azure.Functions.ExtensionBundle"
	bundleVersion = "[4.*, 5.0.0)"
	bundleMajor   = 4
)

// convertHost makes the new host.json: what the original says, with today's bundle and the program.
func (c *importing) convertHost() error {
	host := object{}
	if c.host != nil {
		host = objectOf(c.host.Root)
	}
	c.convertVersion(&host)
	c.convertSections(&host)
	c.convertBundle(&host)
	c.convertHandler(&host)
	if c.host != nil && slices.ContainsFunc(c.host.Loose, func(l appfiles.Looseness) bool { return l.What == "a comment" }) {
		c.report(diag.ImportDropped, diag.Place{File: c.host.Path}, "", "the comments of %s are not carried over", appfiles.HostFile)
	}
	text, err := host.text()
	if err != nil {
		return err
	}
	c.add(appfiles.HostFile, text)
	return nil
}

func (c *importing) convertVersion(host *object) {
	if c.host != nil {
		switch v := c.host.Root.Find("version"); {
		case v == nil:
			c.report(diag.ImportChanged, diag.Place{File: c.host.Path}, "", "the version is %q now; there was none", hostVersion)
		case v.Text != hostVersion:
			c.report(diag.ImportChanged, c.host.PlaceOf(v), "", "the version is %q now, whatever that of the host", hostVersion)
		}
	}
	host.set("version", hostVersion)
}

// oldSections are what version 1 of the host had at the top of host.json and later ones have below extensions.
var oldSections = []string{"http", "queues", "serviceBus", "eventHub", "sendGrid", "durableTask"}

// convertSections puts sections of a host.json without version to where they are read now.
func (c *importing) convertSections(host *object) {
	if c.host == nil || c.host.Root.Find("version") != nil {
		return
	}
	extensions := host.get("extensions")
	for _, name := range oldSections {
		m := c.host.Root.Member(name)
		if m == nil || m.Value.Kind != appfiles.Object || len(extensions.get(name)) > 0 {
			continue
		}
		now := m.Name
		if strings.EqualFold(name, "eventHub") {
			now = "eventHubs"
		}
		c.report(diag.ImportChanged, c.host.PlaceOfName(m), "", "%s is extensions.%s now", m.Name, now)
		extensions.set(now, valueOf(m.Value))
		host.remove(name)
		host.set("extensions", extensions)
	}
}

// convertBundle asks for a bundle that has today's extensions.
func (c *importing) convertBundle(host *object) {
	bundle := object{{"id", bundleID}, {"version", bundleVersion}}
	if c.host == nil || c.host.Root.Find("extensionBundle").Find("id") == nil {
		c.reportProject()
		host.set("extensionBundle", bundle)
		return
	}
	section := c.host.Root.Find("extensionBundle")
	id, version := section.Find("id"), section.Find("version")
	keep := host.get("extensionBundle")
	if !strings.EqualFold(id.Text, bundleID) && c.usesOurs() {
		c.report(diag.ImportChanged, c.host.PlaceOf(id), "", "the bundle is %s now: no other has the Web PubSub extension", bundleID)
		keep.set("id", bundleID)
	}
	if major, err := strconv.Atoi(firstNumber.FindString(version.String())); err != nil || major < bundleMajor {
		at := c.host.PlaceOf(section)
		if version != nil {
			at = c.host.PlaceOf(version)
		}
		c.report(diag.ImportChanged, at, "", "the bundle's version is %q now", bundleVersion)
		keep.set("version", bundleVersion)
	}
	host.set("extensionBundle", keep)
}

// reportProject says where the extensions come from that a project has named so far.
func (c *importing) reportProject() {
	if c.isFile(appfiles.ExtensionsProject) {
		c.report(diag.ImportDropped, diag.Place{File: filepath.Join(c.dir, appfiles.ExtensionsProject)}, "", "the extensions come from the bundle now, and no longer from %s", appfiles.ExtensionsProject)
	}
}

// usesOurs reports whether the app has a binding of the Web PubSub extension.
func (c *importing) usesOurs() bool {
	return slices.ContainsFunc(c.imported(), func(fn *function) bool {
		return slices.ContainsFunc(fn.uses, func(u *use) bool { return u.def.Requires.Extension != "" })
	})
}

// convertHandler names the program that the host starts.
func (c *importing) convertHandler(host *object) {
	for _, name := range []string{"customHandler", "httpWorker"} {
		if c.host == nil {
			break
		}
		if m := c.host.Root.Member(name); m != nil {
			c.report(diag.ImportChanged, c.host.PlaceOfName(m), "", "the program is %s now", c.program)
		}
	}
	host.remove("httpWorker")
	host.set("customHandler", object{{"description", object{{"defaultExecutablePath", c.program}}}})
}

// webAppFile describes a Static Web App.
const webAppFile = "staticwebapp.config.json"

// reportWebApp warns of an app whose functions a Static Web App manages, which has no custom handlers (host-spec
// 4.4).
func (c *importing) reportWebApp() {
	for _, dir := range []string{c.dir, filepath.Dir(c.dir)} {
		path := filepath.Join(dir, webAppFile)
		if _, err := os.Stat(path); err == nil {
			c.report(diag.NotInWebApp, diag.Place{File: path}, "link a Functions app of your own to it", "a Static Web App does not run the functions in Go itself")
			return
		}
	}
}
