package validate

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/wpsgen/wpsgen/generator"
	"github.com/wpsgen/wpsgen/generator/appfiles"
	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/generator/project"
)

// tree validates all apps in a folder and below it.
func (c *checker) tree(root string) error {
	f, err := walk(root)
	if err != nil {
		return err
	}
	for _, dir := range f.closed {
		c.note(dir, "the folder may not be read, so that nothing in it was validated")
	}
	f.addBareApp()
	f.addFunctions()
	if len(f.hosts)+len(f.functions)+len(f.settings) == 0 {
		return fmt.Errorf("there is no %s, %s or %s in %s or below it", appfiles.HostFile, appfiles.FunctionFile, appfiles.SettingsFile, root)
	}
	apps := make(map[string]*app)
	for _, dir := range f.hosts {
		apps[dir] = &app{dir: dir}
		if err := c.readProject(apps[dir]); err != nil {
			return err
		}
	}
	alone := &app{dir: root, known: &generator.Definitions{Set: c.cfg.Definitions}}
	c.assign(f, apps, alone)
	c.findings = append(c.findings, alone.early...)
	for _, fn := range alone.functions {
		c.checkFunction(fn)
	}
	for _, dir := range f.hosts {
		c.app(apps[dir], f)
	}
	c.checkDirectives(f)
	c.adjust(f, apps)
	return nil
}

// assign gives functions and settings to their apps, or to what is in none.
func (c *checker) assign(f *found, apps map[string]*app, alone *app) {
	texts, errs := readFiles(f.functions)
	for i, path := range f.functions {
		a := apps[f.owner(path)]
		if a == nil {
			a = alone
		}
		if errs[i] != nil {
			c.reportClosed(diag.BadFunctionFile, path, errs[i])
			a.unread = append(a.unread, path)
			continue
		}
		c.addFunction(a, path, texts[i])
	}
	for _, path := range f.settings {
		if a := apps[filepath.Dir(path)]; a != nil {
			a.settingsFiles = append(a.settingsFiles, path)
		} else if err := c.file(c.cfg.Definitions, path); err != nil {
			c.reportClosed(diag.BadLocalSettings, path, err)
		}
	}
}

// reportClosed reports a file that could not be read, for which the others are not left unread.
func (c *checker) reportClosed(code diag.Code, path string, err error) {
	var inside *fs.PathError
	if errors.As(err, &inside) {
		err = inside.Err // the place has the path
	}
	c.report(code, diag.Place{File: path}, "let whoever runs wpsgen read it", "the file could not be read: %v", err)
}

// adjust gives findings the severities that the projects of their apps have for them.
func (c *checker) adjust(f *found, apps map[string]*app) {
	var all []diag.Finding
	for _, x := range c.findings {
		one := []diag.Finding{x}
		if a := apps[f.owner(x.Place.File)]; a != nil {
			one = a.settings.Rules.Apply(one)
		}
		all = append(all, one...)
	}
	c.findings = all
}

// addFunction reads a function.json of an app or, where the host would not look for it, below one.
func (c *checker) addFunction(a *app, path string, src []byte) {
	dir := filepath.Dir(path)
	before := len(c.findings)
	fn := c.readFunction(a.known.Set, path, src)
	a.early = append(a.early, c.findings[before:]...)
	c.findings = c.findings[:before]
	if fn == nil {
		a.unread = append(a.unread, path)
		return
	}
	fn.name = filepath.Base(dir)
	fn.stray = filepath.Dir(dir) != a.dir
	a.functions = append(a.functions, fn)
}

// app validates one app: its files, and what they say together.
func (c *checker) app(a *app, f *found) {
	all := c.findings
	c.findings = a.early
	c.readApp(a, f)
	for _, fn := range a.functions {
		fn.app = a
		c.checkFunction(fn)
	}
	for _, rule := range appRules {
		rule(c, a)
	}
	c.noteInCode(a)
	c.findings = append(all, c.findings...)
}

// readApp reads the files of an app's folder.
func (c *checker) readApp(a *app, f *found) {
	path := filepath.Join(a.dir, appfiles.HostFile)
	switch src, err := os.ReadFile(path); {
	case err == nil:
		a.host = c.readHost(path, src)
	case !os.IsNotExist(err): // one that is not there the host makes itself
		c.reportClosed(diag.BadHostFile, path, err)
	}
	c.readProjects(a, f)
	for _, path := range f.scripts {
		if within(a.dir, path) || f.owner(path) == "" {
			a.scripts = append(a.scripts, path)
		}
	}
	a.nearWebApp = slices.Contains(f.webApps, a.dir) || slices.Contains(f.webApps, filepath.Dir(a.dir))
	a.web = a.webAPI(f)
	a.siblings = len(f.hosts) > 1
	for _, path := range f.goFiles {
		if f.owner(path) == a.dir {
			a.goFiles = append(a.goFiles, path)
		}
	}
	c.readAppSettings(a)
}

// readProject reads wpsgen.yaml, if there is one, and the definitions it names.
func (c *checker) readProject(a *app) error {
	path := filepath.Join(a.dir, project.File)
	src, err := os.ReadFile(path)
	if err != nil && !os.IsNotExist(err) {
		return err
	}
	var findings []diag.Finding
	a.settings, findings = project.Read(path, src) // none is as good as an empty one
	a.known = generator.ReadDefinitions(a.dir, a.settings, c.cfg.Definitions)
	c.findings = append(append(c.findings, findings...), a.known.Findings...)
	return nil
}
