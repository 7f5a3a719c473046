package binding

import (
	"encoding/json"
	"fmt"
	"io"
)

// Explain writes what a verb is for, the keys it takes, the function.json it becomes and the parameters
// and results it gives. The format is text, markdown or json. The error is that of writing, or names the formats.
func Explain(w io.Writer, def *Definition, format string) error {
	return in(w, format, def.verbText, def.verbMarkdown, func() any { return def.view() })
}

// ExplainKey writes what is to know of one key of a verb, in the formats of [Explain].
func ExplainKey(w io.Writer, def *Definition, p *Property, format string) error {
	return in(w, format, func() string { return p.text(def) }, func() string { return p.markdown(def) }, func() any { return p.view() })
}

// in writes one of three forms of the same.
func in(w io.Writer, format string, text, markdown func() string, view func() any) error {
	switch format {
	case "text":
		_, err := io.WriteString(w, text())
		return err
	case "markdown":
		_, err := io.WriteString(w, markdown())
		return err
	case "json":
		enc := json.NewEncoder(w)
		enc.SetIndent("", "  ")
		enc.SetEscapeHTML(false)
		return enc.Encode(view())
	}
	return fmt.Errorf("there is no format %q; it is text, markdown or json", format)
}

func (d *Definition) verbText() string {
	e := &explainer{def: d}
	e.head()
	e.keys()
	e.examples()
	e.signatures()
	return e.b.String()
}
