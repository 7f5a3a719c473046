package generator

import (
	"bytes"
	"fmt"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/wpsgen/wpsgen/generator/project"
	"github.com/wpsgen/wpsgen/templates"
)

// lineMark stands in rendered glue for the number of the line it is on. No value can have it, since quoting
// a string spells it otherwise.
const lineMark = "\x00"

// lineBack is the comment behind which the compiler reports places of the generated file again.
const lineBack = "/*line " + glueFile + ":" + lineMark + ":1*/"

type glueData struct {
	Header, Package, LineBack        string
	WPS, RuntimePath, Glue, GluePath string
	Upstream                         string // the constant of package wps, "" for the zero one
	Receiver                         *glueReceiver
	Functions                        []glueFunction
	Readers                          []glueReader
}

type glueReceiver struct{ Name, Star, Type string }

type glueFunction struct {
	Name, Source, Call, Method, GoName string
	// Line is where compile errors of the call are to be shown, as file:line:column.
	Line     string
	Args     []glueArg
	Bindings []glueBinding
}

type glueBinding struct {
	Type   string
	Fields []glueField
}

type glueField struct{ Name, Value string }

// renderGlue renders wps_gen.go of one package of an app. The template writes Go as gofmt would, which costs as
// much as all the rest of generating.
func renderGlue(app *App, pkg *Package) ([]byte, error) {
	data := glueData{
		Header: goHeader, Package: pkg.Name, LineBack: lineBack,
		WPS: pkg.scope.free("wps"), RuntimePath: runtimePath,
		Glue: pkg.scope.free("glue"), GluePath: runtimePath + "/glue",
	}
	if app.Upstream == project.HTTP {
		data.Upstream = "UpstreamHTTP"
	}
	if pkg.Receiver != "" {
		name := strings.TrimPrefix(pkg.Receiver, "*")
		data.Receiver = &glueReceiver{
			Name: pkg.scope.free("receiver"), Type: name, Star: strings.TrimSuffix(pkg.Receiver, name),
		}
	}
	for _, fn := range pkg.Functions {
		data.Functions = append(data.Functions, glueFor(fn, data.Receiver))
	}
	data.Readers = readersOf(pkg)
	var b bytes.Buffer
	if err := templates.Glue.Execute(&b, data); err != nil {
		return nil, fmt.Errorf("render %s of %s: %w", glueFile, pkg.Path, err)
	}
	return numberLines(b.Bytes()), nil
}

func glueFor(fn *Function, r *glueReceiver) glueFunction {
	shape := strings.Repeat("R", min(1, len(fn.sinks))) + strings.Repeat("S", max(0, len(fn.sinks)-1))
	if fn.hasErr {
		shape += "E"
	}
	out := glueFunction{
		Name:   fn.Name,
		Source: fmt.Sprintf("%s:%d", filepath.Base(fn.Place.File), fn.Place.Line),
		Call:   "Call" + strconv.Itoa(len(fn.sources)) + shape,
		GoName: fn.GoName,
		Line:   lineDirective(fn),
		Args:   glueArgs(fn),
	}
	if fn.IsMethod {
		out.Method = r.Name
	}
	for _, b := range fn.Bindings {
		out.Bindings = append(out.Bindings, glueBindingOf(b))
	}
	return out
}

// glueBindingOf spells a binding as a composite literal. Its values become Go text here and nowhere
// else, as quoted strings, lists of them, or the words true and false.
func glueBindingOf(b *Binding) glueBinding {
	out := glueBinding{Type: b.Go}
	for _, f := range b.Fields {
		out.Fields = append(out.Fields, glueField{Name: f.Key, Value: fmt.Sprintf("%#v", f.Value)})
	}
	return out
}

// plainFileName is what a line directive can carry without being misread.
var plainFileName = regexp.MustCompile(`^[A-Za-z0-9_.-]+\.go$`)

// lineDirective returns the place at which the compiler is to report that the function does not fit.
func lineDirective(fn *Function) string {
	file := filepath.Base(fn.Place.File)
	if !plainFileName.MatchString(file) {
		return ""
	}
	return fmt.Sprintf("%s:%d:%d", file, fn.Place.Line, fn.Place.Column)
}

// numberLines puts the numbers of their lines in the places of the marks, so that what follows is reported in
// the generated file again.
func numberLines(src []byte) []byte {
	out := make([]byte, 0, len(src)+len(src)/8)
	for i, line := range bytes.SplitAfter(src, []byte("\n")) {
		out = append(out, bytes.ReplaceAll(line, []byte(lineMark), strconv.AppendInt(nil, int64(i)+1, 10))...)
	}
	return out
}
