package templates

import (
	"embed"
	"strconv"
	"sync"
	"text/template"
)

//go:embed import/*.tmpl
var importTexts embed.FS

// Import holds the texts of an app that wpsgen import makes, by the names of their files, .tmpl included.
// Each renders a value with the fields its text names.
var Import = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("import").Option("missingkey=error").Funcs(template.FuncMap{
		"quote": strconv.Quote,
		"ident": ident,
	}).ParseFS(importTexts, "import/*.tmpl"))
})
