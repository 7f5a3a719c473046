package importer

import (
	"fmt"
	"go/format"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/generator/gomod"
)

// runtimePath is the package that the functions and the program import.
const runtimePath = gomod.Module + "/runtime"

// sourceName is the file that the functions are in.
func (c *importing) sourceName() string { return path.Join(c.packageFolder(), "functions.go") }

// packageFolder is the folder of the functions' package below the app's, "" for the app's own.
func (c *importing) packageFolder() string {
	if c.cfg.Package == mainPackage {
		return ""
	}
	return c.cfg.Package
}

// render makes the files of the new app.
func (c *importing) render() error {
	c.nameProgram()
	for _, step := range []func() error{
		c.renderFunctions, c.renderMain, c.renderModule, c.convertHost, c.convertSettings, c.convertIgnored, c.copyPages,
	} {
		if err := step(); err != nil {
			return err
		}
	}
	slices.SortFunc(c.files, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	return nil
}

func (c *importing) renderFunctions() error {
	data := struct {
		Package   string
		Imports   []string // "" parts groups
		Functions []stub
	}{Package: c.cfg.Package}
	used := make(map[string]bool)
	for _, fn := range c.imported() {
		s := fn.stub()
		data.Functions = append(data.Functions, s)
		used["embed"] = used["embed"] || s.Page != nil
		for _, p := range s.Parameters {
			used["net/http"] = used["net/http"] || strings.Contains(p.Type, "http.")
			used["encoding/json"] = used["encoding/json"] || strings.Contains(p.Type, "json.")
			used[runtimePath] = used[runtimePath] || strings.Contains(p.Type, "wps.")
		}
		used[runtimePath] = used[runtimePath] || strings.Contains(s.Result, "wps.")
	}
	for _, name := range []string{"embed", "encoding/json", "net/http", runtimePath} {
		if used[name] && name == runtimePath && len(data.Imports) > 0 {
			data.Imports = append(data.Imports, "")
		}
		if used[name] {
			data.Imports = append(data.Imports, name)
		}
	}
	text, err := execute("functions.go.tmpl", data)
	if err != nil {
		return err
	}
	if text, err = format.Source(text); err != nil {
		return fmt.Errorf("format %s: %w", c.sourceName(), err)
	}
	c.add(c.sourceName(), text)
	return nil
}

func (c *importing) renderMain() error {
	data := struct{ Program, Origin, Import, Package, Runtime string }{Program: c.program, Origin: shown(filepath.Base(c.dir)), Runtime: runtimePath}
	if c.packageFolder() != "" {
		data.Package, data.Import = c.cfg.Package, c.cfg.Module+"/"+c.cfg.Package
	}
	text, err := execute("main.go.tmpl", data)
	if err != nil {
		return err
	}
	if text, err = format.Source(text); err != nil {
		return fmt.Errorf("format main.go: %w", err)
	}
	c.add("main.go", text)
	return nil
}

func (c *importing) renderModule() error {
	var ignored []string
	if c.cfg.InPlace && c.isFile(nodePackage) {
		ignored = append(ignored, "node_modules") // some packages of which have Go files
	}
	mod, sum, err := moduleFiles(c.cfg.Module, c.cfg.Runtime, ignored)
	if err != nil {
		return err
	}
	c.add("go.mod", mod)
	if sum != nil {
		c.add("go.sum", sum)
	}
	return nil
}

// copyPages copies the pages that functions answer with to where go:embed finds them.
func (c *importing) copyPages() error {
	var copied []string
	for _, fn := range c.imported() {
		name := path.Join(c.packageFolder(), fn.page)
		if fn.page == "" || c.cfg.InPlace && name == fn.page || slices.Contains(copied, name) {
			continue
		}
		text := c.readFile(fn.page)
		if text == nil {
			return fmt.Errorf("%s, which %s answers with, cannot be read or has more than %d bytes", diag.Printable(fn.page), fn.name, maxRead)
		}
		copied = append(copied, name)
		c.add(name, text)
	}
	return nil
}
