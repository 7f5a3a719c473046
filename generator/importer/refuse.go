package importer

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/wpsgen/wpsgen/generator/appfiles"
	"github.com/wpsgen/wpsgen/generator/diag"
)

// inCodeHint is the way out for apps whose bindings are in code.
const inCodeHint = "write a Go function for each and annotate it: wpsgen explain trigger, http, timer, connection and output say how"

// refuse reports apps whose bindings are not in their function.json files, and whether this is one.
func (c *importing) refuse() bool {
	why, at := c.whyRefused()
	if why == "" {
		return false
	}
	c.findings = nil // nothing of the app is imported, so nothing else matters
	c.report(diag.BindingsInCode, at, inCodeHint, "the app cannot be imported, because %s", why)
	return true
}

func (c *importing) whyRefused() (why string, at diag.Place) {
	why, file := appfiles.InCode(c.dir)
	at = diag.Place{File: file}
	if len(c.functions) == 0 {
		if why == "" {
			why, at = appfiles.InCodeOf(c.setting(runtimeSetting)), c.settingPlace(runtimeSetting)
		}
		return why, at
	}
	attributed := slices.DeleteFunc(slices.Clone(c.functions), func(fn *function) bool { return !fn.fromAttributes() })
	switch {
	case filepath.Base(file) == appfiles.PythonModelV2:
		return why + ", beside which the host reads no function.json", at
	case filepath.Base(file) == nodePackage && c.hasModelV4():
		return why + ", beside which the host reads no function.json", at
	case len(attributed) == len(c.functions):
		fn := attributed[0]
		return "its bindings are attributes in .NET code, of which its function.json files, made by a build, hold the triggers alone",
			fn.doc.PlaceOf(fn.doc.Root.Find("configurationSource"))
	}
	return "", diag.Place{}
}

// nodePackage describes a Node.js app.
const nodePackage = "package.json"

var firstNumber = regexp.MustCompile(`[0-9]+`)

// hasModelV4 reports whether a package.json says that the program of a Node.js app makes its bindings: it has
// one, and the library in a version that lets it.
func (c *importing) hasModelV4() bool {
	var p struct {
		Main         string
		Dependencies map[string]string
	}
	src, err := os.ReadFile(filepath.Join(c.dir, nodePackage))
	if err != nil || json.Unmarshal(src, &p) != nil || p.Main == "" {
		return false
	}
	version, err := strconv.Atoi(firstNumber.FindString(p.Dependencies["@azure/functions"]))
	return err == nil && version >= 4
}

// checkFound returns an error for a folder that holds no app, or one that wpsgen has made.
func (c *importing) checkFound() error {
	if len(c.functions) == 0 {
		if why, _ := c.whyRefused(); why != "" {
			return nil
		}
		hint := "name the folder with " + appfiles.HostFile
		if apps := c.appsBelow(); len(apps) > 0 {
			hint = "did you mean " + strings.Join(apps, " or ") + "?"
		}
		return fmt.Errorf("no folder in %s has a %s; %s", c.cfg.Dir, appfiles.FunctionFile, hint)
	}
	if !slices.ContainsFunc(c.functions, func(fn *function) bool { return !fn.isOurs() }) {
		return fmt.Errorf("wpsgen wrote the %s files in %s: the app is in Go already", appfiles.FunctionFile, c.cfg.Dir)
	}
	return nil
}

// appsBelow are folders that hold an app, one or two steps below the one given.
func (c *importing) appsBelow() []string {
	var apps []string
	for _, pattern := range []string{"*", "*/*"} {
		hosts, _ := filepath.Glob(filepath.Join(globQuoted(c.dir), pattern, appfiles.HostFile)) // the pattern is a good one
		for _, path := range hosts {
			if rel, err := filepath.Rel(c.dir, filepath.Dir(path)); err == nil && len(apps) < 3 {
				apps = append(apps, filepath.Join(c.cfg.Dir, rel))
			}
		}
	}
	return apps
}

var globMeta = regexp.MustCompile(`[*?\[\]\\]`)

// globQuoted makes of a folder's name a pattern that it alone matches.
func globQuoted(dir string) string {
	if filepath.Separator == '\\' {
		return dir // where a backslash quotes nothing
	}
	return globMeta.ReplaceAllString(dir, `\$0`)
}
