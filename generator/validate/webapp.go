package validate

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/generator/appfiles"
)

// webAPI says whether an app is the API of a Static Web App, which has other rules than a Functions app that
// is only linked to one (host-spec 4.4).
type webAPI int

const (
	noWebAPI    webAPI = iota
	maybeWebAPI        // it lies beside a Static Web App
	isWebAPI
)

// usualAPI is the folder that Static Web Apps take for the API where nothing names another.
const usualAPI = "api"

var (
	// deploysWebApp finds what deploys a Static Web App in a workflow of GitHub or a pipeline of Azure.
	deploysWebApp = regexp.MustCompile(`(?i)static-web-apps-deploy@|AzureStaticWebApp@`)
	// apiLocation finds the folder of the API there; what a variable holds is not known.
	apiLocation = regexp.MustCompile(`(?m)^\s*api_location\s*:[ \t]*["']?([^"'#\r\n]*)`)
	// deploysFunctions finds what deploys a Functions app by itself, or links one to a Static Web App.
	deploysFunctions = regexp.MustCompile(`(?im)functions-(container-)?action@|AzureFunctionApp(Container)?@|azure functionapp publish|functionapp deploy|` +
		`^\s*host:\s*["']?function\b|linkedBackends|userProvidedFunctionApps|static_(web_app|site)_function_app_registration|staticwebapp (functions|backends) link`)
)

// webAPI works out what the app is: what deploys it tells first, then the folders.
func (a *app) webAPI(f *found) webAPI {
	named, other := false, false
	for _, path := range a.scripts {
		src, err := os.ReadFile(path)
		if err != nil {
			continue
		}
		here, elsewhere := namesAPI(path, string(src), a.dir)
		named = named || here
		other = other || elsewhere || deploysFunctions.Match(src)
	}
	switch {
	case named || f.cliNamesAPI(a.dir):
		return isWebAPI
	case other:
		return noWebAPI
	case slices.Contains(f.webApps, a.dir), strings.EqualFold(filepath.Base(a.dir), usualAPI) && f.hasWebAppBeside(a.dir):
		return isWebAPI
	case a.nearWebApp:
		return maybeWebAPI
	}
	return noWebAPI
}

// namesAPI looks for a folder in a workflow that deploys Static Web Apps: the app's, or another or none.
func namesAPI(path, text, dir string) (here, elsewhere bool) {
	if !deploysWebApp.MatchString(text) {
		return false, false
	}
	root := filepath.Dir(path)
	if before, _, inside := strings.Cut(path, string(filepath.Separator)+".github"+string(filepath.Separator)); inside {
		root = before
	}
	elsewhere = true
	for _, m := range apiLocation.FindAllStringSubmatch(text, -1) {
		folder := strings.TrimSpace(m[1])
		switch {
		case strings.Contains(folder, "$"):
			elsewhere = false
		case folder != "" && filepath.Join(root, filepath.FromSlash(folder)) == dir:
			return true, false
		}
	}
	return false, elsewhere
}

// cliFile configures the tool with which Static Web Apps are tried and deployed.
const cliFile = "swa-cli.config.json"

// cliNamesAPI reports whether such a file names a folder as an API.
func (f *found) cliNamesAPI(dir string) bool {
	return slices.ContainsFunc(f.cliFiles, func(path string) bool {
		src, err := os.ReadFile(path)
		if err != nil {
			return false
		}
		doc, err := appfiles.Read(path, src)
		if err != nil {
			return false
		}
		all := doc.Root.Find("configurations")
		if all == nil {
			return false
		}
		return slices.ContainsFunc(all.Members, func(m appfiles.Member) bool {
			folder := m.Value.Find("apiLocation").String()
			return folder != "" && filepath.Join(filepath.Dir(path), filepath.FromSlash(folder)) == dir
		})
	})
}

// hasWebAppBeside reports whether a Static Web App lies in the folder above an app, or in another one there
// that is of no app.
func (f *found) hasWebAppBeside(dir string) bool {
	return slices.ContainsFunc(f.webApps, func(at string) bool {
		return within(filepath.Dir(dir), at) && f.owner(filepath.Join(at, appfiles.HostFile)) == ""
	})
}
