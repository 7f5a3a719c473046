package scaffold

import (
	"bytes"
	"fmt"
	"go/format"
	"strings"

	"github.com/wpsgen/wpsgen/generator/appfiles"
	"github.com/wpsgen/wpsgen/templates"
)

// File is a file to be written.
type File struct {
	// Name is its path below the folder it goes to, with slashes.
	Name    string
	Content []byte
}

// render makes a file of a text, formatted if it is Go.
func render(name, text string, data any) (File, error) {
	var b bytes.Buffer
	if err := templates.Scaffold().ExecuteTemplate(&b, text+".tmpl", data); err != nil {
		return File{}, fmt.Errorf("render %s: %w", name, err)
	}
	if !strings.HasSuffix(name, ".go") {
		return File{name, b.Bytes()}, nil
	}
	src, err := format.Source(b.Bytes())
	if err != nil {
		return File{}, fmt.Errorf("format %s: %w", name, err)
	}
	return File{name, src}, nil
}

// marshal makes a JSON file.
func marshal(name string, v any) (File, error) {
	content, err := appfiles.Marshal(v)
	return File{name, content}, err
}
