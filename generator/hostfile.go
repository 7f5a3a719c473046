package generator

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/generator/appfiles"
)

// hostJSON renders the host.json of an app that has none of its own and takes requests as they are sent.
// Without another extension's bindings, nothing needs the bundle.
func hostJSON(app *App) ([]byte, error) {
	h := appfiles.NewHostDocument(app.executable())
	h.GeneratedBy = generatedBy
	if slices.ContainsFunc(app.Functions(), func(fn *Function) bool {
		return slices.ContainsFunc(app.hostBindings(fn), func(b *Binding) bool { return b.IsOther() })
	}) {
		h.ExtensionBundle = appfiles.Bundle()
	}
	h.CustomHandler.EnableProxyingHTTPRequest = true
	return appfiles.Marshal(h)
}

// executable is what go build calls the program in the app's folder, which is the same wherever the module lies.
func (a *App) executable() string {
	for _, pkg := range a.Packages {
		rel, err := filepath.Rel(a.Dir, pkg.Dir)
		if err != nil {
			continue
		}
		importPath, ok := pkg.Path, true
		if rel != "." {
			importPath, ok = strings.CutSuffix(pkg.Path, "/"+filepath.ToSlash(rel))
		}
		if !ok {
			continue
		}
		return appfiles.Program(importPath)
	}
	return filepath.Base(a.Dir)
}
