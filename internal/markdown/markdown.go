// Package markdown writes texts into pages of Markdown.
package markdown

import "strings"

var escapes = strings.NewReplacer("*", `\*`, "<", "&lt;", "`", "\\`", "\n#", "\n\\#")

// Escape keeps a text from being read as markup.
func Escape(text string) string { return escapes.Replace(text) }

// Cell is a text as a cell of a table has it.
func Cell(text string) string { return strings.ReplaceAll(strings.TrimSpace(text), "|", `\|`) }
