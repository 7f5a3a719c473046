package validate

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/generator/appfiles"
	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/internal/suggest"
)

// projectFile is a .NET project in an app's folder.
type projectFile struct {
	path string
	text string
}

// readProjects reads the .NET projects right in the app's folder.
func (c *checker) readProjects(a *app, f *found) {
	for _, path := range f.projects {
		if filepath.Dir(path) != a.dir {
			continue
		}
		src, err := os.ReadFile(path)
		if err != nil {
			c.note(path, "the project could not be read, and so not what extensions it names: %v", err)
			continue
		}
		a.projects = append(a.projects, projectFile{path, withoutComments(string(src))})
	}
}

// reference finds a package or project reference to the extension, with its version when that is an element.
var reference = regexp.MustCompile(`(?i)<[^<>]*Include\s*=\s*["'][^"']*Extensions\.WebPubSub(?:\.csproj)?["'][^<>]*>(?:\s*<Version>\s*([^<\s]*))?`)

// referenced finds the version in a reference when it is an attribute.
var referenced = regexp.MustCompile(`(?i)\bVersion\s*=\s*["']([^"']*)["']`)

var comments = regexp.MustCompile(`(?s)<!--.*?-->`)

// withoutComments blanks what a project has in comments; lines stay where they are.
func withoutComments(text string) string {
	return comments.ReplaceAllStringFunc(text, func(c string) string { return strings.Repeat("\n", strings.Count(c, "\n")) })
}

// durable finds the Durable Functions extension.
var durable = regexp.MustCompile(`(?i)Include\s*=\s*["'][^"']*DurableTask["']`)

// extension is the Web PubSub extension an app loads.
type extension struct {
	present bool
	version string // such as 1.8.0; empty when it is not known, or no release
	pinned  string // what the project says of the version, if one does
	project string // the project that names it
	line    int
}

var released = regexp.MustCompile(`^\d+\.\d+\.\d+$`)

// extension returns what is loaded.
func (a *app) extension() extension {
	if a.loads == nil {
		e := a.findExtension()
		a.loads = &e
	}
	return *a.loads
}

// findExtension works out what is loaded: the bundle's where there is one, else that of a project.
func (a *app) findExtension() extension {
	if b, _, ok := bundleOf(a.host); ok {
		e := extension{present: !b.lacksExtension()}
		if best, known := b.best(); known && released.MatchString(best.extension) {
			e.version = best.extension
		}
		return e
	}
	for _, p := range a.projects {
		m := reference.FindStringSubmatchIndex(p.text)
		if m == nil {
			continue
		}
		e := extension{present: true, project: p.path, line: 1 + strings.Count(p.text[:m[0]], "\n")}
		version := ""
		if m[2] >= 0 {
			version = p.text[m[2]:m[3]]
		} else if attribute := referenced.FindStringSubmatch(p.text[m[0]:m[1]]); attribute != nil {
			version = attribute[1]
		}
		if e.pinned = version; released.MatchString(version) {
			e.version = version
		}
		return e
	}
	return extension{}
}

// oldNames are the versions before the first release that have webPubSubRequest (extension-spec 12).
var oldNames = []string{"1.0.0-beta.2", "1.0.0-beta.3"}

// hasOldNames reports whether the function's app loads an extension that has types under names given up since.
func (fn *function) hasOldNames() bool {
	return fn.app != nil && slices.Contains(oldNames, fn.app.extension().pinned)
}

// goodBundle is the hint for who has none, or another.
const goodBundle = `write "id": "Microsoft.Azure.Functions.ExtensionBundle", "version": "` + goodRange + `"`

// checkExtension looks whether the host finds the extension (mistakes 9 to 15, 47).
func (c *checker) checkExtension(a *app) {
	c.checkProjectName(a)
	ours := a.entries((*entry).isOurs)
	if len(ours) == 0 || a.host == nil {
		return
	}
	b, at, hasBundle := bundleOf(a.host)
	related := []diag.Related{{Place: ours[0].start(), Message: "a binding of the extension"}}
	e := a.extension()
	switch {
	case hasBundle && !b.readable: // reported with the host.json
	case hasBundle && !e.present:
		c.report(diag.BundleWithout, at, goodBundle, "%s", b.without()).Related = related
	case !hasBundle && !e.present && !a.installed():
		at := a.host.Place(a.host.Root.At, a.host.Root.At+1)
		c.report(diag.NoExtension, at, `add "extensionBundle": {"id": "Microsoft.Azure.Functions.ExtensionBundle", "version": "`+goodRange+`"}`,
			"there is neither an extensionBundle nor a project that names the Web PubSub extension").Related = related
	default:
		c.checkFaults(a, e)
	}
}

// installed reports whether extensions have been installed into the app's folder, or come with its code.
func (a *app) installed() bool {
	_, err := os.Stat(filepath.Join(a.dir, "bin", "extensions.json"))
	return err == nil || !slices.ContainsFunc(a.live(), func(fn *function) bool { return !fn.fromCode() })
}

// checkProjectName warns of a project that was meant to be extensions.csproj (mistakes 9).
func (c *checker) checkProjectName(a *app) {
	for _, p := range a.projects {
		if p.isMisspelt() {
			c.report(diag.StrayProject, diag.Place{File: p.path}, "rename it to "+appfiles.ExtensionsProject, "nothing reads %s", filepath.Base(p.path))
		}
	}
}

// isMisspelt reports whether the project's name is nearly, and not, that of the one that is read.
func (p projectFile) isMisspelt() bool {
	name := filepath.Base(p.path)
	return name != appfiles.ExtensionsProject && suggest.Nearest(name, []string{appfiles.ExtensionsProject}) != ""
}

// isDurable reports whether the Durable Functions extension brings the binding.
func (e *entry) isDurable() bool {
	return slices.ContainsFunc([]string{"orchestrationTrigger", "activityTrigger", "entityTrigger", "durableClient", "orchestrationClient"}, e.is)
}

// checkFaults warns of versions with faults that the app runs into (mistakes 14, 15, 47).
func (c *checker) checkFaults(a *app, e extension) {
	if e.version == "" {
		return
	}
	at := diag.Place{File: e.project, Line: e.line}
	if e.project == "" {
		_, at, _ = bundleOf(a.host)
	}
	v := parseVersion(e.version)
	triggers := a.entries(func(e *entry) bool { return e.is("webPubSubTrigger") || e.is("webPubSubContext") })
	custom := a.entries(func(e *entry) bool { return e.isOurs() && len(e.list("connection"))+len(e.list("connections")) > 0 })
	withDurable := len(a.entries((*entry).isDurable)) > 0
	for _, p := range a.projects {
		withDurable = withDurable || durable.MatchString(p.text)
	}
	switch {
	case v == version{1, 10, 0} && len(custom) > 0:
		c.report(diag.FaultyExtension, at, "load 1.10.1 or newer", "extension 1.10.0 fails with a connection of another name than the default").Related =
			[]diag.Related{{Place: custom[0].start(), Message: "names a connection"}}
	case v.before(version{1, 4, 0}) && withDurable:
		c.report(diag.FaultyExtension, at, "load 1.4.0 or newer", "extension %s does not get on with Durable Functions", v)
	case v.before(version{1, 6, 0}) && len(triggers) > 0:
		c.report(diag.FaultyExtension, at, "load 1.7.0 or newer", "extension %s refuses events signed with the secondary key, and those of several origins", v)
	}
}
