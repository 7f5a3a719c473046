// Package templates holds every text wpsgen emits, but JSON, which is marshalled. Values reach Go
// text only as quoted strings or as identifiers that were checked.
package templates

import (
	"embed"
	"fmt"
	"go/token"
	"strconv"
	"text/template"
)

//go:embed *.tmpl
var texts embed.FS

// Glue renders the glue of one package from a value with the fields its text names.
var Glue = parse("glue.go.tmpl")

// GoMod renders the go.mod of a new app, in the same way as Glue.
var GoMod = parse("gomod.tmpl")

// What an import writes, in the same way as Glue: the functions, the program, and what stays out of version
// control and of the package.
var (
	ImportFunctions  = parse("import_functions.go.tmpl")
	ImportMain       = parse("import_main.go.tmpl")
	ImportGitignore  = parse("import_gitignore.tmpl")
	ImportFuncignore = parse("import_funcignore.tmpl")
)

func parse(file string) *template.Template {
	return template.Must(template.New(file).Funcs(template.FuncMap{
		"quote": strconv.Quote,
		"ident": ident,
	}).ParseFS(texts, file))
}

// ident lets a name through that is a Go identifier and stops rendering at any other.
func ident(name string) (string, error) {
	if !token.IsIdentifier(name) {
		return "", fmt.Errorf("%q is not a Go identifier", name)
	}
	return name, nil
}
