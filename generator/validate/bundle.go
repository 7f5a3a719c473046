package validate

import (
	_ "embed"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

//go:embed bundles.tsv
var bundlesFile string

// version is a version of a bundle or an extension.
type version [3]int

func (v version) before(w version) bool {
	for i := range v {
		if v[i] != w[i] {
			return v[i] < w[i]
		}
	}
	return false
}

func (v version) String() string { return fmt.Sprintf("%d.%d.%d", v[0], v[1], v[2]) }

// leastBundle is the oldest bundle hosts take (mistakes 10).
var leastBundle = version{2, 6, 1}

var digits = regexp.MustCompile(`\d+`)

// parseVersion reads as many numbers as there are; those missing are 0.
func parseVersion(text string) version {
	var v version
	for i, n := range digits.FindAllString(text, len(v)) {
		v[i], _ = strconv.Atoi(n)
	}
	return v
}

// stable is the kind of the bundle that is not a preview.
const stable = "-"

// published is one bundle there has been.
type published struct {
	kind      string
	version   version
	extension string // of Web PubSub: none, ? for one not known, or its version
}

var allPublished = sync.OnceValue(func() []published {
	var all []published
	for line := range strings.Lines(bundlesFile) {
		if f := strings.Fields(line); len(f) == 3 && f[0] != "#" {
			all = append(all, published{f[0], parseVersion(f[1]), f[2]})
		}
	}
	return all
})

// bundle is what a host.json asks for.
type bundle struct {
	kind        string // stable, Preview or Experimental; empty for another id
	readable    bool   // the range could be read
	from, until version
	exact       bool // until belongs to the range
	afterFrom   bool // from does not belong to it
}

const bundleID = "microsoft.azure.functions.extensionbundle"

// span is a NuGet range such as [3.3.*, 4.0.0), or one version.
var span = regexp.MustCompile(`^\s*([\[(])\s*([0-9A-Za-z.*-]*)\s*(?:,\s*([0-9A-Za-z.*-]*)\s*)?([\])])\s*$`)

var single = regexp.MustCompile(`^\s*(\*|\d+(\.\d+)*(\.\*|-[0-9A-Za-z.*-]+)?)\s*$`)

// unbounded is later than any version.
var unbounded = version{1 << 30}

func newBundle(id, text string) bundle {
	b := bundle{until: unbounded}
	switch rest, ours := strings.CutPrefix(strings.ToLower(id), bundleID); {
	case ours && rest == "":
		b.kind = stable
	case ours && rest == ".preview":
		b.kind = "Preview"
	case ours && rest == ".experimental":
		b.kind = "Experimental"
	}
	m := span.FindStringSubmatch(text)
	switch {
	case m == nil:
		b.readable = single.MatchString(text)
		b.from = parseVersion(text)
		return b
	case !strings.Contains(text, ","): // [4.33.0]
		b.from, b.until, b.exact = parseVersion(m[2]), parseVersion(m[2]), true
	default:
		b.from, b.afterFrom, b.exact = parseVersion(m[2]), m[1] == "(", m[4] == "]"
		if m[3] != "" {
			b.until = parseVersion(m[3])
		}
	}
	b.readable = true
	return b
}

// without says why the host finds no Web PubSub extension in the bundle.
func (b bundle) without() string {
	if b.kind != stable {
		return fmt.Sprintf("the %s bundle has no Web PubSub extension", b.kind)
	}
	return "no bundle in this range has the Web PubSub extension"
}

func (b bundle) has(v version) bool {
	return !v.before(b.from) && (v != b.from || !b.afterFrom) && (v.before(b.until) || b.exact && v == b.until)
}

// choices are the published bundles in the range.
func (b bundle) choices() []published {
	var list []published
	for _, p := range allPublished() {
		if p.kind == b.kind && b.has(p.version) {
			list = append(list, p)
		}
	}
	return list
}

// best is the bundle the host takes: the newest in the range. It is not known when a newer one than any
// here may be in the range.
func (b bundle) best() (best published, known bool) {
	newest := version{}
	for _, p := range allPublished() {
		if p.kind == b.kind && newest.before(p.version) {
			newest = p.version
		}
	}
	for _, p := range b.choices() {
		if !known || best.version.before(p.version) {
			best, known = p, true
		}
	}
	return best, known && (best.version.before(newest) || b.exact && b.until == newest)
}

// lacksExtension reports whether the host finds no Web PubSub extension, as far as is known: a range of
// which nothing is known may have anything. With one that cannot be read the host loads no bundle.
func (b bundle) lacksExtension() bool {
	choices := b.choices()
	if !b.readable || len(choices) == 0 {
		return !b.readable
	}
	newest := choices[0]
	for _, p := range choices {
		if newest.version.before(p.version) {
			newest = p
		}
	}
	return newest.extension == "none"
}
