package generator

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/generator/appfiles"
)

// hostFile is a host.json. The names are the Functions host's.
type hostFile struct {
	GeneratedBy     string           `json:"generatedBy"`
	Version         string           `json:"version"`
	ExtensionBundle *extensionBundle `json:"extensionBundle,omitempty"`
	CustomHandler   customHandler    `json:"customHandler"`
}

type extensionBundle struct {
	ID      string `json:"id"`
	Version string `json:"version"`
}

type customHandler struct {
	Description struct {
		DefaultExecutablePath string `json:"defaultExecutablePath"`
	} `json:"description"`
	EnableProxyingHTTPRequest bool `json:"enableProxyingHttpRequest"`
}

// hostJSON renders the host.json of an app that has none of its own and takes requests as they are sent.
// Without another extension's bindings, nothing needs the bundle.
func hostJSON(app *App) ([]byte, error) {
	h := hostFile{GeneratedBy: generatedBy, Version: "2.0"}
	if slices.ContainsFunc(app.Functions(), func(fn *Function) bool {
		return slices.ContainsFunc(app.hostBindings(fn), func(b *Binding) bool { return b.IsOther() })
	}) {
		h.ExtensionBundle = &extensionBundle{appfiles.BundleID, appfiles.BundleVersion}
	}
	h.CustomHandler.Description.DefaultExecutablePath = app.executable()
	h.CustomHandler.EnableProxyingHTTPRequest = true
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(h)
	return b.Bytes(), err
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
