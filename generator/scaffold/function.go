package scaffold

import (
	"cmp"
	"go/ast"
	"strings"

	"github.com/wpsgen/wpsgen/generator"
)

// Function says which function to make.
type Function struct {
	Kind Kind
	// Name is the Go function's or method's name.
	Name string
	// Hub is the function's hub; "" means the package's default one.
	Hub string
	// Event is the user event that runs the function; "" means its name.
	Event string
	// Route is an http function's route; "" means its name.
	Route string
	// Schedule is a timer's; "" means every ten seconds.
	Schedule string
	// File is the name of the file to make; "" means the function's name in lower case, without underscores.
	File string
}

// DefaultSchedule is often enough to see a timer at work.
const DefaultSchedule = "*/10 * * * * *"

// defaultConnection is the setting that holds the connection string where no directive names another.
const defaultConnection = "WebPubSubConnectionString"

// functionName is the function's name in the app.
func (f Function) functionName() string { return generator.DefaultName(f.Name) }

// hub is the hub that counts.
func (f Function) hub(p *Package) string { return cmp.Or(f.Hub, p.Defaults["hub"]) }

// event is the user event that runs an event function.
func (f Function) event() string { return cmp.Or(f.Event, f.functionName()) }

// functionData are the fields of the texts of functions and their tests.
type functionData struct {
	Package, WPS           string
	Name, Function, Test   string
	Receiver               *receiverData // nil for a plain function
	Hub                    string        // as the directives have it, "" for the package's
	Event, Route, Schedule string
	IsMessage              bool // the event is the one that clients without a subprotocol send
	TestHub, TestPath      string
	Connections            []string
	Settings               []setting
	Helpers                helpers
}

type receiverData struct {
	Name, Star, Type string
	Struct           bool
}

type setting struct{ Name, Value string }

func receiverOf(p *Package) *receiverData {
	if p.Receiver == "" {
		return nil
	}
	typ := strings.TrimPrefix(p.Receiver, "*")
	return &receiverData{
		Name: strings.ToLower(typ[:1]), Type: typ, Struct: p.structs[typ],
		Star: strings.TrimSuffix(p.Receiver, typ),
	}
}

// Files returns the function's file and its test's, and that of what tests share if the package has none yet.
// The function has to be one that Check finds nothing wrong with.
func (f Function) Files(p *Package) ([]File, error) {
	data := f.data(p)
	code, err := render(f.FileName(), f.Kind.Name+".go", data)
	if err != nil {
		return nil, err
	}
	test, err := render(strings.TrimSuffix(f.FileName(), ".go")+"_test.go", f.Kind.Name+"_test.go", data)
	if err != nil {
		return nil, err
	}
	files := []File{code, test}
	if data.Helpers.isThere {
		return files, nil
	}
	shared, err := render(data.Helpers.file, "helpers_test.go", data)
	return append(files, shared), err
}

func (f Function) data(p *Package) functionData {
	r := resolver{values: make(map[string]string)}
	d := functionData{
		Package: p.Name, WPS: p.free("wps"),
		Name: f.Name, Function: f.functionName(), Test: p.free("Test" + f.Name),
		Receiver: receiverOf(p), Hub: f.Hub,
		Event: f.event(), Route: f.Route, Schedule: cmp.Or(f.Schedule, DefaultSchedule),
		IsMessage:   strings.EqualFold(f.event(), "message"),
		TestHub:     r.resolve(f.hub(p), "test"),
		TestPath:    "/api/" + strings.Trim(fillRoute(cmp.Or(f.Route, f.functionName())), "/"),
		Connections: []string{cmp.Or(p.Defaults["connection"], defaultConnection)},
		Helpers:     p.helpers(),
	}
	r.resolve(d.Schedule, "0 0 0 1 1 *")
	d.Settings = r.settings
	return d
}

// FileName returns the name of the file that the function gets.
func (f Function) FileName() string {
	if f.File != "" {
		return f.File
	}
	name := strings.ReplaceAll(strings.ToLower(f.Name), "_", "") // what stands behind one may be a system's name
	if isReserved(name) {
		name += "func" // Windows has no file of this name
	}
	return name + ".go"
}

// isReserved reports whether a name is that of a device on Windows, whatever its extension.
func isReserved(name string) bool {
	switch name {
	case "con", "prn", "aux", "nul":
		return true
	}
	return len(name) == 4 && (strings.HasPrefix(name, "com") || strings.HasPrefix(name, "lpt")) && '1' <= name[3] && name[3] <= '9'
}

// isExported reports whether generate takes the name.
func isExported(name string) bool { return ast.IsExported(name) }
