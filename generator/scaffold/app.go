package scaffold

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/wpsgen/wpsgen/generator/appfiles"
	"github.com/wpsgen/wpsgen/generator/binding"
	"github.com/wpsgen/wpsgen/generator/project"
)

// App says which app to make.
type App struct {
	// ImportPath is that of the package in the app's folder.
	ImportPath string
	// Path is the app's folder below its module's, with slashes; "" for the module's own.
	Path string
	// Hub is the hub of the app's functions.
	Hub string
	// Upstream is how the service's events reach the app behind the Functions host.
	Upstream project.Upstream
	// Connection is the connection string in the settings of this machine.
	Connection string
}

// Program is what go build calls the app's program.
func (a App) Program() string { return appfiles.Program(a.ImportPath) }

// Check returns what is wrong with what was asked for, with the way out.
func (a App) Check() error {
	wrong := []error{checkArgs("defaults", binding.Arg{Key: "hub", Value: a.Hub})}
	if a.Upstream != project.Trigger && a.Upstream != project.HTTP {
		wrong = append(wrong, fmt.Errorf("upstream is %s or %s, not %q", project.Trigger, project.HTTP, a.Upstream))
	}
	return errors.Join(wrong...)
}

// starter are the functions that a new app has beside its page.
func (a App) starter() []Function {
	return []Function{
		{Kind: mustKind(kindEvent), Name: "Message"},
		{Kind: mustKind(kindNegotiate), Name: "Negotiate"},
	}
}

func mustKind(name string) Kind {
	return kinds[slices.IndexFunc(kinds, func(k Kind) bool { return k.Name == name })]
}

// pageFunction is the name of the function that answers with the page.
const pageFunction = "index"

// Files returns all that an app in the package's folder has, sources only where the folder has none: the app of
// before is then the user's, and gets what runs the generator.
func (a App) Files(p *Package) ([]File, error) {
	files, err := a.settings()
	if err != nil {
		return nil, err
	}
	if p.Name != "" {
		if p.generates {
			return files, nil
		}
		f, err := render("generate.go", "generate.go", struct{ Package string }{p.Name})
		return append(files, f), err
	}
	sources, err := a.sources()
	return append(files, sources...), err
}

// settingsFile is a local.settings.json.
type settingsFile struct {
	IsEncrypted bool              `json:"IsEncrypted"`
	Values      map[string]string `json:"Values"`
}

// settings are the files that are no sources. With upstream: http, generate writes host.json.
func (a App) settings() ([]File, error) {
	values := map[string]string{
		"FUNCTIONS_WORKER_RUNTIME": "custom",
		"AzureWebJobsStorage":      "UseDevelopmentStorage=true",
		defaultConnection:          a.Connection,
	}
	r := resolver{values: make(map[string]string)}
	r.resolve(a.Hub, "local")
	for _, s := range r.settings {
		values[s.Name] = s.Value
	}
	local, err := marshal(appfiles.SettingsFile, settingsFile{Values: values})
	if err != nil {
		return nil, err
	}
	files := []File{local}
	if a.Upstream == project.HTTP {
		f, err := render(project.File, project.File, a)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	} else {
		h := appfiles.NewHostDocument(a.Program())
		h.ExtensionBundle = appfiles.Bundle()
		f, err := marshal(appfiles.HostFile, h)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	for _, name := range []string{"funcignore", "gitignore"} {
		f, err := render("."+name, name, a)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	return files, nil
}

// sources are the program, its page and its first functions with their tests.
func (a App) sources() ([]File, error) {
	if taken := a.takenProgram(); taken != "" {
		return nil, fmt.Errorf("the program would be called %s like the folder of function %s; give the folder or, with --module, the module another name", a.Program(), taken)
	}
	var files []File
	for _, name := range []string{"main.go", "server.go", "web.go", "web_test.go", "index.html", "README.md"} {
		f, err := render(name, strings.ToLower(name), a)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	p := &Package{Name: "main", Receiver: "*Server", Defaults: map[string]string{"hub": a.Hub}, structs: map[string]bool{"Server": true}}
	for i, fn := range a.starter() {
		made, err := fn.Files(p)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			made = made[:2] // the tests share one file
		}
		files = append(files, made...)
	}
	return files, nil
}

// takenProgram returns the function whose folder would be where go build puts the program, "" when none is.
func (a App) takenProgram() string {
	names := []string{pageFunction}
	for _, fn := range a.starter() {
		names = append(names, fn.functionName())
	}
	for _, name := range names {
		if strings.EqualFold(name, a.Program()) {
			return name
		}
	}
	return ""
}

// Title is what the app is called on its page.
func (a App) Title() string {
	program := a.Program()
	return strings.ToUpper(program[:1]) + program[1:]
}
