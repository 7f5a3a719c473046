// Package appfiles reads the files of a Functions app as leniently as its host does.
package appfiles

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/internal/jsonio"
)

// LocalSettings returns the Values of an app's local.settings.json, none when the file does not exist.
// The error names the file, the line and the column; a value that is no string is one, since the host
// would not see it nor any value after it.
func LocalSettings(appDir string) (map[string]string, error) {
	path := filepath.Join(appDir, "local.settings.json")
	src, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, err
	}
	src = jsonio.Standardize(src)
	var doc struct {
		Values map[string]json.RawMessage
	}
	if err := json.Unmarshal(src, &doc); err != nil {
		return nil, located(path, src, err)
	}
	values := make(map[string]string, len(doc.Values))
	for name, raw := range doc.Values {
		var s string
		if err := json.Unmarshal(raw, &s); err != nil || bytes.Equal(raw, []byte("null")) {
			return nil, fmt.Errorf("%s: Values.%s is not a string; put it in quotes", path, name)
		}
		values[name] = s
	}
	return values, nil
}

// Error is what is wrong with a file, and where.
type Error struct {
	// Place is where the file cannot be read on.
	Place diag.Place
	// Err says why.
	Err error
}

// Error returns the place and the reason.
func (e *Error) Error() string { return e.Place.String() + ": " + e.Err.Error() }

// Unwrap returns the reason.
func (e *Error) Unwrap() error { return e.Err }

// located gives a decoder's error its place.
func located(path string, src []byte, err error) *Error {
	var syntax *json.SyntaxError
	var typ *json.UnmarshalTypeError
	offset := int64(len(src))
	switch {
	case errors.As(err, &syntax):
		offset = max(0, syntax.Offset-1) // the offset is behind the byte that is wrong
	case errors.As(err, &typ):
		offset = typ.Offset
	}
	return &Error{placeAt(path, src, int(offset)), err}
}

// placeAt is the place of an offset, from which findings count lines and columns.
func placeAt(path string, src []byte, offset int) diag.Place {
	before := src[:min(offset, len(src))]
	return diag.Place{
		File: path, Line: 1 + bytes.Count(before, []byte("\n")), Column: len(before) - bytes.LastIndexByte(before, '\n'),
	}
}
