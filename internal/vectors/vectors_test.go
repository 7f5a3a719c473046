package vectors

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// recorder is a test that keeps what fails it.
type recorder struct {
	testing.TB
	errors []string
}

func (r *recorder) Helper() {}

func (r *recorder) Errorf(format string, args ...any) {
	r.errors = append(r.errors, fmt.Sprintf(format, args...))
}

func TestCheck(t *testing.T) {
	r := &recorder{TB: t}
	checked := ""
	Check(r, json.RawMessage(`{"status": 200, "note": "n", "novel": 1}`), map[string]func(testing.TB, json.RawMessage){
		"status": func(_ testing.TB, want json.RawMessage) { checked = string(want) },
		"other":  func(testing.TB, json.RawMessage) { t.Error("a check ran that nothing asks for") },
	})
	if checked != "200" {
		t.Errorf("status was checked against %q", checked)
	}
	if len(r.errors) != 1 || !strings.Contains(r.errors[0], `"novel" is not understood`) {
		t.Errorf("errors %q", r.errors)
	}
}

func TestDir(t *testing.T) {
	dir, err := Dir()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "extension", "returns.json")); err != nil {
		t.Error(err)
	}
	t.Setenv(Variable, "elsewhere")
	if dir, err := Dir(); err != nil || dir != "elsewhere" {
		t.Errorf("got %q, %v", dir, err)
	}
}

func TestSubset(t *testing.T) {
	for _, c := range []struct {
		want, got string
		ok, folds bool
	}{
		{`{"a": 1}`, `{"a": 1, "b": 2}`, true, true},
		{`{"a": {"b": [1]}}`, `{"a": {"b": [1], "c": 0}}`, true, true},
		{`{"a": 1}`, `{"A": 1}`, false, true},
		{`{"a": 1}`, `{"a": 2}`, false, false},
		{`{"a": null}`, `{}`, false, false},
		{`{"a": "<absent>"}`, `{"b": 1}`, true, true},
		{`{"a": "<absent>"}`, `{"a": null}`, false, false},
		{`[1]`, `[1, 2]`, false, false},
		{`{}`, `[]`, false, false},
	} {
		if err := Subset(json.RawMessage(c.want), json.RawMessage(c.got)); (err == nil) != c.ok {
			t.Errorf("%s in %s: %v", c.want, c.got, err)
		}
		if err := FoldSubset(json.RawMessage(c.want), json.RawMessage(c.got)); (err == nil) != c.folds {
			t.Errorf("%s in %s, any case: %v", c.want, c.got, err)
		}
	}
}

func TestSame(t *testing.T) {
	if err := Same(json.RawMessage(`{"a": 1, "b": [2]}`), json.RawMessage(`{"b":[2],"a":1}`)); err != nil {
		t.Error(err)
	}
	if Same(json.RawMessage(`{"a": 1}`), json.RawMessage(`{"a": 1, "b": 2}`)) == nil {
		t.Error("a member more is the same")
	}
}
