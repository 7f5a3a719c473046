package templates

import (
	"embed"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"text/template"
	"unicode"
)

//go:embed scaffold/*.tmpl
var scaffoldTexts embed.FS

// Scaffold holds the texts of new apps and functions, by the names of their files without .tmpl. Each renders
// a value with the fields its text names.
var Scaffold = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("scaffold").Option("missingkey=error").Funcs(template.FuncMap{
		"quote":   strconv.Quote,
		"ident":   ident,
		"value":   directiveValue,
		"comment": comment,
	}).ParseFS(scaffoldTexts, "scaffold/*.tmpl"))
})

// plainValue is what a directive can have as a value without quotes.
var plainValue = regexp.MustCompile(`^[A-Za-z0-9_./*%{}-]+$`)

// directiveValue spells a directive's value, quoted where it has to be.
func directiveValue(value string) string {
	if plainValue.MatchString(value) {
		return value
	}
	return strconv.Quote(value)
}

// comment lets a text through that stays within its line, and stops rendering at any other.
func comment(text string) (string, error) {
	if strings.ContainsFunc(text, func(r rune) bool { return r == unicode.ReplacementChar || !unicode.IsPrint(r) }) {
		return "", fmt.Errorf("%q does not stay within its line", text)
	}
	return text, nil
}
