package importer

import (
	"cmp"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/internal/route"
)

// leaveOutRepeated leaves out functions that would take what an earlier one takes: the host starts no app that
// has both.
func (c *importing) leaveOutRepeated() {
	var before []*function
	for _, fn := range c.imported() {
		i := slices.IndexFunc(before, func(o *function) bool { return fn.clash(o) != "" })
		if i < 0 {
			before = append(before, fn)
			continue
		}
		first := before[i]
		hint := "let one function do the work of both"
		if strings.EqualFold(fn.name, first.name) {
			hint = "rename the folder of one: case does not count"
		}
		f := c.leaveOut(fn, fn.trigger().start(), hint, "%s", fn.clash(first))
		f.Related = []diag.Related{{Place: first.trigger().start(), Message: "the first one is " + first.name}}
	}
}

// clash says what two functions have in common that only one may have, "" when there is nothing.
func (fn *function) clash(other *function) string {
	switch {
	case strings.EqualFold(fn.name, other.name):
		return "another one is called " + other.name
	case fn.event() != "" && fn.event() == other.event():
		return "it runs on the same event as " + other.name
	case fn.sharesRoute(other):
		return "it answers the same requests as " + other.name
	}
	return ""
}

// event is what tells the triggers of the service's events apart, "" for other functions.
func (fn *function) event() string {
	u := fn.use("trigger")
	if u == nil {
		return ""
	}
	r := u.resolved()
	return strings.ToLower(strings.Join([]string{r.Get("hub"), r.Get("eventType"), r.Get("eventName"), r.Get("clientProtocols")}, "\x00"))
}

func (fn *function) sharesRoute(other *function) bool {
	a, b := fn.use("http"), other.use("http")
	if a == nil || b == nil {
		return false
	}
	s, errS := route.Parse(cmp.Or(a.get("route"), fn.name))
	t, errT := route.Parse(cmp.Or(b.get("route"), other.name))
	return errS == nil && errT == nil && route.Conflict(s, t) && route.SharesMethod(a.resolved().Value("methods").Items, b.resolved().Value("methods").Items)
}
