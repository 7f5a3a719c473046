package generator

import (
	"go/ast"
	"go/token"

	"github.com/wpsgen/wpsgen/generator/appfiles"
	"github.com/wpsgen/wpsgen/generator/binding"
	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/generator/project"
)

// App is what one Functions host, or one stand-alone program, serves.
type App struct {
	// Dir is the app's folder: the nearest one upwards with host.json or wpsgen.yaml, else the module's.
	Dir string
	// Packages are its packages with directives, by import path.
	Packages []*Package
	// Upstream is how the service's events reach it behind the Functions host, as its wpsgen.yaml says.
	Upstream project.Upstream
	// RoutePrefix stands before the routes of its http functions: api, unless its host.json says otherwise.
	RoutePrefix string

	known         *Definitions
	rules         project.Rules
	upstreamPlace diag.Place
	host          appfiles.Host
	ownsHost      bool // there is no host.json, or wpsgen wrote it
	webhook       *Function
}

// Functions returns the functions of all packages, package by package in source order.
func (a *App) Functions() []*Function {
	var all []*Function
	for _, p := range a.Packages {
		all = append(all, p.Functions...)
	}
	return all
}

// Package is one package with directives.
type Package struct {
	// Path is the import path, Name the package's name, Dir its folder.
	Path, Name, Dir string

	// Receiver is the type whose methods are functions, "" when there is none, with its pointer star if any.
	Receiver string
	// Functions are the annotated functions in source order.
	Functions []*Function

	appDir   string
	known    *Definitions
	defaults map[string]setting
	scope    *scope
	// sound is false when an error keeps the package's files as they are.
	sound bool
}

// Function is one annotated function.
type Function struct {
	// Name is the function's name in the app and its folder's.
	Name string
	// GoName is the Go function or method; IsMethod tells which.
	GoName   string
	IsMethod bool
	// Place is the function's first directive.
	Place diag.Place
	// Bindings are its bindings as function.json lists them.
	Bindings []*Binding
	// Package is the package it stands in.
	Package *Package

	decl    *ast.FuncDecl
	file    *ast.File
	uses    []*use
	sources []source // one a parameter
	sinks   []string // glue expressions, one a reply
	hasErr  bool
}

// Binding is one entry of a function's function.json.
type Binding struct {
	binding.Entry
	use *use
}

// IsTrigger reports whether the binding is what runs the function.
func (b *Binding) IsTrigger() bool { return b.Entry.IsTrigger() }

// Value returns a property of the binding's directive, from wherever it comes; "" when it has none. One
// that an app setting gives at run time is %SETTING%.
func (b *Binding) Value(key string) string { return b.use.Get(key) }

// Values returns the items of a list property of the binding's directive.
func (b *Binding) Values(key string) []string { return b.use.Value(key).Items }

// Trigger returns the function's trigger binding, nil for a function without one.
func (f *Function) Trigger() *Binding {
	for _, b := range f.Bindings {
		if b.IsTrigger() {
			return b
		}
	}
	return nil
}

// setting is a value with the place that set it.
type setting struct {
	value string
	place diag.Place
}

func place(fset *token.FileSet, pos, end token.Pos) diag.Place {
	p := fset.PositionFor(pos, false)
	out := diag.Place{File: p.Filename, Line: p.Line, Column: p.Column}
	if end.IsValid() {
		e := fset.PositionFor(end, false)
		out.EndLine, out.EndColumn = e.Line, e.Column
	}
	return out
}
