// Package vectors loads the test vectors under testdata/vectors and checks what they expect. It is for
// tests alone.
package vectors

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// Variable is the environment variable that names another folder of vectors.
const Variable = "WPSGEN_VECTORS"

// Dir returns the folder of the vectors: what Variable says, else testdata/vectors of the module that
// the test's folder belongs to.
func Dir() (string, error) {
	if dir := os.Getenv(Variable); dir != "" {
		return dir, nil
	}
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return filepath.Join(dir, "testdata", "vectors"), nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", errors.New("no go.mod above the test's folder: say in " + Variable + " where the vectors are")
		}
		dir = parent
	}
}

// Read decodes a vector file, named as in host/responses.json, into v.
func Read(t testing.TB, name string, v any) {
	t.Helper()
	dir, err := Dir()
	if err != nil {
		t.Fatal(err)
	}
	src, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(src, v); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

// Load returns the vectors of a file that are about the version of the extension that is followed, and fails
// the test when the file has none at all.
func Load[T any](t testing.TB, name string) []T {
	t.Helper()
	var file struct{ Vectors []json.RawMessage }
	Read(t, name, &file)
	if len(file.Vectors) == 0 {
		t.Fatalf("%s holds no vectors", name)
	}
	var list []T
	for i, raw := range file.Vectors {
		if !applies(raw) {
			continue
		}
		var v T
		if err := json.Unmarshal(raw, &v); err != nil {
			t.Fatalf("%s: vector %d: %v", name, i+1, err)
		}
		list = append(list, v)
	}
	return list
}

// remarks are keys of an expectation that say nothing to check.
var remarks = map[string]bool{"note": true, "appliesTo": true}

// Check checks every member of an expectation. One that checks has no function for fails the test, so
// that nothing a vector asks for is passed over.
func Check(t testing.TB, expected json.RawMessage, checks map[string]func(t testing.TB, want json.RawMessage)) {
	t.Helper()
	var members map[string]json.RawMessage
	if err := json.Unmarshal(expected, &members); err != nil {
		t.Fatalf("the expectation %s: %v", expected, err)
	}
	checkMembers(t, members, checks)
}

func checkMembers(t testing.TB, members map[string]json.RawMessage, checks map[string]func(t testing.TB, want json.RawMessage)) {
	t.Helper()
	for key, want := range members {
		if remarks[key] {
			continue
		}
		check, ok := checks[key]
		if !ok {
			t.Errorf("expectation %q is not understood: %s", key, want)
			continue
		}
		check(t, want)
	}
}

// Text decodes an expectation that must be a string.
func Text(t testing.TB, want json.RawMessage) string {
	t.Helper()
	return Decode[string](t, want)
}

// Decode decodes an expectation.
func Decode[T any](t testing.TB, want json.RawMessage) T {
	t.Helper()
	var v T
	if err := json.Unmarshal(want, &v); err != nil {
		t.Fatalf("the expectation %s: %v", want, err)
	}
	return v
}
