package pack

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/wpsgen/wpsgen/generator/appfiles"
	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/generator/project"
)

// collector is the state of one Collect.
type collector struct {
	cfg     Config
	root    *os.Root
	output  os.FileInfo // nil when there is none yet
	ignored *ignored
	program string // its name in the zip, "" when host.json gives none that will do

	entries  []Entry
	findings []diag.Finding
}

// place is a line of a file of the app, or all of it.
func (c *collector) place(name string, line int) diag.Place {
	return diag.Place{File: filepath.Join(c.cfg.Dir, filepath.FromSlash(name)), Line: line}
}

func (c *collector) report(code diag.Code, at diag.Place, hint, format string, args ...any) {
	c.findings = append(c.findings, diag.Finding{Code: code, Place: at, Message: fmt.Sprintf(format, args...), Hint: hint})
}

// walk collects the files of the app's folder. It follows no link to a folder, so it ends.
func (c *collector) walk() error {
	return fs.WalkDir(c.root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case name == ".":
			return nil
		case isSecret(name) || c.ignored.leavesOut(name, d.IsDir()) != nil || d.IsDir() && c.isOtherApp(name):
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.IsDir() || isSource(name):
			return nil
		}
		return c.file(name, d)
	})
}

// isOtherApp reports whether a folder below the app's has an app of its own.
func (c *collector) isOtherApp(dir string) bool {
	return slices.ContainsFunc([]string{appfiles.HostFile, project.File}, func(file string) bool {
		_, err := c.root.Stat(dir + "/" + file)
		return err == nil
	})
}

// file collects one file.
func (c *collector) file(name string, d fs.DirEntry) error {
	if d.Type()&fs.ModeSymlink != 0 && !c.mayFollow(name) {
		c.report(diag.LinkLeftOut, c.place(diag.Printable(name), 0), "put the file itself there if the program needs it", "this link does not lead to a file that may be packed, and is left out")
		return nil
	}
	info, err := c.root.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil // gone since
	case err != nil:
		return err
	case !info.Mode().IsRegular(), c.output != nil && os.SameFile(info, c.output), c.isProgram(name):
		return nil
	case !isPortable(name):
		c.report(diag.UnportableName, c.place(diag.Printable(name), 0), "rename it, or leave it out in "+ignoreFile, "this name cannot be unpacked everywhere")
		return nil
	}
	c.entries = append(c.entries, Entry{Name: name})
	return nil
}

// isProgram reports whether a file has the name that the program will have, as one built for this machine does.
func (c *collector) isProgram(name string) bool {
	return name == c.program || c.cfg.Target.OS == windows && strings.EqualFold(name, c.program)
}

// mayFollow reports whether a link leads to a file of the app that may be packed under its own name.
func (c *collector) mayFollow(name string) bool {
	if info, err := c.root.Stat(name); err != nil || info.IsDir() {
		return false // root does not leave its folder
	}
	path, err := filepath.EvalSymlinks(filepath.Join(c.cfg.Dir, filepath.FromSlash(name)))
	if err != nil {
		return false
	}
	target, err := filepath.Rel(c.cfg.Dir, path)
	target = filepath.ToSlash(target)
	return err == nil && filepath.IsLocal(target) && !isSource(target) && !hasSecret(target)
}

// isPortable reports whether every system unpacks a name as the same one, in its folder.
func isPortable(name string) bool {
	return utf8.ValidString(name) && !strings.ContainsAny(name, `\:`) && !strings.ContainsFunc(name, unicode.IsControl)
}

// addProgram adds the program, whose name nothing else may have.
func (c *collector) addProgram() {
	if c.program == "" {
		return
	}
	for _, e := range c.entries {
		if folder, _, below := strings.Cut(e.Name, "/"); below && c.isProgram(folder) {
			c.report(diag.BadProgramName, c.place(folder, 0), "name the program otherwise in host.json, or rename the folder", "the program has the name of this folder")
			return
		}
	}
	c.entries = append(c.entries, Entry{Name: c.program, IsProgram: true})
}
