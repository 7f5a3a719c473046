package pack

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/wpsgen/wpsgen/generator/appfiles"
	"github.com/wpsgen/wpsgen/generator/diag"
)

// addHandler is the way out for a host.json that names no program.
const addHandler = `add "customHandler": {"description": {"defaultExecutablePath": "app"}}`

// readProgram takes the program's name from host.json. The entry of the zip has to have exactly the name
// there, or the program gets no right to run (host-spec 4.4).
func (c *collector) readProgram() error {
	path := filepath.Join(c.cfg.Dir, appfiles.HostFile)
	src, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		c.report(diag.NoProgramName, diag.Place{File: path}, "write one that names the program: "+hostExample, "the app has no host.json")
		return nil
	}
	if err != nil {
		return err
	}
	doc, err := appfiles.Read(path, src)
	if err != nil {
		c.reportUnreadable(path, err)
		return nil
	}
	c.checkProgram(doc)
	return nil
}

const hostExample = `{"version": "2.0", "customHandler": {"description": {"defaultExecutablePath": "app"}}}`

func (c *collector) reportUnreadable(path string, err error) {
	f := diag.Finding{Code: diag.BadHostFile, Place: diag.Place{File: path}, Message: err.Error(), Hint: "the host does not start with it"}
	var located *appfiles.Error
	if errors.As(err, &located) {
		f.Place, f.Message, f.Hint = located.Place, located.Err.Error(), cmp.Or(located.Hint, f.Hint)
	}
	c.findings = append(c.findings, f)
}

// checkProgram takes the name of the program, or reports why the host would not find or run it.
func (c *collector) checkProgram(doc *appfiles.Document) {
	description := doc.Root.Find("customHandler", "description")
	if folder := description.Find("workerDirectory"); folder.String() != "" {
		c.report(diag.BadProgramName, doc.PlaceOf(folder), "remove workerDirectory; the program is beside host.json", "the host looks for the program in another folder")
		return
	}
	value := description.Find("defaultExecutablePath")
	name := value.String()
	if name == "" {
		c.report(diag.NoProgramName, doc.Place(doc.Root.At, doc.Root.At+1), addHandler, "host.json names no program")
		return
	}
	at, base := doc.PlaceOf(value), name[strings.LastIndexAny(name, `/\`)+1:]
	switch {
	case strings.Contains(name, "%"):
		c.report(diag.BadProgramName, at, "write the name itself", "the name of the program is not known before the app runs")
	case base != name:
		c.report(diag.BadProgramName, at, "write "+quotedOr(base, "a plain name"), "the program does not lie beside host.json under exactly this name")
	case name == "." || name == ".." || !isPortable(name) || strings.EqualFold(name, appfiles.HostFile):
		c.report(diag.BadProgramName, at, "write a plain name", "the program cannot have this name")
	case c.cfg.Target.OS == windows && !strings.EqualFold(filepath.Ext(name), ".exe"):
		c.report(diag.BadProgramName, at, "write "+quotedOr(name, "a name")+" with .exe at its end, and in a host.json that wpsgen wrote, remove generatedBy", "a program for Windows ends in .exe")
	default:
		c.program = name
	}
}

func quotedOr(name, otherwise string) string {
	if name == "" {
		return otherwise
	}
	return `"` + name + `"`
}
