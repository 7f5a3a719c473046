package diag

// style is what makes a terminal show a text in one way; "" leaves it as it is.
type style string

// paint returns text in this style.
func (s style) paint(text string) string {
	if s == "" {
		return text
	}
	return "\x1b[" + string(s) + "m" + text + "\x1b[0m"
}

// palette says how the parts of a text are shown. The zero palette has no colours.
type palette struct {
	place, failure, warning, hint, other, gutter style
}

// ansi has the colours that every terminal has.
var ansi = palette{place: "1", failure: "1;31", warning: "1;33", hint: "36", other: "34", gutter: "2"}
