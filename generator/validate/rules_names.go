package validate

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/generator/diag"
)

// checkTriggerName reports names of triggers under which the host hands over nothing (mistakes 23, 24).
func (c *checker) checkTriggerName(e *entry) {
	if e.def == nil || !e.isTrigger() || e.name() == "" || e.fn.fromCode() {
		return // code binds the event to a parameter by its type, too (extension-spec 4.1)
	}
	names, best := e.def.ReadNames(e.which, e.values)
	if len(names) == 0 || slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, e.name()) }) {
		return
	}
	f := c.report(diag.TriggerName, e.place("name"), fmt.Sprintf("call it %s", best),
		"nothing of this event is called %s, so that the function gets null; there are %s", e.name(), strings.Join(names, ", "))
	taken := slices.ContainsFunc(e.fn.entries, func(o *entry) bool { return strings.EqualFold(o.name(), best) })
	if e.text("eventName") != "" && !taken && !e.fn.bindsByName() {
		f.Edits = []diag.Edit{{Place: e.place("name"), NewText: quoted(best)}}
	}
}

// bindsByName reports whether the function's language has a parameter of each binding's name, so that none
// can be renamed without the code.
func (fn *function) bindsByName() bool {
	dir, script := filepath.Dir(fn.doc.Path), strings.ToLower(fn.doc.Root.Find("scriptFile").String())
	for _, file := range []string{"__init__.py", "main.py", "run.ps1"} {
		if _, err := os.Stat(filepath.Join(dir, file)); err == nil {
			return true
		}
	}
	return strings.HasSuffix(script, ".py") || strings.HasSuffix(script, ".ps1")
}
