package validate

import (
	"regexp"

	"github.com/wpsgen/wpsgen/generator/appfiles"
	"github.com/wpsgen/wpsgen/generator/diag"
)

// hostVersion is the one version of host.json there is (host-spec 4.1).
const hostVersion = "2.0"

// readHost reads a host.json and checks what shows in it alone.
func (c *checker) readHost(path string, src []byte) *appfiles.Document {
	doc := c.read(path, src, diag.BadHostFile, "the host does not start with it")
	if doc == nil {
		return nil
	}
	c.checkVersion(doc)
	c.checkHandler(doc)
	c.checkBundle(doc)
	c.checkBundleAge(doc)
	return doc
}

// checkVersion asks for the version (mistakes 16), whose name counts as it is spelled. Of a number the host reads
// less than is written.
func (c *checker) checkVersion(doc *appfiles.Document) {
	start := doc.Place(doc.Root.At, doc.Root.At+1)
	switch m := doc.Root.Member("version"); {
	case m == nil:
		c.report(diag.HostVersion, start, `add "version": "2.0"`, "host.json has no version")
	case m.Name != "version":
		f := c.report(diag.HostVersion, doc.PlaceOfName(m), `write "version"`, "the host does not take %s for the version", m.Name)
		f.Edits = []diag.Edit{{Place: f.Place, NewText: quoted("version")}}
	case m.Value.Kind != appfiles.String || m.Value.Text != hostVersion:
		f := c.report(diag.HostVersion, doc.PlaceOf(m.Value), `write "2.0", whatever the version of the host`, "the host refuses the version %s", doc.Text(m.Value.At, m.Value.End))
		f.Edits = []diag.Edit{{Place: f.Place, NewText: quoted(hostVersion)}}
	}
}

// checkHandler checks the custom handler (host-spec 4.1). It may be named by an app setting.
func (c *checker) checkHandler(doc *appfiles.Document) {
	if old := doc.Root.Member("httpWorker"); old != nil {
		c.report(diag.OldCustomHandler, doc.PlaceOfName(old), "write customHandler", "httpWorker is what customHandler was called before")
	}
	handler := doc.Root.Find("customHandler")
	if handler == nil || handler.Kind != appfiles.Object {
		return
	}
	description := handler.Find("description")
	switch program := description.Find("defaultExecutablePath"); {
	case description == nil:
		c.report(diag.NoExecutable, doc.Place(handler.At, handler.At+1), `add "description": {"defaultExecutablePath": …}`, "customHandler has no description")
	case program.String() == "":
		at := doc.Place(description.At, description.At+1)
		if program != nil {
			at = doc.PlaceOf(program)
		}
		c.report(diag.NoExecutable, at, "name the program, relative to host.json", "customHandler names no program")
	}
}

// bundleOf reads the extension bundle a host.json asks for.
func bundleOf(doc *appfiles.Document) (b bundle, at diag.Place, ok bool) {
	if doc == nil {
		return bundle{}, diag.Place{}, false
	}
	section := doc.Root.Find("extensionBundle")
	version := section.Find("version")
	if section == nil || len(section.Members) == 0 {
		return bundle{}, diag.Place{}, false
	}
	at = doc.PlaceOf(section)
	if version != nil {
		at = doc.PlaceOf(version)
	}
	return newBundle(section.Find("id").String(), version.String()), at, true
}

// packageID is what the host takes for the id of a bundle.
var packageID = regexp.MustCompile(`^\w+([.-]\w+)*$`)

// checkBundle reports bundles with which no host starts, whatever the app is. An empty one it passes by.
func (c *checker) checkBundle(doc *appfiles.Document) {
	m := doc.Root.Member("extensionBundle")
	if m == nil || m.Value.Kind == appfiles.Object && len(m.Value.Members) == 0 {
		return
	}
	const hint = goodBundle + ", or leave extensionBundle out"
	if m.Value.Kind != appfiles.Object {
		c.report(diag.BundleWithout, doc.PlaceOf(m.Value), hint, "the host does not start: extensionBundle is %s and no object", m.Value.Kind)
		return
	}
	b, at, _ := bundleOf(doc)
	if id := m.Value.Find("id"); !packageID.MatchString(id.String()) {
		place := doc.PlaceOfName(m)
		if id != nil {
			place = doc.PlaceOf(id)
		}
		c.report(diag.BundleWithout, place, hint, "the host does not start: the bundle's id is missing, or is none")
	}
	if !b.readable {
		c.report(diag.BundleWithout, at, hint, "the host does not start: the range of bundles is missing, or cannot be read")
	}
}

// checkBundleAlone warns of a bundle without the extension where it is not known whether there is a binding
// that needs it (mistakes 10, 11).
func (c *checker) checkBundleAlone(doc *appfiles.Document) {
	b, at, ok := bundleOf(doc)
	if ok && b.readable && b.lacksExtension() && !b.isGivenUp() {
		c.report(diag.BundleWithout, at, "for webPubSub bindings "+goodBundle, "%s", b.without()).Level = diag.Warning
	}
}

// isGivenUp reports whether hosts do not take the bundle any more.
func (b bundle) isGivenUp() bool {
	return b.kind == stable && b.readable && (b.until.before(leastBundle) || b.until == leastBundle && !b.exact)
}

// checkBundleAge warns of ranges that hosts have given up (mistakes 10).
func (c *checker) checkBundleAge(doc *appfiles.Document) {
	b, at, ok := bundleOf(doc)
	if !ok || !b.isGivenUp() {
		return
	}
	f := c.report(diag.OldBundle, at, "write "+goodRange, "hosts ask for bundle %s at least", leastBundle)
	f.Edits = []diag.Edit{{Place: at, NewText: quoted(goodRange)}}
}

// goodRange is the range of bundles for new apps (host-spec 4.2).
const goodRange = "[4.*, 5.0.0)"
