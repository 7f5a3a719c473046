// Package templates holds every text wpsgen emits, but JSON, which is marshalled. Values reach Go
// text only as quoted strings or as identifiers that were checked.
package templates

import (
	_ "embed"
	"fmt"
	"go/token"
	"strconv"
	"text/template"
)

//go:embed glue.go.tmpl
var glueText string

// Glue renders the glue of one package from a value with the fields its text names.
var Glue = template.Must(template.New("glue.go").Funcs(template.FuncMap{
	"quote": strconv.Quote,
	"ident": ident,
}).Parse(glueText))

// ident lets a name through that is a Go identifier and stops rendering at any other.
func ident(name string) (string, error) {
	if !token.IsIdentifier(name) {
		return "", fmt.Errorf("%q is not a Go identifier", name)
	}
	return name, nil
}
