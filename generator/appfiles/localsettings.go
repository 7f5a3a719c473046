// Package appfiles reads the files of a Functions app as leniently as its host does.
package appfiles

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/wpsgen/wpsgen/generator/diag"
)

// Names of the files of an app.
const (
	// FunctionFile lists the bindings of the function whose folder it lies in.
	FunctionFile = "function.json"
	// SettingsFile holds the app settings of a developer's machine.
	SettingsFile = "local.settings.json"
)

// valuesKey is the member of local.settings.json that holds the settings.
const valuesKey = "Values"

// LocalSettings returns the Values of an app's local.settings.json, none when the file does not exist.
// The error names the file, the line and the column; a value that is no string is one, since the host
// would not see it nor any value after it.
func LocalSettings(appDir string) (map[string]string, error) {
	path := filepath.Join(appDir, SettingsFile)
	src, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, err
	}
	doc, err := Read(path, src)
	if err != nil {
		return nil, err
	}
	values := make(map[string]string)
	all := doc.Root.Find(valuesKey)
	if all != nil && all.Kind != Object {
		return nil, &Error{Place: doc.PlaceOf(all), Err: fmt.Errorf("%s is not an object; write {} around its members", valuesKey)}
	}
	if all == nil {
		return values, nil
	}
	for _, m := range all.Members {
		if m.Value.Kind != String {
			return nil, &Error{Place: doc.PlaceOf(m.Value), Err: fmt.Errorf("%s.%s is not a string; put it in quotes", valuesKey, m.Name)}
		}
		values[m.Name] = m.Value.Text
	}
	return values, nil
}

// Error is what is wrong with a file, and where.
type Error struct {
	// Place is where the file cannot be read on.
	Place diag.Place
	// Err says why.
	Err error
	// Hint is the way out, if there is one to name.
	Hint string
	// Edits mend it, when that can be done without asking.
	Edits []diag.Edit
}

// Error returns the place and the reason.
func (e *Error) Error() string { return e.Place.String() + ": " + e.Err.Error() }

// Unwrap returns the reason.
func (e *Error) Unwrap() error { return e.Err }
