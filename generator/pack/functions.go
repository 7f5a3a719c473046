package pack

import (
	"io/fs"
	"path"
	"slices"
	"unicode"

	"github.com/wpsgen/wpsgen/generator/appfiles"
	"github.com/wpsgen/wpsgen/generator/diag"
)

// checkFunctions reports files without which the host does not find the app's functions: host.json, and a
// function.json in folders of the first level (host-spec 4.4).
func (c *collector) checkFunctions() error {
	functions, err := fs.Glob(c.root.FS(), "*/"+appfiles.FunctionFile)
	if err != nil {
		return err
	}
	functions = slices.DeleteFunc(functions, func(name string) bool {
		return !unicode.IsLetter(rune(name[0])) // no function has such a name
	})
	for _, name := range append(functions, appfiles.HostFile) {
		if _, err := c.root.Lstat(name); err == nil && !slices.Contains(c.entries, Entry{Name: name}) {
			c.reportLeftOut(name)
		}
	}
	return nil
}

// reportLeftOut reports a file that the host needs and the zip would not have.
func (c *collector) reportLeftOut(name string) {
	rule := c.ignored.leavesOut(name, false)
	switch {
	case rule == nil && path.Dir(name) != "." && c.isOtherApp(path.Dir(name)):
		return // not a function of this app
	case rule == nil:
		c.report(diag.NeededLeftOut, c.place(name, 0), "put the file itself there", "the host needs this, and it is no file of the app's folder")
	case rule.line == 0:
		c.report(diag.NeededLeftOut, c.place(name, 0), "take it in with a line !"+path.Dir(name)+" in "+ignoreFile, "the host needs this, and a folder of this name is left out")
	default:
		c.report(diag.NeededLeftOut, c.place(ignoreFile, rule.line), "remove the line, or put !"+name+" below it", "this leaves out %s, which the host needs", name)
	}
}
